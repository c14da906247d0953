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
    Settings settings = m_control->settings();
    for (const QString &key : std::as_const(m_keys)) {
        if (const SettingField *field = settingField(key))
            field->set(settings, field->get(values));
    }
    m_control->applySettings(settings);
}

} // namespace cycast
