// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/liveclock.h"

#include <algorithm>
#include <cmath>

namespace cycast
{

namespace
{

constexpr Flicks milliseconds(qint64 ms)
{
    return ms * (flicksPerSecond / 1000);
}

constexpr qint64 burstPhaseNs = 2'000'000'000;
constexpr Flicks largestBurst = 2 * flicksPerSecond;
constexpr double rebuildSlowdown = 0.01;

constexpr qint64 halfWindowNs = 5'000'000'000;
constexpr Flicks forgivenLateness = milliseconds(250); ///< less than that is left to the rate
constexpr Flicks steadyWithin = milliseconds(100); ///< in 5 s; a source that catches up faster is not done

// The rate is steered by a proportional and an integral part. Slack is the integral of the rate's error, so
// these two times make a critically damped loop: an unknown drift of 200 ppm costs 30 ms at its worst.
constexpr double proportionalSeconds = 200.0;
constexpr double integralSeconds = 4.0 * proportionalSeconds;
constexpr double largestDrift = 500e-6;
constexpr double linearSlackSeconds = largestDrift * proportionalSeconds;

Flicks scaled(Flicks wall, double rate)
{
    return static_cast<Flicks>(std::floor(static_cast<double>(wall) * rate));
}

/// The first moment at which something becomes true that then stays true and is bound to come.
template<typename Condition>
qint64 firstNsWhen(qint64 fromNs, Condition condition)
{
    if (condition(fromNs))
        return fromNs;
    qint64 before = 0;
    qint64 after = 1'000'000;
    while (!condition(fromNs + after)) {
        before = after;
        after *= 2;
    }
    while (after - before > 1) {
        const qint64 middle = before + (after - before) / 2;
        (condition(fromNs + middle) ? after : before) = middle;
    }
    return fromNs + after;
}

} // namespace

void LiveClock::setCushion(Flicks cushion)
{
    cushion = qMax<Flicks>(0, cushion);
    if (m_started) {
        reanchor(m_nowNs);
        // The allowance for bursts is no cushion to grow from, except for what has been released on it.
        if (cushion > 0 && m_anchorCushion < 0)
            m_anchorCushion = qMax(m_anchorCushion, qMin<Flicks>(0, m_anchorTime - m_due));
    }
    m_cushion = cushion;
}

void LiveClock::arrived(qint64 nowNs, Flicks duration)
{
    m_nowNs = m_started ? qMax(m_nowNs, nowNs) : nowNs;
    if (!m_started) {
        m_started = true;
        m_startNs = m_anchorNs = m_halfStartNs = nowNs;
        m_anchorCushion = fullCushion();
    }
    if (m_nowNs - m_halfStartNs >= halfWindowNs)
        closeHalfWindow(m_nowNs);

    m_arrived += duration;
    followBurst(m_nowNs);
    const Flicks slack = m_arrived - expected(m_nowNs);
    m_half.bestSlack = m_half.hasArrivals ? qMax(m_half.bestSlack, slack) : slack;
    m_half.hasArrivals = true;
    m_half.wasHeld = m_half.wasHeld || !mayRead(m_nowNs);
}

Flicks LiveClock::dueTime(qint64 nowNs)
{
    if (!m_started)
        return 0;
    m_nowNs = qMax(m_nowNs, nowNs);
    m_due = qMax(m_due, qMin(m_arrived, released(m_nowNs)));
    return m_due;
}

qint64 LiveClock::nextDueNs(qint64 nowNs, Flicks beyond) const
{
    nowNs = qMax(nowNs, m_nowNs);
    // What fell due after the last question is still news.
    if (m_due >= m_arrived)
        return m_arrived > beyond ? nowNs : -1;
    const Flicks wanted = qMin(m_arrived, beyond + 1);
    return firstNsWhen(nowNs, [&](qint64 ns) { return qMax(m_due, released(ns)) >= wanted; });
}

bool LiveClock::mayRead(qint64 nowNs) const
{
    return !m_started || m_arrived - expected(nowNs) <= m_cushion + readAhead;
}

qint64 LiveClock::mayReadAtNs(qint64 nowNs) const
{
    return firstNsWhen(nowNs, [&](qint64 ns) { return mayRead(ns); });
}

Flicks LiveClock::lateness(qint64 nowNs) const
{
    return m_started ? qMax<Flicks>(0, expected(nowNs) - m_arrived) : 0;
}

double LiveClock::driftPpm() const
{
    return (m_rate - 1.0) * 1e6;
}

Flicks LiveClock::expected(qint64 nowNs) const
{
    return m_anchorTime + scaled(flicksFromNs(qMax<qint64>(0, nowNs - m_anchorNs)), m_rate);
}

Flicks LiveClock::released(qint64 nowNs) const
{
    // While the cushion is being rebuilt the slower line lies above the one that belongs to a whole cushion.
    const Flicks wall = flicksFromNs(qMax<qint64>(0, nowNs - m_anchorNs));
    return m_anchorTime + qMax(scaled(wall, m_rate) - fullCushion(),
                               scaled(wall, m_rate - rebuildSlowdown) - m_anchorCushion);
}

Flicks LiveClock::fullCushion() const
{
    return m_cushion > 0 ? m_cushion : -burstAllowance;
}

void LiveClock::reanchor(qint64 nowNs)
{
    const Flicks time = expected(nowNs);
    m_anchorCushion = time - released(nowNs);
    m_anchorTime = time;
    m_anchorNs = nowNs;
}

void LiveClock::followBurst(qint64 nowNs)
{
    if (nowNs - m_startNs > burstPhaseNs)
        return;
    const Flicks ahead = qBound<Flicks>(0, m_arrived - expected(nowNs), largestBurst - m_burst);
    m_burst += ahead;
    m_anchorTime += ahead;
}

void LiveClock::closeHalfWindow(qint64 nowNs)
{
    if (m_lastHalf.hasArrivals && m_half.hasArrivals && !m_lastHalf.wasHeld && !m_half.wasHeld) {
        const Flicks best = qMax(m_lastHalf.bestSlack, m_half.bestSlack);
        const Flicks change = m_half.bestSlack - m_lastHalf.bestSlack;
        if (best >= -forgivenLateness) {
            reanchor(nowNs);
            steer(best, nowNs - m_halfStartNs);
        } else if (qAbs(change) < steadyWithin) {
            reanchor(nowNs);
            forgive(-m_half.bestSlack);
            m_half = {};
        }
    }
    m_lastHalf = m_half;
    m_half = {};
    m_halfStartNs = nowNs;
}

void LiveClock::steer(Flicks slack, qint64 elapsedNs)
{
    const double seconds = secondsOf(slack);
    if (std::abs(seconds) < linearSlackSeconds) {
        const double elapsed = static_cast<double>(elapsedNs) / 1e9;
        m_learnedDrift += seconds * elapsed / (proportionalSeconds * integralSeconds);
        m_learnedDrift = std::clamp(m_learnedDrift, -largestDrift, largestDrift);
    }
    const double drift = m_learnedDrift + seconds / proportionalSeconds;
    m_rate = 1.0 + std::clamp(drift, -largestDrift, largestDrift);
}

void LiveClock::forgive(Flicks lateness)
{
    m_anchorTime -= lateness;
    // Of the cushion in force the lateness has used up that much; what is released goes on without a jump.
    if (m_anchorCushion > 0)
        m_anchorCushion = qMax<Flicks>(0, m_anchorCushion - lateness);
}

} // namespace cycast
