// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/mpeg/mpegheader.h"
#include "core/base/sentence.h"
#include "core/net/sources/sourceconnection.h"
#include "core/net/sources/sourceserver.h"
#include "core/net/stream/mount.h"
#include "core/playlist/reader/playlistfeeder.h"
#include "core/programme/liveshow.h"
#include "core/programme/stationstream.h"
#include "core/values/playedtrack.h"
#include "core/values/playlistentry.h"
#include "core/values/stationstatus.h"
#include "core/values/track.h"

#include <deque>
#include <memory>

namespace cycast
{

struct ProgrammeOptions {
    Flicks liveCushion = 0;
    bool convertsLive = true;      ///< into the station's format; otherwise passed as it is
    bool resumesAfterLive = false; ///< the interrupted track goes on; otherwise the next one starts
    QString stationName;           ///< title of a live source that has none
};

/// What a mark stands for; null is silence.
ProgrammeKind kindOf(const TitleMark *mark);

/// Decides who is heard: the live source, else the playlist, else silence; switches on frame boundaries only.
/// Fills the mount's ring and follows what its head plays. Lives in the station's thread.
class Programme : public QObject
{
    Q_OBJECT

public:
    /// What a newcomer is given when the station goes on the air, and what a gap is refilled with, at most.
    static constexpr Flicks primeTime = 4 * flicksPerSecond;

    Programme(Mount &mount, PlaylistFeeder &feeder, QObject *parent = nullptr);
    ~Programme() override;

    void setOptions(const ProgrammeOptions &options);
    /// How files become the stream. On the air: what was read ahead is read again from two seconds on.
    void setPlayout(const PlayoutOptions &options, qint64 nowNs);
    void start(qint64 nowNs);
    void stop();

    /// Takes the source. It is heard from its first due frame on; until then, whatever is on goes on. A
    /// source that is on already gives way at that moment.
    void setSource(SourceConnection *source);
    void dropSource(const Sentence &reason);
    /// For the source that came last.
    void setLiveTitle(const TitleUpdate &update);
    void setSourceTimeout(double seconds);

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
    void playNext(const QList<quint64> &entryIds, qint64 nowNs);
    void setJingles(const QList<PlaylistEntry> &jingles, qint64 nowNs);
    void setJingleRule(const JingleRule &rule, qint64 nowNs);
    bool isJingle(quint64 entryId) const { return m_feeder.playlist().isJingle(entryId); }
    /// The shuffle bag as it is for the audience; what was read ahead is still in it.
    BagState bag() const;

    ProgrammeKind heard() const;
    TrackInfo current() const;
    qint64 positionMs() const;
    TrackInfo next();
    SourceStatus sourceStatus(qint64 nowNs);
    /// Of what is heard; the default format before anything was.
    StreamFormat format() const;
    /// What a further source would find.
    StageView stage(qint64 nowNs);

signals:
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
    template<class Call>
    void forEachShow(Call &&call)
    {
        if (m_live)
            call(*m_live);
        for (const std::unique_ptr<LiveShow> &show : m_candidates)
            call(*show);
    }

    void prepare(qint64 nowNs);
    LiveRules liveRules() const;
    void takePieces(const LiveShow *show);
    void appendLive(qint64 nowNs);
    void promoteCandidate(qint64 nowNs);
    bool mayFollowNow(qint64 nowNs);
    void rememberInterrupted();
    bool rewindToNext(quint64 &entry, Flicks &offset);
    void dropCandidate(qint64 nowNs);
    void showEnded(const LiveShow *show);
    void returnToPlaylist(qint64 nowNs);
    LiveShow *connectedShow() const;
    quint64 cutPosition() const;
    void takeTrack(const PlaylistEntry &entry, Flicks offset);
    void takePlaylistFrames(const FrameBatch &batch);
    void fillWithSilence(qint64 nowNs);
    void reconcileReadAhead(qint64 nowNs, const QList<quint64> &playNext = {});
    void rewindToHeard();
    int takenAfter(const TitleMark &mark) const;
    void cutToNewTrack(qint64 nowNs, Flicks offset);
    bool readAgainFrom(quint64 position);
    void appendOwn(FrameBatch batch, qint64 nowNs);
    void rememberFormat(const FrameBatch &batch);
    void useFormat(const StreamFormat &format);
    void noteHead();
    quint64 heardEntry() const;
    qint64 demandBytes() const;

    Mount &m_mount;
    PlaylistFeeder &m_feeder;
    ProgrammeOptions m_options;
    bool m_running = false;
    std::unique_ptr<LiveShow> m_live; ///< heard
    /// Not yet, in this order: uploads that are complete, and one that is connected.
    std::deque<std::unique_ptr<LiveShow>> m_candidates;
    RoundTimer m_candidateDue;
    quint64 m_showEnd = 0; ///< where the last show ends in the ring: it is heard up to there
    StationStream m_stream;
    StreamFormat m_format; ///< of what was appended last
    MpegHeader m_lastHeader = defaultMpegHeader();
    bool m_tailIsSilence = false; ///< what was appended last
    quint64 m_silenceFrom = 0;    ///< where it begins
    TrackInfo m_readTrack;        ///< what the feeder reads
    Flicks m_readOffset = 0;      ///< how far into it
    qint64 m_startedNs = 0;
    qint64 m_hungrySinceNs = 0; ///< the read-ahead is short and the reader is at work; 0: it is not
    quint64 m_headSerial = 0;
    quint64 m_startEntry = 0; ///< where start() begins
    Flicks m_startOffset = 0;
    bool m_startGoesOn = false; ///< that entry has had its turn and goes on
    quint64 m_interrupted = 0;  ///< by the live source
    Flicks m_interruptedOffset = 0;
    bool m_wasDue = false; ///< it had only begun when the next show came: it has its turn after that
};

} // namespace cycast
