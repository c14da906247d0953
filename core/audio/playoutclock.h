// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/audio/liveclock.h"

namespace cycast
{

/// Which part of the stream is due, by frame durations against one monotonic clock (behaviour.md,
/// sections 2 and 3). Time is an argument everywhere (ns of any monotonic clock); nothing here asks for it.
///
/// Programme time (playlist, silence): runs with the monotonic clock from the anchor. Over any 10 s the
/// released audio is exact to one frame. After a pause of the whole process longer than `maxCatchUpNs`
/// (nobody asked for the due time in between) the clock goes on from where it stood, so that players are not
/// flooded with what nobody missed. Not thread-safe: one owner.
class PlayoutClock
{
public:
    static constexpr qint64 maxCatchUpNs = 5'000'000'000;

    /// From `nowNs` on, `streamTime` is the time at the broadcast head.
    void anchor(qint64 nowNs, Flicks streamTime);
    bool isRunning() const { return m_running; }
    void stop() { m_running = false; }

    /// Stream time due at `nowNs`; never runs backwards. While stopped: what was due last.
    Flicks dueTime(qint64 nowNs);
    /// The first nanosecond at which stream time `time` is due; the anchor's for what was due before it.
    /// Meaningless while stopped.
    qint64 nsWhenDue(Flicks time) const;

private:
    bool m_running = false;
    qint64 m_anchorNs = 0;
    Flicks m_anchorTime = 0;
    qint64 m_lastNs = 0;
    Flicks m_due = 0;
};

} // namespace cycast
