// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/presetcommand.h"

#include "core/station/stationcontrol.h"

namespace cycast
{

PresetCommand::PresetCommand(StationControl &control, const QString &title, const Settings &before,
                             const Settings &after)
    : QUndoCommand(title)
    , m_control(&control)
    , m_before(before)
    , m_after(after)
    , m_keys(changedKeys(before, after))
{
}

void PresetCommand::apply(const Settings &values)
{
    if (!m_control)
        return;
    m_control->change([keys = m_keys, values](Settings &settings) { copyKeys(keys, values, settings); });
}

} // namespace cycast
