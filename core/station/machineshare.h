// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace cycast
{

/// The station's place among the other programs of the computer: how it stands behind them, and on which
/// processors it runs. What the settings leave open is as it was when the program was started. Lives in the
/// station's thread.
class MachineShare
{
public:
    MachineShare();

    /// `nice`: 0 leaves it open. `cpus`: "0-3,5"; empty leaves it open. What the computer does not permit is
    /// logged and changes nothing else; the self-test tells of it as well.
    void claim(int nice, const QString &cpus) const;

private:
    int m_startNiceness;
    QList<int> m_startCpus;
};

} // namespace cycast
