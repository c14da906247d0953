// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/fieldrow.h"

namespace cycast
{

QList<SettingField> openingFields()
{
    using S = Settings::Reach;
    constexpr auto block = &Settings::reach;
    return {
        field<block, &S::openPort>(
            {.key = "reach.open_port",
             .label = QT_TRANSLATE_NOOP("Settings", "Let the router pass listeners on"),
             .help = QT_TRANSLATE_NOOP("Settings",
                                       "While the station is on the air, one port of the router leads here "
                                       "(UPnP, NAT-PMP or PCP). It "
                                       "is given back when it goes off the air. Share says how it stands.")}),
    };
}

} // namespace cycast
