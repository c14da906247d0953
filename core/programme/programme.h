// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/programme/livestage.h"
#include "core/programme/readahead.h"
#include "core/programme/rendition.h"
#include "core/programme/timeline.h"
#include "core/values/playedtrack.h"
#include "core/values/playlistentry.h"
#include "core/values/track.h"

namespace cycast
{

struct ProgrammeOptions {
    Flicks liveCushion = 0;
    bool convertsLive = true;      ///< into the station's format; otherwise passed as it is
    bool resumesAfterLive = false; ///< the interrupted track goes on; otherwise the next one starts
    QString stationName;           ///< title of a live source that has none
};

/// Decides who is heard: the live source, else the playlist, else silence; switches on frame boundaries only.
/// Who could be is the business of LiveStage and ReadAhead, what was decided stands in the Timeline, and the
/// Rendition makes a stream of it. `clock` is asked when a source or a timer wakes it; all else brings the
/// time along. Lives in the station's thread.
class Programme : public QObject
{
    Q_OBJECT

public:
    /// What a newcomer is given when the station goes on the air, and what a gap is refilled with, at most.
    static constexpr Flicks primeTime = 4 * flicksPerSecond;

    Programme(Mount &mount, PlaylistFeeder &feeder, Clock clock = monotonicNs, QObject *parent = nullptr);
    ~Programme() override;

    void setOptions(const ProgrammeOptions &options);
    /// How files become the stream. On the air: what was read ahead is read again from two seconds on.
    void setPlayout(const PlayoutOptions &options, qint64 nowNs);
    void start(qint64 nowNs);
    void stop();

    /// Takes the source. It is heard from its first due frame on; until then, whatever is on goes on. A
    /// source that is on already gives way at that moment.
    void setSource(SourceConnection *source) { m_stage.add(source); }
    void dropSource(const Sentence &reason) { m_stage.drop(reason); }
    /// For the source that came last.
    void setLiveTitle(const TitleUpdate &update);
    void setSourceTimeout(double seconds) { m_stage.setTimeout(seconds); }

    /// `bag`: of an earlier run, to go on with; may be null.
    void setEntries(const EntryList &entries, qint64 nowNs, const BagState *bag = nullptr);
    /// More is known about some of them; see Playlist::updateEntries.
    void updateEntries(const QList<PlaylistEntry> &fresh, qint64 nowNs);
    /// The ring has become another size.
    void capacityChanged(qint64 nowNs);
    void setOrder(bool shuffle, bool repeat, qint64 nowNs);
    void skip(qint64 nowNs);
    void playFrom(quint64 entryId, qint64 positionMs, qint64 nowNs);
    /// These follow what is heard, in this order.
    void playNext(const QList<quint64> &entryIds, qint64 nowNs) { agree(nowNs, entryIds); }
    void setJingles(const QList<PlaylistEntry> &jingles, qint64 nowNs);
    void setJingleRule(const JingleRule &rule, qint64 nowNs);
    bool isJingle(quint64 entryId) const { return m_readAhead.playlist().isJingle(entryId); }
    /// The shuffle bag as it is for the audience; what was read ahead is still in it.
    BagState bag() const;

    ProgrammeKind heard() const;
    TrackInfo current() const;
    qint64 positionMs() const;
    TrackInfo next() const;
    SourceStatus sourceStatus(qint64 nowNs) const { return m_stage.status(nowNs); }
    /// Of what is heard; the default format before anything was.
    StreamFormat format() const { return m_rendition.format(); }
    /// What a further source would find.
    StageView stage(qint64 nowNs) { return m_stage.view(nowNs); }
    const Timeline &timeline() const { return m_timeline; }

    /// Of the list, or a jingle; null: there is none.
    const PlaylistEntry *entry(quint64 id) const { return m_readAhead.playlist().entry(id); }

signals:
    /// The timeline has changed from that moment on: an item begins there.
    void itemBegun(cycast::Flicks from);
    /// Likewise: nothing of what was to come there does.
    void timelineCut(cycast::Flicks from);
    /// What a live source gave goes into the stream, of which the last item is.
    void livePassed(const cycast::FormatRun &run);
    /// What the broadcast head plays has changed.
    void headChanged(const cycast::TrackInfo &track, cycast::ProgrammeKind kind);
    void entryProblem(quint64 entryId, const cycast::Sentence &reason,
                      cycast::EntryFault fault = cycast::EntryFault::None);
    /// Its tags were read when it was opened to be played.
    void entryRead(const cycast::PlaylistEntry &entry);
    void entryMeasured(quint64 entryId, double lufs, int silentEndMs);
    void liveStarted(const cycast::SourceDescription &source);
    void liveEnded(const cycast::SourceDescription &source, const cycast::Sentence &reason);
    /// A source went before any of it was heard. `isUnplayable`: it sent nothing that could be.
    void liveUnheard(const cycast::SourceDescription &source, const cycast::Sentence &reason,
                     bool isUnplayable);
    /// The playlist could not keep up and silence was put in.
    void ranDry();

private:
    LiveRules liveRules() const;
    const TimelineItem *heardItem() const;
    const TimelineItem *nextTrack() const;
    ResumePoint placeIn(const TimelineItem &item, Flicks time) const;
    std::optional<ResumePoint> afterLive() const;
    void begin(TimelineItem item);
    void cut(quint64 position);
    quint64 cutPosition() const;
    void order();
    void supply(qint64 nowNs);
    void agree(qint64 nowNs, const QList<quint64> &asked = {});
    void takeTrack(const TrackInfo &track, Flicks offset, quint64 turn);
    void takeFrames(const FrameBatch &batch);
    void takePieces();
    void appendLive(qint64 nowNs);
    void fillWithSilence(qint64 nowNs);
    void cutToNewTrack(qint64 nowNs, Flicks offset);
    bool readAgainFrom(quint64 position);
    void lookWhoIsNext(qint64 nowNs);
    bool goLive(qint64 nowNs);
    bool mayFollowNow(qint64 nowNs);
    void rememberInterrupted();
    void returnToPlaylist(qint64 nowNs);
    void noteHead();

    Mount &m_mount;
    Clock m_clock;
    Rendition m_rendition;
    Timeline m_timeline;
    ReadAhead m_readAhead;
    LiveStage m_stage;
    RoundTimer m_candidateDue;
    ProgrammeOptions m_options;
    bool m_running = false;
    qint64 m_startedNs = 0;
    qint64 m_hungrySinceNs = 0; ///< the read-ahead is short and the reader is at work; 0: it is not
    Flicks m_refill = 0;        ///< what players are owed at once, as soon as there is something
    quint64 m_headSerial = 0;
    quint64 m_showEnd = 0; ///< where the last show ends in the ring: it is heard up to there
    TimelineItem m_read;   ///< the track whose frames come, from its next one on
    ResumePoint m_start;   ///< where start() begins
    ResumePoint m_interrupted;
    bool m_wasDue = false; ///< it had only begun when the next show came: it has its turn after that
};

} // namespace cycast
