// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/programme/liveshow.h"
#include "core/programme/rendition.h"
#include "core/programme/timeline.h"

#include <QObject>

namespace cycast
{

/// The programme in its first format, by which all others go: what begins is written into the timeline at the
/// moment where the stream has come to, and what is cut goes from both. Moments and positions are of this
/// ring. Decides nothing; lives in the station's thread.
class LeadRendition : public QObject
{
    Q_OBJECT

public:
    /// What a newcomer is given when the station goes on the air, and what a gap is refilled with, at most.
    static constexpr Flicks primeTime = 4 * flicksPerSecond;

    /// `mount` outlives this.
    explicit LeadRendition(Mount &mount, QObject *parent = nullptr);

    Mount &mount() { return m_mount; }
    const RingBuffer &ring() const { return m_mount.ring(); }
    Rendition &rendition() { return m_rendition; }
    const Rendition &rendition() const { return m_rendition; }
    Timeline &timeline() { return m_timeline; }
    const Timeline &timeline() const { return m_timeline; }

    /// What is appended from now on belongs to it.
    void begin(TimelineItem item);
    /// What is read ahead from that position on goes, and what was to begin there.
    void cut(quint64 position);
    /// Likewise from the head on, but for what is left of a show.
    void cutAhead();
    /// Silence that was made ahead gives way; what is before it is heard to its end.
    void cutSilence(qint64 nowNs);
    /// A show is heard up to here, whatever is cut.
    void markShowEnd() { m_showEnd = ring().end(); }
    /// How long what is left of it still plays.
    Flicks restOfShow(qint64 nowNs) const;

    /// The ring's head moves by the clock from now on. Players are owed so much at once, as soon as there is
    /// something.
    void followClock(qint64 nowNs, Flicks owed);
    /// It moves by the show's clock, and the show begins here.
    void followShow(LiveShow &show);
    /// With what is there: for when nothing better is to come.
    void payOwed(qint64 nowNs);

    /// Frames of a track.
    void append(const FrameBatch &batch, qint64 nowNs);
    /// Of a show; what its title is has begun.
    void append(const LivePiece &piece, qint64 nowNs);
    void appendSilence(Flicks until, qint64 nowNs);

    /// What is on the air; null: nothing was yet. Good until the timeline changes.
    const TimelineItem *heard() const { return m_timeline.at(ring().headTime()); }
    /// That is a track of the playlist.
    bool hearsTrack() const { return heard() && heard()->kind == ProgrammeKind::Playlist; }
    /// The first track that begins after that; null: none is read ahead.
    const TimelineItem *nextTrack() const;
    /// How far into what is heard.
    qint64 positionMs() const;

signals:
    /// The timeline has changed from that moment on: an item begins there.
    void itemBegun(cycast::Flicks from);
    /// Likewise: nothing of what was to come there does.
    void timelineCut(cycast::Flicks from);

private:
    Mount &m_mount;
    Rendition m_rendition;
    Timeline m_timeline;
    quint64 m_showEnd = 0;
    Flicks m_owed = 0;
};

} // namespace cycast
