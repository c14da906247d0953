// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The live half of Programme: shows, takeovers, the way back to the playlist.
#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/programme/programme.h"
#include "core/values/playedtrack.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr size_t mostWaitingUploads = 4;
// A timer is late now and then; what comes behind a show must not be heard for it.
constexpr Flicks closeEnough = flicksPerSecond / 10;

/// It may be telling us something at this moment.
void letGo(std::unique_ptr<LiveShow> show)
{
    if (show)
        show.release()->deleteLater();
}

} // namespace

LiveRules Programme::liveRules() const
{
    LiveRules rules;
    rules.cushion = m_options.liveCushion;
    rules.converts = m_options.convertsLive;
    rules.own = m_stream.format();
    rules.target = {m_feeder.playout().codecProgram, m_feeder.playout().encodingOptions()};
    rules.target.options.crossfadeSeconds = 0.0; // nothing is held back
    rules.target.options.trimsSilence = false;
    rules.titleOfNobody = m_options.stationName.isEmpty() ? u"Live"_s : m_options.stationName;
    return rules;
}

void Programme::setSource(SourceConnection *source)
{
    // Uploads that are complete wait for their turn; there is one place for who is connected.
    if (!m_candidates.empty() &&
        (m_candidates.back()->isConnected() || m_candidates.size() >= mostWaitingUploads)) {
        std::unique_ptr<LiveShow> previous = std::move(m_candidates.back());
        m_candidates.pop_back();
        previous->disconnect(this);
        previous->drop(Core::tr("another source took its place"));
        letGo(std::move(previous));
    }
    m_candidates.push_back(std::make_unique<LiveShow>(source, liveRules()));
    LiveShow *show = m_candidates.back().get();
    connect(show, &LiveShow::piecesReady, this, [this, show] { takePieces(show); });
    connect(show, &LiveShow::ended, this, [this, show] { showEnded(show); });
    show->start();
}

LiveShow *Programme::connectedShow() const
{
    if (m_live && m_live->isConnected())
        return m_live.get();
    return !m_candidates.empty() && m_candidates.back()->isConnected() ? m_candidates.back().get() : nullptr;
}

void Programme::takePieces(const LiveShow *show)
{
    const qint64 nowNs = monotonicNs();
    if (show != m_live.get()) {
        promoteCandidate(nowNs);
        return;
    }
    appendLive(nowNs);
    m_mount.reschedule(nowNs);
    if (m_mount.isGathering())
        m_live->rest(nowNs);
}

void Programme::appendLive(qint64 nowNs)
{
    while (const auto piece = m_live->take()) {
        if (piece->title)
            m_mount.addMark(m_live->title());
        if (piece->isConverted) {
            appendOwn(piece->batch, nowNs);
            continue;
        }
        if (piece->format.contentType == "audio/mpeg")
            rememberFormat(piece->batch);
        else
            useFormat(piece->format);
        m_mount.append(piece->batch, nowNs);
    }
}

// What is read ahead of the head goes, but not what is left of a show.
quint64 Programme::cutPosition() const
{
    return qBound(m_mount.ring().head(), m_showEnd, m_mount.ring().end());
}

// A show that ends is heard to its end, in real time.
bool Programme::mayFollowNow(qint64 nowNs)
{
    if (m_live && m_live->isConnected())
        return true;
    if (m_live && !m_live->hasEnded())
        return false;
    const RingBuffer &ring = m_mount.ring();
    const Flicks rest = m_showEnd > ring.head() ? ring.timeAt(m_showEnd) - m_mount.dueTime(nowNs) : 0;
    if (rest <= closeEnough)
        return true;
    m_candidateDue.startAt(nowNs + nsFromFlicks(rest - closeEnough));
    return false;
}

// What is on goes on after the show where it is now. After a show that has only just ended it is what would
// have come next.
void Programme::rememberInterrupted()
{
    if (kindOf(m_mount.headMark()) == ProgrammeKind::Playlist) {
        m_interrupted = heardEntry();
        m_interruptedOffset = flicksFromNs(positionMs() * nsPerMs);
        m_wasDue = false;
        rewindToHeard();
        return;
    }
    if (rewindToNext(m_interrupted, m_interruptedOffset))
        m_wasDue = true;
}

// What was read ahead is given back to the playlist but for its first track. False: there is none.
bool Programme::rewindToNext(quint64 &entry, Flicks &offset)
{
    const RingBuffer &ring = m_mount.ring();
    for (const TitleMark &mark : ring.marks()) {
        if (mark.position < ring.head() || mark.track.entryId == 0)
            continue;
        entry = mark.track.entryId;
        offset = mark.trackOffset;
        m_feeder.playlist().rewindTo(entry, takenAfter(mark));
        return true;
    }
    return false;
}

