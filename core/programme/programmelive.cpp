// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The live half of Programme: sources, takeovers, the way back to the playlist.
#include "core/audio/ogg/oggcomments.h"
#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/net/sources/titletext.h"
#include "core/programme/programme.h"
#include "core/values/playedtrack.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

// A source's rhythm is learned from the times of its arrivals before they may gather with the kernel.
constexpr qint64 rhythmLearnedMs = 3000;

/// How long the first frame that can be heard plays; 0: there is none yet, only header pages.
Flicks firstPlayable(const FrameBatch &batch)
{
    for (const FrameInfo &frame : batch.frames) {
        if (frame.duration > 0)
            return frame.duration;
    }
    return 0;
}

} // namespace

void Programme::setSource(SourceConnection *source)
{
    if (m_candidate)
        sourceEnded(m_candidate->source, u"another source took its place"_s);
    m_candidate = std::make_unique<Live>();
    m_candidate->source = source;
    m_candidate->clock.setCushion(m_options.liveCushion);
    const SourceDescription &who = source->description();
    m_candidate->title.title = !who.name.isEmpty()   ? who.name
                               : !who.user.isEmpty() ? who.user
                                                     : titleOfNobody();
    connect(source, &SourceConnection::framesReceived, this,
            [this, source](const FrameBatch &batch) { takeLiveFrames(source, batch); });
    connect(source, &SourceConnection::ended, this,
            [this, source](const QString &reason) { sourceEnded(source, reason); });
    source->start();
}

QString Programme::titleOfNobody() const
{
    return m_options.stationName.isEmpty() ? u"Live"_s : m_options.stationName;
}

Programme::Live *Programme::liveOf(const SourceConnection *source) const
{
    return m_candidate && m_candidate->source == source ? m_candidate.get()
           : m_live && m_live->source == source         ? m_live.get()
                                                        : nullptr;
}

void Programme::takeLiveFrames(SourceConnection *source, const FrameBatch &batch)
{
    Live *live = liveOf(source);
    if (!live)
        return;
    if (mustConvert(source->format())) {
        convert(*live, batch);
    } else {
        live->transcoder.reset();
        takeReadyFrames(*live, batch);
    }
}

// As they come from the source or from its transcoder.
void Programme::takeReadyFrames(Live &given, const FrameBatch &batch)
{
    const qint64 nowNs = monotonicNs();
    Live *live = &given;
    SourceConnection *source = live->source;
    live->clock.arrived(nowNs, batch.duration());
    if (live == m_live.get()) {
        appendLive(batch, nowNs);
        m_mount.reschedule(nowNs);
    } else {
        live->queue.append(batch);
        promoteCandidate(nowNs);
    }
    if (!live->clock.mayRead(nowNs))
        source->pauseReading(live->clock.mayReadAtNs(nowNs));
    else if (live == m_live.get() && m_mount.isGathering() && source->connectedMs(nowNs) > rhythmLearnedMs)
        source->rest(); // the round reads on
}

// Titles within the stream count from the page on that brings them.
void Programme::appendLive(const FrameBatch &batch, qint64 nowNs)
{
    if (m_live->transcoder) {
        if (std::exchange(m_live->hasNewHeader, false))
            takeInbandTitle(m_live->header);
        appendOwn(batch, nowNs);
        return;
    }
    const StreamFormat format = m_live->source->format();
    if (format.contentType == "audio/mpeg")
        rememberFormat(batch);
    else
        useFormat(format);
    const auto isHeader = [](const FrameInfo &frame) { return frame.isStreamHeader; };
    if (std::none_of(batch.frames.begin(), batch.frames.end(), isHeader)) {
        m_mount.append(batch, nowNs);
        return;
    }
    FrameBatch part;
    qsizetype at = 0;
    for (const FrameInfo &frame : batch.frames) {
        const QByteArrayView bytes = QByteArrayView(batch.bytes).sliced(at, frame.size);
        at += frame.size;
        if (frame.isStreamHeader) {
            if (!part.isEmpty())
                m_mount.append(std::exchange(part, {}), nowNs);
            takeInbandTitle(bytes);
            part.appendStreamHeader(bytes);
        } else {
            part.append(bytes, frame.duration);
        }
    }
    m_mount.append(part, nowNs);
}

