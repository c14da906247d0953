// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/wantedsettings.h"

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

WantedSettings::WantedSettings(PortRule portRule, QObject *parent)
    : QObject(parent)
    , m_portRule(portRule)
{
}

void WantedSettings::add(std::function<void(Settings &)> change, bool isAlwaysApplied)
{
    m_changes.push_back({std::move(change), isAlwaysApplied});
    takeNext();
}

void WantedSettings::proceed()
{
    m_awaitsAnswer = false;
    takeNext();
}

QList<SettingsProblem> WantedSettings::warnings(const Settings &settings) const
{
    return validate(settings, m_portRule) + m_certificateWarnings;
}

// One at a time: what the station refuses (a port that is taken) is not among the next one's settings.
void WantedSettings::takeNext()
{
    while (!m_awaitsAnswer && !m_changes.empty()) {
        const Change next = std::move(m_changes.front());
        m_changes.pop_front();
        Settings wanted = m_applied;
        next.change(wanted);
        if (next.isAlwaysApplied || wanted != m_applied)
            apply(wanted);
    }
}

void WantedSettings::apply(const Settings &wanted)
{
    const QList<SettingsProblem> problems = validate(wanted, m_portRule);
    if (hasErrors(problems)) {
        emit rejected(problems);
        return;
    }
    if (!std::exchange(m_areChosen, true)) {
        m_applied = wanted;
        emit chosen(wanted);
    }
    m_awaitsAnswer = true;
    emit accepted(wanted);
}

} // namespace cycast
