// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingsapplier.h"

#include "core/station/stationcontrol.h"
#include "ui/settings/presetcommand.h"

#include <QUndoStack>

#include <utility>

namespace cycast
{

SettingsApplier::SettingsApplier(StationControl &control, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_inForce(control.settings())
{
    connect(&control, &StationControl::settingsApplied, this, [this](const Settings &settings) {
        const bool isOurs = std::exchange(m_isWaiting, false);
        emit applied(isOurs, std::exchange(m_inForce, settings));
    });
    connect(&control, &StationControl::settingsRejected, this,
            [this](const QList<SettingsProblem> &problems) {
                emit rejected(std::exchange(m_isWaiting, false), problems);
            });
}

void SettingsApplier::reload()
{
    m_inForce = m_control.settings();
}

QList<SettingsProblem> SettingsApplier::problemsOf(const Settings &settings) const
{
    const bool hasAnyPort = m_inForce.server.sourcePort == 0 || m_inForce.server.listenPort == 0;
    return validate(settings, hasAnyPort ? PortRule::AnyAllowed : PortRule::Fixed);
}

SettingsApplier::Outcome SettingsApplier::apply(const Settings &settings)
{
    if (hasErrors(problemsOf(settings)))
        return Outcome::Wrong;
    if (settings == m_inForce)
        return Outcome::Unchanged;
    m_isWaiting = true;
    // The pass phrase is no playlist row: whoever changes it does not want the old one back by accident.
    const bool changesSecret = settings.server.sourcePassword != m_inForce.server.sourcePassword;
    if (m_undo != nullptr && !changesSecret)
        m_undo->push(new PresetCommand(m_control, tr("settings"), m_inForce, settings));
    else
        m_control.change([keys = changedKeys(m_inForce, settings), settings](Settings &wanted) {
            copyKeys(keys, settings, wanted);
        });
    return Outcome::Asked;
}

} // namespace cycast