void Programme::takeInbandTitle(QByteArrayView headerPages)
{
    auto title = oggComments(headerPages);
    if (!title)
        return;
    for (QString *text : {&title->title, &title->artist, &title->album})
        *text = repairedTitle(text->toUtf8());
    if (title->title.isEmpty())
        std::swap(title->title, title->artist);
    if (title->title.isEmpty() || *title == m_live->title)
        return;
    m_live->title = *title;
    m_live->url.clear();
    m_mount.addMark(m_live->title);
}

void Programme::promoteCandidate(qint64 nowNs)
{
    if (!m_candidate || m_candidate->queue.isEmpty())
        return;
    const Flicks firstFrame = firstPlayable(m_candidate->queue);
    if (firstFrame == 0)
        return;
    if (m_candidate->clock.dueTime(nowNs) < firstFrame) {
        const qint64 whenNs = m_candidate->clock.nextDueNs(nowNs, firstFrame - 1);
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
    std::unique_ptr<Live> previous = std::move(m_live);
    m_live = std::move(m_candidate);
    m_mount.cutReadAhead();
    m_feeder.restart();
    m_tailIsSilence = false;
    m_mount.followLive(&m_live->clock, m_mount.ring().endTime());
    m_mount.addMark(m_live->title, 0, m_live->url);
    const FrameBatch queued = std::exchange(m_live->queue, {});
    appendLive(queued, nowNs);
    if (previous) {
        previous->source->disconnect(this);
        emit liveEnded(previous->source->description(), u"another source took over"_s);
        previous->source->close(u"another source took over"_s);
        previous->source->deleteLater();
    }
    emit liveStarted(m_live->source->description());
    m_mount.reschedule(nowNs);
}

void Programme::sourceEnded(SourceConnection *source, const QString &reason)
{
    const qint64 nowNs = monotonicNs();
    source->disconnect(this);
    source->close(reason);
    source->deleteLater();
    const SourceDescription who = source->description();
    if (m_candidate && m_candidate->source == source) {
        m_candidate.reset();
        m_candidateDue.stop();
        qCInfo(lcSource).noquote() << u"%1 left before any of it was heard: %2."_s.arg(who.address, reason);
    } else if (m_live && m_live->source == source) {
        returnToPlaylist(nowNs);
        emit liveEnded(who, reason);
    }
}

void Programme::returnToPlaylist(qint64 nowNs)
{
    m_mount.advance(nowNs);
    // What the source had sent before it ended plays out; then the playlist. When it had been silent for a
    // while, players' buffers are refilled by as much.
    const Flicks silentFor = m_mount.ring().available() > 0 ? 0 : m_live->clock.lateness(nowNs);
    const std::unique_ptr<Live> ended = std::move(m_live);
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
}

void Programme::dropSource(const QString &reason)
{
    if (m_candidate)
        sourceEnded(m_candidate->source, reason);
    if (m_live)
        sourceEnded(m_live->source, reason);
}

void Programme::setSourceTimeout(double seconds)
{
    forEachLive([seconds](Live &live) { live.source->setTimeout(seconds); });
}

void Programme::setLiveTitle(const TitleUpdate &update)
{
    Live *live = m_candidate ? m_candidate.get() : m_live.get();
    if (!live)
        return;
    TrackInfo title = update.track;
    title.entryId = 0;
    if (title.title.isEmpty())
        std::swap(title.title, title.artist);
    if (title.title.isEmpty())
        title.title = titleOfNobody();
    // Some programs say the same every few seconds.
    if (title == live->title && update.url == live->url)
        return;
    live->title = title;
    live->url = update.url;
    if (live == m_live.get())
        m_mount.addMark(live->title, 0, live->url);
}

StageView Programme::stage(qint64 nowNs)
{
    // Audio rests with the kernel between rounds; who has hung up meanwhile holds no place.
    if (m_candidate)
        m_candidate->source->readNow();
    if (m_live)
        m_live->source->readNow();
    const Live *live = m_candidate ? m_candidate.get() : m_live.get();
    if (!live)
        return {};
    const SourceDescription &who = live->source->description();
    return {true, live->source->isSending(nowNs),
            u"%1, %2"_s.arg(who.address, who.program.isEmpty() ? u"unnamed program"_s : who.program)};
}

} // namespace cycast
