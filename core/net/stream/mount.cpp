// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/mount.h"

#include "core/audio/icymetadata.h"
#include "core/base/log.h"
#include "core/values/listenerinfo.h"
#include "core/values/track.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

// What a round may need of the past at the least.
constexpr qint64 keptHistoryBytes = 128 * 1024;

} // namespace

Mount::Mount(Clock clock, QObject *parent)
    : QObject(parent)
    , m_ring(MountOptions().capacityBytes)
    , m_broadcaster(m_ring)
    , m_now(std::move(clock))
{
    connect(&m_timer, &RoundTimer::expired, this, [this] { round(m_now()); });
    connect(&m_broadcaster, &Broadcaster::roundFinished, this, [this] {
        m_lastRoundEndNs = m_now();
        if (m_options.mayStretch)
            m_pace.roundDone(threadCpuNs() - m_roundCpuNs, m_periodNs, askedNs());
        reschedule(m_lastRoundEndNs);
    });
}

void Mount::setOptions(const MountOptions &options)
{
    m_options = options;
    m_broadcaster.setOptions(options.broadcaster);
    if (!options.mayStretch)
        m_pace.reset();
    const qint64 nowNs = m_now();
    makeRoom(0, nowNs);
    if (m_running)
        reschedule(nowNs);
}

// Before bytes leave the ring those who still need them are told. A ring that was made smaller than what is
// read ahead shrinks as that plays out: there is always some history, or a round would find its audio gone.
void Mount::makeRoom(qint64 incomingBytes, qint64 nowNs)
{
    const qint64 needed = m_ring.available() + incomingBytes + keptHistoryBytes;
    const qint64 capacity = qMax(m_options.capacityBytes, needed);
    const quint64 end = m_ring.end() + static_cast<quint64>(incomingBytes);
    if (end > static_cast<quint64>(capacity))
        m_broadcaster.makeRoom(end - static_cast<quint64>(capacity), nowNs);
    if (capacity != m_ring.capacity())
        m_ring.setCapacity(capacity);
}

void Mount::start()
{
    m_running = true;
    m_pace.reset();
    m_roundNs = 0;
    m_broadcaster.setEarliest(m_ring.head());
    m_broadcaster.resetPeak();
}

void Mount::stop()
{
    m_running = false;
    m_alarmNs = 0;
    m_timer.stop();
    m_clock.stop();
    m_live = nullptr;
    m_broadcaster.removeAll(LeftBecause::OffAir);
    cutReadAhead();
}

void Mount::followClock(qint64 nowNs, Flicks primed)
{
    m_live = nullptr;
    m_gatheringSinceNs = 0;
    m_clock.anchor(nowNs, m_ring.headTime() + primed);
    reschedule(nowNs);
}

void Mount::followLive(LiveClock *clock, Flicks baseTime)
{
    m_live = clock;
    m_liveBase = baseTime;
    m_gatheringSinceNs = 0;
    m_clock.stop();
}

void Mount::setFormat(const StreamFormat &format)
{
    m_ring.setFormat(format);
    noteKind();
}

// The head has come to where the stream is of another kind: who was told the former one ends there, and
// newcomers get nothing from before.
void Mount::noteKind()
{
    const StreamMark *atHead = m_ring.streamMarkAt(m_ring.head());
    if (!atHead || atHead->serial == m_kindSerial)
        return;
    bool hasEnd = m_kindSerial == 0;
    for (const StreamMark &mark : m_ring.streamMarks()) {
        if (mark.serial <= m_kindSerial || mark.position > m_ring.head())
            continue;
        if (!mark.format.isSameKindAs(m_kind)) {
            if (!std::exchange(hasEnd, true))
                m_broadcaster.closeAt(mark.position, LeftBecause::FormatChanged);
            m_broadcaster.setEarliest(mark.position);
        }
        m_kind = mark.format;
    }
    m_kind = atHead->format;
    m_kindSerial = atHead->serial;
}

void Mount::append(const FrameBatch &batch, qint64 nowNs)
{
    makeRoom(batch.bytes.size(), nowNs);
    m_ring.append(batch);
    qCDebug(lcBuffer).noquote() << u"%1 bytes appended, %2 ahead, fill %3 %"_s.arg(batch.bytes.size())
                                       .arg(m_ring.available())
                                       .arg(m_ring.fillPercent(), 0, 'f', 2);
}

void Mount::addMark(const TrackInfo &track, Flicks trackOffset, const QString &url)
{
    TitleMark mark;
    mark.track = track;
    mark.trackOffset = trackOffset;
    mark.icyBlock =
        icyBlock(streamTitleOf(track.artist, track.title), url.isEmpty() ? m_options.stationUrl : url);
    m_ring.addMark(std::move(mark));
}

void Mount::cutReadAhead()
{
    m_ring.cut(m_ring.head());
}

Flicks Mount::dueTime(qint64 nowNs)
{
    if (m_live)
        return m_liveBase + m_live->dueTime(nowNs);
    return m_clock.isRunning() ? m_clock.dueTime(nowNs) : m_ring.headTime();
}

