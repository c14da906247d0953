// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/programme.h"

#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/values/playedtrack.h"
#include "core/values/playlistentry.h"
#include "core/values/track.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

// Silence is made a little further than the longest pause between two rounds.
constexpr Flicks silenceAhead = flicksPerSecond + flicksPerSecond / 5;
// The reader gets this long before silence is put in between.
constexpr qint64 readerGraceNs = nsPerSecond / 2;
// What an encoder that begins anew is given until its first frames must be there.
constexpr Flicks encoderStart = 2 * flicksPerSecond;
// The guide's "25 % full = healthy".
constexpr int readAheadPercent = 25;

} // namespace

ProgrammeKind kindOf(const TitleMark *mark)
{
    if (!mark || (mark->track.entryId == 0 && mark->track.title.isEmpty()))
        return ProgrammeKind::Silence;
    return mark->track.entryId != 0 ? ProgrammeKind::Playlist : ProgrammeKind::Live;
}

Programme::Programme(Mount &mount, PlaylistFeeder &feeder, QObject *parent)
    : QObject(parent)
    , m_mount(mount)
    , m_feeder(feeder)
{
    m_format = {"audio/mpeg", m_lastHeader.bitrateKbps, m_lastHeader.sampleRate, m_lastHeader.channels};
    m_mount.setPrepare([this](qint64 nowNs) { prepare(nowNs); });
    m_feeder.setDemand([this] { return demandBytes(); });
    m_feeder.setAhead(
        [this] { return m_tailIsSilence ? 0 : m_mount.ring().endTime() - m_mount.ring().headTime(); });
    connect(&m_mount, &Mount::roundStarted, this, &Programme::noteHead);
    connect(&m_feeder, &PlaylistFeeder::trackStarted, this, &Programme::takeTrack);
    connect(&m_feeder, &PlaylistFeeder::framesRead, this, &Programme::takePlaylistFrames);
    connect(&m_feeder, &PlaylistFeeder::entryProblem, this, &Programme::entryProblem);
    connect(&m_feeder, &PlaylistFeeder::entryRead, this, &Programme::entryRead);
    connect(&m_feeder, &PlaylistFeeder::entryMeasured, this, &Programme::entryMeasured);
    connect(&m_candidateDue, &RoundTimer::expired, this, [this] { promoteCandidate(monotonicNs()); });
}

Programme::~Programme()
{
    m_mount.setPrepare({});
    m_feeder.setDemand({});
    m_feeder.setAhead({});
}

void Programme::setOptions(const ProgrammeOptions &options)
{
    m_options = options;
    forEachShow([this](LiveShow &show) { show.setRules(liveRules()); });
}

void Programme::start(qint64 nowNs)
{
    m_running = true;
    m_startedNs = nowNs;
    const auto &marks = m_mount.ring().marks();
    m_headSerial = marks.empty() ? 0 : marks.back().serial; // those of an earlier broadcast are told
    m_hungrySinceNs = 0;
    m_tailIsSilence = false;
    const quint64 first = std::exchange(m_startEntry, 0);
    const Flicks offset = std::exchange(m_startOffset, 0);
    const PlaylistEntry *entry = m_feeder.playlist().entry(first);
    if (std::exchange(m_startGoesOn, false) && entry) {
        // It has had its turn, and so has nothing behind it.
        const PlaylistEntry goesOn = *entry;
        takeTrack(goesOn, offset);
        m_feeder.continueWith(goesOn, offset);
    } else {
        if (entry)
            m_feeder.playlist().jumpTo(first);
        m_feeder.restart(entry ? offset : 0);
    }
    m_feeder.feed();
    // Primed: whoever tunes in first gets a full burst like everybody later.
    m_mount.followClock(nowNs, primeTime);
}

void Programme::stop()
{
    m_running = false;
    dropSource(Core::tr("the station went off the air"));
    // The next start goes on with the track that was heard, or would have been next; what was read ahead of
    // it, and what was asked for, comes after it as it would have.
    const TitleMark *mark = m_mount.headMark();
    if (kindOf(mark) == ProgrammeKind::Playlist) {
        m_startEntry = mark->track.entryId;
        m_startOffset = m_mount.ring().headTime() - mark->time + mark->trackOffset;
        rewindToHeard();
        m_startGoesOn = true;
    } else {
        m_startGoesOn = rewindToNext(m_startEntry, m_startOffset);
    }
    m_feeder.restart();
}

// ---------------------------------------------------------------- playlist

qint64 Programme::demandBytes() const
{
    if (!m_running || m_live)
        return 0;
    const qint64 ahead = m_tailIsSilence ? 0 : m_mount.ring().available();
    return m_mount.capacityBytes() * readAheadPercent / 100 - ahead;
}

