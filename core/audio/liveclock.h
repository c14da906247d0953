// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

namespace cycast
{

/// The clock of a live source: audio goes out as it arrives, behind a cushion, never faster than real time
/// for long, and the source's own crystal is followed.
///
/// Terms, all in media time since the source went on: *arrived* is what came in; *expected* is what the
/// source should have sent by now (its own frame clock: wall time since the first frame, with the rate
/// followed within +-500 ppm); *due* is what listeners may have.
///
/// * No cushion: due == arrived, but at most `burstAllowance` ahead of expected.
/// * Cushion c > 0: due == min(arrived, expected - c). While expected < c nothing is due.
/// * First 2 s: an encoder that starts with a burst moves `expected` up with it (at most 2 s in all).
/// * Slack is arrived - expected right after an arrival. What counts is the best slack of each 10 s: it
///   belongs to the audio that was held up least on its way, so jitter and coarse chunks do not matter.
/// * Stall: expected runs on. When the backlog then arrives it is due at once. When the source goes on
///   without it (it dropped what it could not send), the lateness is forgiven after 10 s of steady
///   arrival, and the cushion is rebuilt by releasing 1 % slower until it is whole, not by a hold.
/// * Drift: the best slack steers the rate, so that the cushion neither creeps up nor erodes over days. A
///   source that is being held back (mayRead) steers nothing.
///
/// Time is an argument everywhere (ns of any monotonic clock). Not thread-safe: one owner.
class LiveClock
{
public:
    static constexpr Flicks burstAllowance = flicksPerSecond;
    static constexpr Flicks readAhead = 2 * flicksPerSecond;

    explicit LiveClock(Flicks cushion = 0)
        : m_cushion(qMax<Flicks>(0, cushion))
    {
    }

    /// A change applies slowly upward (1 % slower release) and at once downward.
    void setCushion(Flicks cushion);
    Flicks cushion() const { return m_cushion; }

    void arrived(qint64 nowNs, Flicks duration);
    bool hasStarted() const { return m_started; }
    Flicks arrivedTime() const { return m_arrived; }

    /// Media time that listeners may have; never runs backwards, never beyond what arrived.
    Flicks dueTime(qint64 nowNs);
    /// The first moment, from `nowNs` on, at which dueTime exceeds `beyond`, or at which all that has
    /// arrived is due when that comes first; -1 when all is due already, so that only an arrival helps. To
    /// wait for a frame (or chunk), pass its end less one flick; with less a timer would fire for a part of
    /// it.
    qint64 nextDueNs(qint64 nowNs, Flicks beyond) const;
    /// False: leave the socket unread, the source is further ahead than cushion + readAhead.
    bool mayRead(qint64 nowNs) const;
    /// When mayRead turns true again (ns); `nowNs` when it is true.
    qint64 mayReadAtNs(qint64 nowNs) const;
    /// How late the source is against its own frame clock, in flicks (0 when on time): behaviour.md, 6.
    Flicks lateness(qint64 nowNs) const;
    /// The rate being followed, parts per million from nominal.
    double driftPpm() const;

private:
    /// Two straight lines of stream time over wall time, both through the anchor.
    Flicks expected(qint64 nowNs) const;
    /// What the clock would release at `nowNs` if it had all arrived: `expected` less the cushion in force.
    Flicks released(qint64 nowNs) const;
    Flicks fullCushion() const;
    void reanchor(qint64 nowNs);
    void followBurst(qint64 nowNs);
    void closeHalfWindow(qint64 nowNs);
    void steer(Flicks slack, qint64 elapsedNs);
    void forgive(Flicks lateness);

    /// The best slack right after an arrival, of half a window.
    struct HalfWindow {
        Flicks bestSlack = 0;
        bool hasArrivals = false;
        bool wasHeld = false; ///< the source was kept waiting, which says nothing about its clock
    };

    Flicks m_cushion;
    bool m_started = false;
    Flicks m_arrived = 0;
    Flicks m_due = 0;
    qint64 m_startNs = 0;
    qint64 m_nowNs = 0;    ///< the latest time heard of
    Flicks m_burst = 0;    ///< how far the start moved `expected`
    qint64 m_anchorNs = 0; ///< `expected` was m_anchorTime at this moment,
    Flicks m_anchorTime = 0;
    Flicks m_anchorCushion = 0;  ///< and this the cushion in force
    double m_rate = 1.0;         ///< media seconds per wall second, 0.9995 to 1.0005
    double m_learnedDrift = 0.0; ///< the lasting part of m_rate - 1
    qint64 m_halfStartNs = 0;
    HalfWindow m_lastHalf;
    HalfWindow m_half;
};

} // namespace cycast