void Mount::advance(qint64 nowNs)
{
    if (m_ring.capacity() != m_options.capacityBytes)
        makeRoom(0, nowNs);
    const quint64 due = m_ring.positionAtTime(dueTime(nowNs));
    if (due <= m_ring.head())
        return;
    m_ring.advanceHead(due);
    noteKind();
}

void Mount::round(qint64 nowNs)
{
    m_alarmNs = 0;
    if (!m_running)
        return;
    if (m_supply)
        m_supply(nowNs);
    const quint64 before = m_ring.head();
    advance(nowNs);
    if (m_ring.head() != before) {
        m_gatheringSinceNs = 0;
        qCDebug(lcBuffer).noquote() << u"round: %1 bytes due at %2, stream time %3 s"_s
                                           .arg(m_ring.head() - before)
                                           .arg(before)
                                           .arg(secondsOf(m_ring.headTime()), 0, 'f', 3);
    }
    // One that is running goes on, with what has become due meanwhile.
    if (!m_broadcaster.isRoundRunning()) {
        m_periodNs = m_roundNs > 0 ? nowNs - m_roundNs : 0;
        m_roundNs = nowNs;
        m_roundCpuNs = threadCpuNs();
    }
    for (HeadFollower *follower : m_followers)
        follower->take(m_ring);
    emit roundStarted();
    m_broadcaster.startRound(); // roundFinished reschedules
}

void Mount::moveTo(Flicks time)
{
    const quint64 due = m_ring.positionAtTime(time);
    if (!m_running || due <= m_ring.head())
        return;
    m_ring.advanceHead(due);
    noteKind();
    for (HeadFollower *follower : m_followers)
        follower->take(m_ring);
    m_broadcaster.startRound();
}

qint64 Mount::pauseNs() const
{
    const double fill = m_ring.fillPercent();
    return fill > 80.0    ? m_options.sleepHighNs
           : fill >= 50.0 ? m_options.sleepMediumNs
                          : m_options.sleepLowNs;
}

// How far apart the settings want rounds to be.
qint64 Mount::askedNs() const
{
    if (m_live)
        return m_options.liveDeadlineNs;
    const auto chunk = static_cast<quint64>(m_options.broadcaster.chunkBytes);
    const Flicks full = m_ring.timeAt(qMin(m_ring.end(), m_ring.head() + chunk)) - m_ring.headTime();
    return qMin(playlistDeadlineNs, qRound64(secondsOf(full) * 1e9));
}

qint64 Mount::nextProgrammeNs() const
{
    const auto chunk = static_cast<quint64>(m_options.broadcaster.chunkBytes);
    const quint64 full = m_ring.frameAtOrBefore(m_ring.head() + chunk);
    const qint64 deadlineNs = m_lastRoundEndNs + playlistDeadlineNs;
    if (full <= m_ring.head() || full >= m_ring.end())
        return deadlineNs;
    return qMin(deadlineNs, m_clock.nsWhenDue(m_ring.timeAt(full)));
}

// A live chunk goes out when it is full or when its first frame has waited for the deadline.
qint64 Mount::nextLiveNs(qint64 nowNs)
{
    const Flicks due = m_liveBase + m_live->dueTime(nowNs);
    const quint64 duePosition = m_ring.positionAtTime(due);
    const auto gathered = static_cast<qint64>(duePosition - m_ring.head());
    if (gathered > 0 && m_gatheringSinceNs == 0)
        m_gatheringSinceNs = nowNs;
    if (gathered >= m_options.broadcaster.chunkBytes)
        return nowNs;
    if (m_gatheringSinceNs > 0)
        return m_gatheringSinceNs + m_options.liveDeadlineNs;
    if (m_ring.available() == 0)
        return -1; // only an arrival helps, and it calls reschedule()
    const quint64 firstEnd = m_ring.frameAtOrAfter(m_ring.head() + 1);
    const Flicks beyond = m_ring.timeAt(firstEnd) - m_liveBase;
    const qint64 firstDueNs = m_live->nextDueNs(nowNs, beyond - 1);
    return firstDueNs < 0 ? -1 : firstDueNs + m_options.liveDeadlineNs;
}

void Mount::reschedule(qint64 nowNs)
{
    if (!m_running)
        return;
    if (m_broadcaster.isRoundRunning()) {
        // A long round must not add itself to the deadline of what becomes due meanwhile.
        if (m_live)
            nextLiveNs(nowNs);
        return;
    }
    const qint64 wantedNs = m_live ? nextLiveNs(nowNs) : nextProgrammeNs();
    const qint64 earliestNs = qMax(m_lastRoundEndNs + pauseNs(), m_roundNs + m_pace.leastNs());
    m_alarmNs = wantedNs < 0 ? 0 : qMax(wantedNs, earliestNs);
    if (m_alarmNs == 0)
        m_timer.stop();
    else
        m_timer.startAt(m_alarmNs);
}

} // namespace cycast
