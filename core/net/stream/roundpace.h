// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

/// How far apart rounds have to be, by what they cost. A send costs nearly the same whatever it carries, so
/// that fewer and larger ones carry a larger crowd: where rounds take more than half of a processor they move
/// apart, smoothly, to a second at the most, and together again when the crowd goes. Pure; the times are
/// arguments.
class RoundPace
{
public:
    static constexpr qint64 longestNs = 1'000'000'000;
    /// Shares of a processor: above the first one rounds move apart, and then towards the second one.
    static constexpr double mostLoad = 0.5;
    static constexpr double wantedLoad = 0.45;
    /// What the load is an average of.
    static constexpr qint64 averageNs = 2'000'000'000;

    /// A round is over that needed `cpuNs` of this thread's time and began `periodNs` after the one before;
    /// the settings ask for one every `askedNs`.
    void roundDone(qint64 cpuNs, qint64 periodNs, qint64 askedNs);
    /// Nothing is known any more.
    void reset() { *this = {}; }

    /// From one beginning to the next; 0: whatever the settings ask for.
    qint64 leastNs() const { return m_leastNs; }
    /// Share of a processor that rounds have taken lately, 0 to 1.
    double load() const { return m_load; }

private:
    double m_load = 0.0;
    double m_costNs = 0.0; ///< of a round, on the average
    qint64 m_leastNs = 0;
};

} // namespace cycast