void Programme::takeTrack(const PlaylistEntry &entry, Flicks offset)
{
    // Silence that was read ahead gives way to music.
    if (m_tailIsSilence) {
        m_mount.advance(monotonicNs());
        m_mount.cutReadAhead(m_silenceFrom); // what is left of the track before it is heard to its end
        m_tailIsSilence = false;
    }
    TrackInfo track = entry.track;
    track.entryId = entry.id;
    m_readTrack = track;
    m_readOffset = offset;
    m_mount.addMark(track, offset);
}

void Programme::takePlaylistFrames(const FrameBatch &batch)
{
    const qint64 nowNs = monotonicNs();
    if (m_tailIsSilence && m_readTrack.entryId == m_feeder.currentEntry()) {
        // The reader was late within a track: what is left of the silence gives way to it.
        m_mount.advance(nowNs);
        m_mount.cutReadAhead(m_silenceFrom);
        m_tailIsSilence = false;
        m_mount.addMark(m_readTrack, m_readOffset);
    }
    m_readOffset += batch.duration();
    appendOwn(batch, nowNs);
    m_mount.reschedule(nowNs);
}

// Frames of the station's own making, as opposed to those of a live source.
void Programme::appendOwn(FrameBatch batch, qint64 nowNs)
{
    if (m_stream.format().codec == StationCodec::Mp3)
        rememberFormat(batch);
    else
        useFormat(m_stream.format().streamFormat());
    m_stream.join(batch, m_mount.ring());
    m_mount.append(batch, nowNs);
}

void Programme::rememberFormat(const FrameBatch &batch)
{
    const quint32 lastSize = batch.frames.constLast().size;
    const auto header = parseMpegHeader(QByteArrayView(batch.bytes).last(lastSize));
    if (!header)
        return;
    m_lastHeader = *header;
    const Flicks duration = batch.duration();
    // The mean over a second or more is right for VBR too; of a few live frames it would only flicker.
    const int kbps = duration >= flicksPerSecond
                         ? qRound(static_cast<double>(batch.bytes.size()) * 8 / 1000 / secondsOf(duration))
                         : header->bitrateKbps;
    useFormat({"audio/mpeg", kbps, header->sampleRate, header->channels});
}

void Programme::useFormat(const StreamFormat &format)
{
    m_format = format;
    m_mount.setFormat(format);
}

StreamFormat Programme::format() const
{
    // What was appended last may be of another kind than what is heard.
    const StreamMark *heardMark = m_mount.ring().streamMarkAt(m_mount.ring().head());
    return heardMark && !heardMark->format.isSameKindAs(m_format) ? heardMark->format : m_format;
}

// Runs at the start of each round: the ring must reach beyond the next one.
void Programme::prepare(qint64 nowNs)
{
    if (m_live) {
        m_live->readNow();
        return;
    }
    m_feeder.feed();
    fillWithSilence(nowNs);
}

void Programme::fillWithSilence(qint64 nowNs)
{
    const Flicks due = m_mount.dueTime(nowNs);
    const Flicks end = m_mount.ring().endTime();
    if (end >= due + silenceAhead) {
        m_hungrySinceNs = 0;
        return;
    }
    const bool justStarted = nowNs - m_startedNs < readerGraceNs; // the list may be on its way as well
    if (m_feeder.isReading() || justStarted) {
        // Music is coming: it gets a moment, and what is still ahead plays out first.
        if (m_hungrySinceNs == 0)
            m_hungrySinceNs = nowNs;
        if (end > due || nowNs - m_hungrySinceNs < readerGraceNs)
            return;
    }
    if (!m_tailIsSilence) {
        if (m_feeder.isReading() && m_mount.ring().end() > 0)
            emit ranDry();
        m_mount.addMark({});
        m_tailIsSilence = true;
        m_silenceFrom = m_mount.ring().end();
    }
    const Flicks missing = due + silenceAhead - end;
    if (m_stream.format().codec != StationCodec::Mp3) {
        appendOwn(silenceFor(m_stream.format(), missing), nowNs);
        return;
    }
    // Like what was heard last: a player need not change anything.
    if (m_format.contentType != "audio/mpeg")
        m_format = {"audio/mpeg", m_lastHeader.bitrateKbps, m_lastHeader.sampleRate, m_lastHeader.channels};
    m_mount.setFormat(m_format);
    const QByteArray frame = silentMpegFrame(m_lastHeader);
    FrameBatch batch;
    for (Flicks time = 0; time < missing; time += m_lastHeader.duration())
        batch.append(frame, m_lastHeader.duration());
    m_mount.append(batch, nowNs);
}

