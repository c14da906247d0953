// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast::test
{

/// How long and how hard: small in ./check, as tests/attack/run was told otherwise.
struct AttackSize {
    int seconds = 4;         ///< of each attack
    int perSecond = 3'000;   ///< connections of an attack that comes and goes
    int connections = 1'000; ///< of an attack that stays
    bool isMeasured = false; ///< the machine is ours alone: the targets themselves are held to

    static AttackSize asTold()
    {
        const auto number = [](const char *name, int otherwise) {
            const int told = qEnvironmentVariableIntValue(name);
            return told > 0 ? told : otherwise;
        };
        AttackSize size;
        size.seconds = number("CYCAST_ATTACK_SECONDS", size.seconds);
        size.perSecond = number("CYCAST_ATTACK_RATE", size.perSecond);
        size.connections = number("CYCAST_ATTACK_CONNECTIONS", size.connections);
        size.isMeasured = qEnvironmentVariableIntValue("CYCAST_ATTACK_MEASURED") > 0;
        return size;
    }
};

} // namespace cycast::test