void Programme::promoteCandidate(qint64 nowNs)
{
    if (m_candidates.empty())
        return;
    const Flicks firstFrame = m_candidates.front()->firstPlayable();
    if (firstFrame == 0 || !mayFollowNow(nowNs))
        return;
    LiveClock &clock = m_candidates.front()->clock();
    if (clock.dueTime(nowNs) < firstFrame) {
        const qint64 whenNs = clock.nextDueNs(nowNs, firstFrame - 1);
        if (whenNs >= 0)
            m_candidateDue.startAt(whenNs);
        return;
    }
    m_candidateDue.stop();
    m_mount.advance(nowNs);
    std::unique_ptr<LiveShow> previous = std::move(m_live);
    if (!previous)
        rememberInterrupted();
    m_live = std::move(m_candidates.front());
    m_candidates.pop_front();
    m_mount.cutReadAhead(cutPosition());
    m_feeder.restart();
    m_tailIsSilence = false;
    m_mount.followLive(&m_live->clock(), m_mount.ring().endTime());
    m_mount.addMark(m_live->title(), 0, m_live->url());
    appendLive(nowNs);
    if (previous) {
        previous->disconnect(this);
        const bool wasOn = previous->isConnected();
        emit liveEnded(previous->description(),
                       wasOn ? Core::tr("another source took over") : previous->endReason());
        if (wasOn)
            previous->drop(Core::tr("another source took over"));
        letGo(std::move(previous));
    }
    emit liveStarted(m_live->description());
    m_mount.reschedule(nowNs);
    if (m_live->hasEnded())
        showEnded(m_live.get());
}

void Programme::showEnded(const LiveShow *show)
{
    const qint64 nowNs = monotonicNs();
    if (show == m_live.get()) {
        m_showEnd = m_mount.ring().end();
        promoteCandidate(nowNs);
        // Who waits for the end of this one follows without a word of the playlist in between.
        const bool isFollowed = !m_candidates.empty() && (m_candidates.front()->firstPlayable() > 0 ||
                                                          !m_candidates.front()->isConnected());
        if (show == m_live.get() && !isFollowed)
            returnToPlaylist(nowNs);
    } else if (!m_candidates.empty() && show == m_candidates.front().get()) {
        if (show->firstPlayable() > 0)
            promoteCandidate(nowNs); // now or in its turn
        else
            dropCandidate(nowNs);
    } else if (show->firstPlayable() == 0) {
        // Not the first in the row, and nothing to be heard: it is found when its turn comes.
        std::erase_if(m_candidates, [show](std::unique_ptr<LiveShow> &one) {
            const bool isMeant = one.get() == show;
            if (isMeant)
                letGo(std::move(one));
            return isMeant;
        });
    }
}

// Nothing came of it.
void Programme::dropCandidate(qint64 nowNs)
{
    m_candidateDue.stop();
    std::unique_ptr<LiveShow> gone = std::move(m_candidates.front());
    m_candidates.pop_front();
    const SourceDescription who = gone->description();
    qCInfo(lcSource).noquote()
        << Core::tr("%1 left before any of it was heard: %2.").arg(who.address, gone->endReason());
    emit liveUnheard(who, gone->endReason(), gone->wasUnplayable());
    letGo(std::move(gone));
    promoteCandidate(nowNs);
    if (m_candidates.empty() && m_live && m_live->hasEnded())
        returnToPlaylist(nowNs);
}

void Programme::returnToPlaylist(qint64 nowNs)
{
    m_mount.advance(nowNs);
    // What the source had sent before it ended plays out; then the playlist. When it had been silent for a
    // while, players' buffers are refilled by as much.
    const Flicks silentFor = m_mount.ring().available() > 0 ? 0 : m_live->clock().lateness(nowNs);
    std::unique_ptr<LiveShow> ended = std::move(m_live);
    Flicks offset = 0;
    if (m_interrupted != 0) {
        if (m_options.resumesAfterLive || m_wasDue) {
            m_feeder.playlist().jumpTo(m_interrupted);
            offset = m_interruptedOffset;
        }
        m_interrupted = 0;
        m_wasDue = false;
    }
    m_feeder.restart(offset);
    m_mount.followClock(nowNs, qBound<Flicks>(0, silentFor, primeTime));
    m_feeder.feed();
    emit liveEnded(ended->description(), ended->endReason());
    letGo(std::move(ended));
}

void Programme::dropSource(const Sentence &reason)
{
    for (std::unique_ptr<LiveShow> &show : std::exchange(m_candidates, {})) {
        show->disconnect(this);
        show->drop(reason);
        letGo(std::move(show));
    }
    if (!m_live)
        return;
    if (m_live->hasEnded()) // it is only waited for by those that are gone
        returnToPlaylist(monotonicNs());
    else
        m_live->drop(reason);
}

void Programme::setSourceTimeout(double seconds)
{
    forEachShow([seconds](LiveShow &show) { show.setTimeout(seconds); });
}

void Programme::setLiveTitle(const TitleUpdate &update)
{
    LiveShow *show = m_candidates.empty() ? m_live.get() : m_candidates.back().get();
    if (show && show->setTitle(update) && show == m_live.get())
        m_mount.addMark(show->title(), 0, show->url());
}

StageView Programme::stage(qint64 nowNs)
{
    // Audio rests with the kernel between rounds; who has hung up meanwhile holds no place.
    if (!m_candidates.empty())
        m_candidates.back()->readNow();
    if (m_live)
        m_live->readNow();
    const LiveShow *show = !m_candidates.empty() && m_candidates.back()->isConnected()
                               ? m_candidates.back().get()
                               : connectedShow();
    if (!show)
        return {};
    const SourceDescription &who = show->description();
    return {true, show->isSending(nowNs),
            u"%1, %2"_s.arg(who.address, who.program.isEmpty() ? u"unnamed program"_s : who.program)};
}

} // namespace cycast
