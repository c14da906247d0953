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
    if (m_candidate)
        m_candidate->drop(u"another source took its place"_s);
    letGo(std::move(m_candidate));
    m_candidate = std::make_unique<LiveShow>(source, liveRules());
    const LiveShow *show = m_candidate.get();
    connect(show, &LiveShow::piecesReady, this, [this, show] { takePieces(show); });
    connect(show, &LiveShow::ended, this, [this, show] { showEnded(show); });
    m_candidate->start();
}

LiveShow *Programme::connectedShow() const
{
    return m_live && m_live->isConnected()             ? m_live.get()
           : m_candidate && m_candidate->isConnected() ? m_candidate.get()
                                                       : nullptr;
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

void Programme::promoteCandidate(qint64 nowNs)
{
    if (!m_candidate || (m_live && !m_live->isConnected() && !m_live->hasEnded()))
        return; // a show that ends is heard to its end
    const Flicks firstFrame = m_candidate->firstPlayable();
    if (firstFrame == 0)
        return;
    LiveClock &clock = m_candidate->clock();
    if (clock.dueTime(nowNs) < firstFrame) {
        const qint64 whenNs = clock.nextDueNs(nowNs, firstFrame - 1);
        if (whenNs >= 0)
            m_candidateDue.startAt(whenNs);
        return;
    }
    m_mount.advance(nowNs);
    if (kindOf(m_mount.headMark()) == ProgrammeKind::Playlist) {
        m_interrupted = heardEntry();
        m_interruptedOffset = flicksFromNs(positionMs() * nsPerMs);
        rewindToHeard();
    }
    std::unique_ptr<LiveShow> previous = std::move(m_live);
    if (previous && !previous->isConnected())
        m_showEnd = m_mount.ring().end();
    m_live = std::move(m_candidate);
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
                       wasOn ? u"another source took over"_s : previous->endReason());
        if (wasOn)
            previous->drop(u"another source took over"_s);
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
    if (show == m_candidate.get()) {
        promoteCandidate(nowNs);
        if (!m_candidate || m_candidate->firstPlayable() > 0)
            return; // heard, or going to be
        m_candidateDue.stop();
        std::unique_ptr<LiveShow> gone = std::move(m_candidate);
        const SourceDescription &who = gone->description();
        qCInfo(lcSource).noquote() << u"%1 left before any of it was heard: %2."_s.arg(who.address,
                                                                                       gone->endReason());
        emit liveUnheard(who, gone->endReason(), gone->wasUnplayable());
        letGo(std::move(gone));
    } else if (show == m_live.get()) {
        promoteCandidate(nowNs);
        if (show == m_live.get())
            returnToPlaylist(nowNs);
    }
}

void Programme::returnToPlaylist(qint64 nowNs)
{
    m_mount.advance(nowNs);
    // What the source had sent before it ended plays out; then the playlist. When it had been silent for a
    // while, players' buffers are refilled by as much.
    const Flicks silentFor = m_mount.ring().available() > 0 ? 0 : m_live->clock().lateness(nowNs);
    std::unique_ptr<LiveShow> ended = std::move(m_live);
    m_showEnd = m_mount.ring().end();
    Flicks offset = 0;
    if (m_interrupted != 0) {
        if (m_options.resumesAfterLive) {
            m_feeder.playlist().jumpTo(m_interrupted);
            offset = m_interruptedOffset;
        }
        m_interrupted = 0;
    }
    m_feeder.restart(offset);
    m_mount.followClock(nowNs, qBound<Flicks>(0, silentFor, primeTime));
    m_feeder.feed();
    emit liveEnded(ended->description(), ended->endReason());
    letGo(std::move(ended));
}

void Programme::dropSource(const QString &reason)
{
    if (m_candidate)
        m_candidate->drop(reason);
    if (m_live)
        m_live->drop(reason);
}

void Programme::setSourceTimeout(double seconds)
{
    forEachShow([seconds](LiveShow &show) { show.setTimeout(seconds); });
}

void Programme::setLiveTitle(const TitleUpdate &update)
{
    LiveShow *show = m_candidate ? m_candidate.get() : m_live.get();
    if (show && show->setTitle(update) && show == m_live.get())
        m_mount.addMark(show->title(), 0, show->url());
}

StageView Programme::stage(qint64 nowNs)
{
    // Audio rests with the kernel between rounds; who has hung up meanwhile holds no place.
    if (m_candidate)
        m_candidate->readNow();
    if (m_live)
        m_live->readNow();
    const LiveShow *show = m_candidate && m_candidate->isConnected() ? m_candidate.get() : connectedShow();
    if (!show)
        return {};
    const SourceDescription &who = show->description();
    return {true, show->isSending(nowNs),
            u"%1, %2"_s.arg(who.address, who.program.isEmpty() ? u"unnamed program"_s : who.program)};
}

} // namespace cycast
