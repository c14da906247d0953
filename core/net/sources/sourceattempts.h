// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/sourceattempt.h"

namespace cycast
{

/// Gathers attempts to broadcast before they are told: butt knocks five times a second without end, and
/// libshout asks without a password before every real request. Pure; time in milliseconds of any clock that
/// never goes back.
class SourceAttempts
{
public:
    static constexpr qint64 repeatMs = 10'000;  ///< the same again is told once in so long
    static constexpr qint64 followUpMs = 3'000; ///< a request without a password waits for the one with it
    static constexpr qsizetype maxKept = 200;

    /// What is to be told now: this attempt, or nothing (yet).
    QList<SourceAttempt> add(const SourceAttempt &attempt, qint64 nowMs);
    /// Requests without a password that nothing has followed.
    QList<SourceAttempt> due(qint64 nowMs);
    bool isWaiting() const { return !m_held.isEmpty(); }

private:
    struct Told {
        SourceAttempt attempt;
        qint64 ms = 0;
        int repeats = 0;
    };
    struct Held {
        SourceAttempt attempt;
        qint64 ms = 0;
    };

    QList<SourceAttempt> gather(SourceAttempt attempt, qint64 nowMs);

    QList<Told> m_told; ///< oldest first
    QList<Held> m_held;
};

} // namespace cycast
