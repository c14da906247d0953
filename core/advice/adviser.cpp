// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/adviser.h"
#include "core/values/stationstatus.h"

#include <algorithm>
#include <cmath>

namespace cycast
{

namespace
{

bool isNear(double measured, double expected, double least)
{
    return std::abs(measured - expected) <= std::max(least, tolerance::share * expected);
}

/// -1, 0 or 1: the way in which a change moves a number.
int direction(const SettingField &field, const Settings &from, const Settings &to)
{
    const double a = field.get(from).toDouble();
    const double b = field.get(to).toDouble();
    return a < b ? 1 : a > b ? -1 : 0;
}

bool isInForce(const Proposal &proposal, const Settings &settings)
{
    return std::all_of(proposal.changed.begin(), proposal.changed.end(), [&](const QString &key) {
        const SettingField *field = settingField(key);
        return field != nullptr && field->get(settings) == field->get(proposal.after);
    });
}

} // namespace

Outcome compare(const Proposal &proposal, int listenersThen, const Measured &measured)
{
    Outcome outcome;
    outcome.expected = proposal.then;
    outcome.measured = {measured.latencyMs, measured.memoryMb, measured.cpuPercent,
                        proposal.then.bufferSeconds};
    outcome.symptomGone = !shows(proposal.symptom, measured);
    if (!measured.isOnAir ||
        std::abs(measured.listeners - listenersThen) > tolerance::listenersShare * listenersThen) {
        outcome.verdict = Outcome::Verdict::Unclear;
        return outcome;
    }
    const bool held = isNear(measured.cpuPercent, proposal.then.cpuPercent, tolerance::cpuPoints) &&
                      isNear(measured.latencyMs, proposal.then.latencyMs, tolerance::latencyMs) &&
                      (measured.memoryMb <= proposal.then.memoryMb ||
                       isNear(measured.memoryMb, proposal.then.memoryMb, tolerance::memoryMb));
    outcome.verdict = held ? Outcome::Verdict::Held : Outcome::Verdict::Missed;
    return outcome;
}

bool Adviser::isQuiet(Symptom symptom, qint64 nowMs) const
{
    return std::any_of(m_quietUntil.begin(), m_quietUntil.end(), [&](const QPair<Symptom, qint64> &each) {
        return each.first == symptom && nowMs < each.second;
    });
}

/// Advice that takes back what was just advised would go to and fro for ever.
bool Adviser::contradicts(const Proposal &proposal, qint64 nowMs) const
{
    if (m_appliedMs < 0 || nowMs - m_appliedMs >= holdMs)
        return false;
    return std::any_of(proposal.changed.begin(), proposal.changed.end(), [&](const QString &key) {
        const SettingField *field = settingField(key);
        return field != nullptr && m_last.changed.contains(key) &&
               direction(*field, proposal.before, proposal.after) ==
                   -direction(*field, m_last.before, m_last.after);
    });
}

bool Adviser::take(qint64 nowMs, const StationStatus &status, const Settings &settings,
                   const MachineMemory &machine)
{
    if (m_phase == Phase::Checking && !m_measuresAgain && nowMs - m_appliedMs >= settleMs) {
        m_measurements.restart();
        m_measuresAgain = true;
    }
    m_measurements.add(nowMs, status, machine);
    const Measured &measured = m_measurements.now();

    if (m_phase == Phase::Checking) {
        // Somebody took it back by other means: there is nothing left to check.
        if (nowMs - m_appliedMs > answerMs && !isInForce(m_proposal, settings)) {
            m_phase = Phase::Watching;
            return true;
        }
        if (nowMs - m_appliedMs < settleMs + measureMs)
            return false;
        m_outcome = compare(m_proposal, m_listenersThen, measured);
        m_phase = Phase::Concluded;
        m_concludedMs = nowMs;
        return true;
    }
    if (m_phase == Phase::Proposed) {
        if (shows(m_proposal.symptom, measured))
            m_seenMs = nowMs;
        const bool isStale = !measured.isOnAir || nowMs - m_seenMs > patienceMs ||
                             !changedKeys(m_proposal.before, settings).isEmpty();
        if (isStale)
            m_phase = Phase::Watching;
        return isStale;
    }
    if (m_phase == Phase::Concluded && nowMs - m_concludedMs < readingMs)
        return false;
    const std::optional<Proposal> proposal = propose(measured, settings);
    if (!proposal || isQuiet(proposal->symptom, nowMs) || contradicts(*proposal, nowMs))
        return false;
    m_proposal = *proposal;
    m_seenMs = nowMs;
    m_phase = Phase::Proposed;
    return true;
}

void Adviser::applied(qint64 nowMs)
{
    if (m_phase != Phase::Proposed)
        return;
    m_phase = Phase::Checking;
    m_last = m_proposal;
    m_appliedMs = nowMs;
    m_measuresAgain = false;
    m_listenersThen = m_measurements.now().listeners;
}

void Adviser::undone(qint64 nowMs)
{
    m_quietUntil.append({m_last.symptom, nowMs + quietMs});
    m_measurements.restart();
    m_appliedMs = -1;
    m_phase = Phase::Watching;
}

void Adviser::dismissed(qint64 nowMs)
{
    m_quietUntil.append({m_proposal.symptom, nowMs + quietMs});
    m_phase = Phase::Watching;
}

void Adviser::closed()
{
    if (m_phase == Phase::Concluded)
        m_phase = Phase::Watching;
}

} // namespace cycast
