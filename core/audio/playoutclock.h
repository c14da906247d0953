// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

namespace cycast
{

/// Which part of the stream is due, by frame durations against one monotonic clock (behaviour.md,
/// sections 2 and 3). Time is an argument everywhere (ns of any monotonic clock); nothing here asks for it.
///
/// Programme time (playlist, silence): runs with the monotonic clock from the anchor. Over any 10 s the
/// released audio is exact to one frame. After a pause of the whole process longer than `maxCatchUpNs` the
/// anchor moves, so that players are not flooded with what nobody missed.
class PlayoutClock
{
public:
    static constexpr qint64 maxCatchUpNs = 5'000'000'000;

    /// From `nowNs` on, `streamTime` is the time at the broadcast head.
    void anchor(qint64 nowNs, Flicks streamTime);
    bool isRunning() const { return m_running; }
    void stop() { m_running = false; }

    /// Stream time due at `nowNs`; never runs backwards.
    Flicks dueTime(qint64 nowNs);
    /// When stream time `time` will be due.
    qint64 nsWhenDue(Flicks time) const;

private:
    bool m_running = false;
    qint64 m_anchorNs = 0;
    Flicks m_anchorTime = 0;
    qint64 m_lastNs = 0;
};

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
/// * Stall: expected runs on. When the backlog then arrives it is due at once. When the source goes on
///   without it (it dropped what it could not send), the lateness is forgiven after 10 s of steady
///   arrival, and the cushion is rebuilt by releasing 1 % slower until it is whole, not by a hold.
/// * Drift: the smallest slack (arrived - expected) of each 10 s window steers the rate, so that the
///   cushion neither creeps up nor erodes over days.
class LiveClock
{
public:
    static constexpr Flicks burstAllowance = flicksPerSecond;
    static constexpr Flicks readAhead = 2 * flicksPerSecond;

    explicit LiveClock(Flicks cushion = 0)
        : m_cushion(cushion)
    {
    }

    /// A change applies slowly upward (1 % slower release) and at once downward.
    void setCushion(Flicks cushion) { m_cushion = cushion; }
    Flicks cushion() const { return m_cushion; }

    void arrived(qint64 nowNs, Flicks duration);
    bool hasStarted() const { return m_started; }
    Flicks arrivedTime() const { return m_arrived; }

    /// Media time that listeners may have; never runs backwards, never beyond what arrived.
    Flicks dueTime(qint64 nowNs);
    /// The next moment at which dueTime grows without a new arrival, or -1 when only an arrival helps.
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
    Flicks expected(qint64 nowNs) const;

    Flicks m_cushion;
    bool m_started = false;
    Flicks m_arrived = 0;
    Flicks m_due = 0;
    qint64 m_anchorNs = 0; ///< `expected` was m_anchorTime at this moment
    Flicks m_anchorTime = 0;
    double m_rate = 1.0; ///< media seconds per wall second, 0.9995 to 1.0005
    qint64 m_startNs = 0;
    qint64 m_windowStartNs = 0;
    Flicks m_windowMinSlack = 0;
    qint64 m_lastDueNs = 0;
};

} // namespace cycast