quint64 Programme::heardEntry() const
{
    const TitleMark *mark = m_mount.headMark();
    return mark ? mark->track.entryId : 0;
}

// How many entries the feeder has taken since the one of this mark.
int Programme::takenAfter(const TitleMark &mark) const
{
    const auto &marks = m_mount.ring().marks();
    auto taken = std::count_if(marks.begin(), marks.end(), [&mark](const TitleMark &later) {
        return later.serial > mark.serial && later.track.entryId != 0;
    });
    // The entry being opened was taken too, but has no mark yet.
    if (m_feeder.currentEntry() != 0 && !m_feeder.hasStarted())
        ++taken;
    return static_cast<int>(taken);
}

// The playlist stands where the audience is, not where the reader got to.
void Programme::rewindToHeard()
{
    const TitleMark *headMark = m_mount.headMark();
    if (kindOf(headMark) == ProgrammeKind::Playlist)
        m_feeder.playlist().rewindTo(headMark->track.entryId, takenAfter(*headMark));
}

// What was read ahead from `position` on goes; the reader goes on from exactly there.
bool Programme::readAgainFrom(quint64 position)
{
    const RingBuffer &ring = m_mount.ring();
    const TitleMark *mark = position == ring.head() ? m_mount.headMark() : ring.markAt(position - 1);
    const PlaylistEntry *entry = mark ? m_feeder.playlist().entry(mark->track.entryId) : nullptr;
    if (!entry)
        return false;
    const PlaylistEntry goesOn = *entry;
    const Flicks offset = ring.timeAt(position) - mark->time + mark->trackOffset;
    m_feeder.playlist().rewindTo(goesOn.id, takenAfter(*mark));
    m_mount.cutReadAhead(position);
    m_tailIsSilence = false;
    m_feeder.continueWith(goesOn, offset);
    return true;
}

void Programme::setPlayout(const PlayoutOptions &options, qint64 nowNs)
{
    if (options == m_feeder.playout())
        return;
    m_feeder.setPlayout(options);
    m_stream.setFormat(options.format);
    const StationFormat &format = options.format;
    if (format.codec == StationCodec::Mp3)
        m_lastHeader = mpegHeaderFor(format.sampleRate, format.channels, format.bitrateKbps);
    if (!m_running)
        m_format = format.streamFormat();
    forEachShow([this](LiveShow &show) { show.setRules(liveRules()); });
    if (!m_running || m_live)
        return;
    m_mount.advance(nowNs);
    const RingBuffer &ring = m_mount.ring();
    if (!readAgainFrom(ring.positionAtTime(ring.headTime() + encoderStart))) {
        m_mount.cutReadAhead(cutPosition());
        m_tailIsSilence = false;
        m_feeder.restart();
    }
    m_feeder.feed();
    m_mount.reschedule(nowNs);
}

// A smaller ring would be full of what was read ahead for the larger one: the far end goes, and is read again
// from exactly there when its turn comes. No frame is lost.
void Programme::capacityChanged(qint64 nowNs)
{
    if (!m_running || m_live)
        return;
    const RingBuffer &ring = m_mount.ring();
    const qint64 target = m_mount.capacityBytes() * readAheadPercent / 100;
    const quint64 cutAt = ring.frameAtOrBefore(ring.head() + static_cast<quint64>(target));
    // With a piece in hand it is not worth it.
    if (!m_tailIsSilence && ring.available() > target + 2 * PlaylistFeeder::pieceBytes &&
        cutAt > ring.head()) {
        readAgainFrom(cutAt);
    }
    m_mount.advance(nowNs);
    m_feeder.feed();
}

void Programme::cutToNewTrack(qint64 nowNs, Flicks offset)
{
    m_mount.advance(nowNs);
    m_mount.cutReadAhead(cutPosition());
    m_tailIsSilence = false;
    m_feeder.restart(offset);
    m_feeder.feed();
    m_mount.reschedule(nowNs);
}

void Programme::skip(qint64 nowNs)
{
    if (!m_running || m_live)
        return;
    m_mount.advance(nowNs);
    rewindToHeard();
    cutToNewTrack(nowNs, 0);
}

void Programme::playFrom(quint64 entryId, qint64 positionMs, qint64 nowNs)
{
    const Flicks offset = flicksFromNs(positionMs * nsPerMs);
    m_feeder.playlist().setProblem(entryId, {});
    if (!m_running) {
        m_startEntry = entryId;
        m_startOffset = offset;
        m_startGoesOn = false;
        return;
    }
    m_feeder.playlist().jumpTo(entryId);
    if (!m_live) {
        cutToNewTrack(nowNs, offset);
        return;
    }
    m_interrupted = 0; // after the live show: this one
}

} // namespace cycast
