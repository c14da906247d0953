// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/programme/asrunlog.h"
#include "core/programme/autodj.h"
#include "core/programme/deadair.h"
#include "core/programme/handover.h"
#include "core/programme/leadrendition.h"
#include "core/programme/livestage.h"
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
/// Who could be is the business of LiveStage and AutoDj, when one follows another that of Handover and
/// DeadAir; what was decided stands in the Timeline, and the LeadRendition makes a stream of it. `clock` is
/// asked when a source or a timer wakes it; all else brings the time along. Lives in the station's thread.
class Programme : public QObject
{
    Q_OBJECT

public:
    static constexpr Flicks primeTime = LeadRendition::primeTime;

    /// `mount` and `readAhead` outlive this.
    Programme(Mount &mount, ReadAhead &readAhead, Clock clock = monotonicNs, QObject *parent = nullptr);
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
    void setOrder(bool shuffle, bool repeat, qint64 nowNs);
    void setJingles(const QList<PlaylistEntry> &jingles, qint64 nowNs);
    void setJingleRule(const JingleRule &rule, qint64 nowNs);
    /// The ring has become another size.
    void capacityChanged(qint64 nowNs) { m_autoDj.capacityChanged(nowNs); }
    void skip(qint64 nowNs) { m_autoDj.skip(nowNs); }
    void playFrom(quint64 entryId, qint64 positionMs, qint64 nowNs)
    {
        m_autoDj.playFrom(entryId, positionMs, nowNs);
    }
    /// These follow what is heard, in this order.
    void playNext(const QList<quint64> &entryIds, qint64 nowNs) { m_autoDj.agree(nowNs, entryIds); }
    bool isJingle(quint64 entryId) const { return m_autoDj.list().isJingle(entryId); }
    /// Of the list, or a jingle; null: there is none.
    const PlaylistEntry *entry(quint64 id) const { return m_autoDj.list().entry(id); }
    /// The shuffle bag as it is for the audience; what was read ahead is still in it.
    BagState bag() const { return m_autoDj.bag(); }

    ProgrammeKind heard() const;
    TrackInfo current() const;
    qint64 positionMs() const { return m_lead.positionMs(); }
    TrackInfo next() const;
    SourceStatus sourceStatus(qint64 nowNs) const { return m_stage.status(nowNs); }
    /// Of what is heard; the default format before anything was.
    StreamFormat format() const { return m_lead.rendition().format(); }
    /// What a further source would find.
    StageView stageView(qint64 nowNs) { return m_stage.view(nowNs); }
    const Timeline &timeline() const { return m_lead.timeline(); }

signals:
    /// See LeadRendition.
    void itemBegun(cycast::Flicks from);
    void timelineCut(cycast::Flicks from);
    /// What a live source gave goes into the stream, of which the last item is.
    void livePassed(const cycast::FormatRun &run);
    /// What the broadcast head plays has changed.
    void headChanged(const cycast::TrackInfo &track, cycast::ProgrammeKind kind);
    /// See ReadAhead.
    void entryProblem(quint64 entryId, const cycast::Sentence &reason,
                      cycast::EntryFault fault = cycast::EntryFault::None);
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
    LiveRules liveRules(const PlayoutOptions &playout) const;
    void supply(qint64 nowNs);
    void passShowOn();
    void appendShow(qint64 nowNs);
    void lookWhoIsNext(qint64 nowNs);
    bool goLive(qint64 nowNs);
    void returnToPlaylist(qint64 nowNs);
    void tellHead();

    Mount &m_mount;
    Clock m_clock;
    ProgrammeOptions m_options;
    LeadRendition m_lead;
    AutoDj m_autoDj;
    LiveStage m_stage;
    Handover m_handover;
    DeadAir m_deadAir;
    AsRunLog m_asRun;
};

} // namespace cycast
