// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/proposal.h"
#include "core/values/stationstatus.h"

namespace cycast
{

/// Whether what was forecast came true.
struct Outcome {
    enum class Verdict : quint8 { Held, Missed, Unclear };
    Verdict verdict = Verdict::Unclear;
    bool symptomGone = false;
    Prediction expected;
    Prediction measured;
};

/// How far a measured figure may be from the forecast: the larger of the two.
namespace tolerance
{
inline constexpr double share = 0.25;
inline constexpr double cpuPoints = 3.0;
inline constexpr double memoryMb = 10.0;
inline constexpr double latencyMs = 20.0;
/// More than this share of listeners came or went: the comparison says nothing.
inline constexpr double listenersShare = 0.2;
} // namespace tolerance

/// Compares; pure. Memory may stay below the forecast: a new ring fills by and by.
Outcome compare(const Proposal &proposal, int listenersThen, const Measured &measured);

/// Watches the station and has at most one proposal at a time; afterwards it says whether the forecast held.
/// Pure: time is given, in milliseconds of a clock that never goes back.
class Adviser
{
public:
    static constexpr qint64 answerMs = 3'000;    ///< the station has applied by then
    static constexpr qint64 settleMs = 15'000;   ///< after applying, before measuring again
    static constexpr qint64 measureMs = 10'000;  ///< measuring
    static constexpr qint64 quietMs = 1'800'000; ///< a symptom that was dismissed or undone
    static constexpr qint64 holdMs = 600'000;    ///< no advice against what was just applied
    static constexpr qint64 readingMs = 20'000;  ///< an outcome stands at least so long
    static constexpr qint64 patienceMs = 60'000; ///< a proposal outlives its symptom by so much

    enum class Phase : quint8 { Watching, Proposed, Checking, Concluded };

    /// True: the phase or the proposal changed.
    bool take(qint64 nowMs, const StationStatus &status, const Settings &settings,
              const MachineMemory &machine = {});
    void applied(qint64 nowMs);
    void undone(qint64 nowMs);
    void dismissed(qint64 nowMs);
    /// The outcome has been read.
    void closed();

    Phase phase() const { return m_phase; }
    const Proposal &proposal() const { return m_proposal; }
    const Outcome &outcome() const { return m_outcome; }
    const Measured &measured() const { return m_measurements.now(); }

private:
    bool isQuiet(Symptom symptom, qint64 nowMs) const;
    bool contradicts(const Proposal &proposal, qint64 nowMs) const;

    Measurements m_measurements;
    Phase m_phase = Phase::Watching;
    Proposal m_proposal;
    Outcome m_outcome;
    qint64 m_seenMs = 0; ///< the symptom of the proposal
    Proposal m_last;     ///< applied last
    qint64 m_appliedMs = -1;
    qint64 m_concludedMs = 0;
    int m_listenersThen = 0;
    bool m_measuresAgain = false;
    QList<QPair<Symptom, qint64>> m_quietUntil;
};

} // namespace cycast
