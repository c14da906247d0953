// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/values/playedtrack.h"
#include "core/values/track.h"

#include <deque>

namespace cycast
{

/// "From this moment on, this is what plays."
struct TimelineItem {
    ProgrammeKind kind = ProgrammeKind::Silence;
    TrackInfo track;
    QString url = {};  ///< of a live title
    Flicks offset = 0; ///< how far into the track it begins
    quint64 turn = 0;  ///< of a track: see TrackSource
    Flicks from = 0;   ///< set by Timeline, as is what follows
    quint64 serial = 0;
};

/// What plays when, in media time: the one place where that is written down. Every format of the programme is
/// made after it. Pure: knows neither bytes nor clocks.
class Timeline
{
public:
    /// From `from`, the end of all there is, on. Takes the place of one that has no sound of its own.
    const TimelineItem &begin(TimelineItem item, Flicks from);
    /// What was to come from `from` on does not.
    void cut(Flicks from);
    /// What was heard before the item that is in force at `head` is of no interest any more.
    void forgetBefore(Flicks head);

    /// What is in force at a moment; null before the first. Good until the next change.
    const TimelineItem *at(Flicks time) const;
    std::deque<TimelineItem> &items() { return m_items; }
    const std::deque<TimelineItem> &items() const { return m_items; }
    quint64 lastSerial() const { return m_lastSerial; }

    /// The last thing is silence, which gives way to anything.
    bool endsInSilence() const { return m_endsInSilence; }

private:
    std::deque<TimelineItem> m_items;
    quint64 m_lastSerial = 0;
    bool m_endsInSilence = false;
};

} // namespace cycast
