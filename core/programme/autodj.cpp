// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/autodj.h"

namespace cycast
{
namespace
{

// What an encoder that begins anew is given until its first frames must be there.
constexpr Flicks encoderStart = 2 * flicksPerSecond;

ResumePoint placeIn(const TimelineItem &item, Flicks time)
{
    return {item.track.entryId, qMax<Flicks>(0, time - item.from) + item.offset, item.turn};
}

} // namespace

AutoDj::AutoDj(LeadRendition &lead, ReadAhead &readAhead, Clock clock, QObject *parent)
    : QObject(parent)
    , m_lead(lead)
    , m_readAhead(readAhead)
    , m_clock(std::move(clock))
{
    connect(&m_readAhead, &ReadAhead::trackBegun, this, &AutoDj::beginTrack);
    connect(&m_readAhead, &ReadAhead::framesRead, this, &AutoDj::passOn);
}

// ---------------------------------------------------------------- on and off, and aside

void AutoDj::start()
{
    m_running = true;
    const ResumePoint start = std::exchange(m_start, {});
    const PlaylistEntry *entry = list().entry(start.entryId);
    if (entry && start.turn > 0) {
        // It has had its turn, and so has nothing behind it.
        TrackInfo track = entry->track;
        track.entryId = entry->id;
        beginTrack(track, start.offset, start.turn);
        m_readAhead.continueWith(*entry, start);
    } else {
        if (entry)
            list().jumpTo(start.entryId);
        m_readAhead.restart(entry ? start.offset : 0);
    }
    order();
}

void AutoDj::stop()
{
    if (m_running && m_readAhead.isHolding()) {
        m_start = afterShow().value_or(ResumePoint());
        m_readAhead.giveBack();
    } else if (m_running) {
        rememberStart();
    }
    m_running = false;
    m_readAhead.want(0, 0);
    m_readAhead.restart();
}

// The next start goes on with the track that is heard, or would be next; what was read ahead of it, and what
// was asked for, comes after it as it would have.
void AutoDj::rememberStart()
{
    const TimelineItem *item = m_lead.hearsTrack() ? m_lead.heard() : m_lead.nextTrack();
    if (item) {
        m_start = placeIn(*item, m_lead.ring().headTime());
        list().rewind(item->turn);
    } else {
        m_readAhead.giveBackOpening();
    }
}

void AutoDj::stepAside()
{
    rememberInterrupted();
    m_readAhead.hold(afterShow());
}

// What is on goes on after the show where it is now. After a show that has only just ended it is what would
// have come next.
void AutoDj::rememberInterrupted()
{
    m_wasDue = !m_lead.hearsTrack();
    const TimelineItem *item = m_wasDue ? m_lead.nextTrack() : m_lead.heard();
    m_interrupted = item ? placeIn(*item, m_lead.ring().headTime()) : ResumePoint();
    if (item)
        list().rewind(item->turn);
}

std::optional<ResumePoint> AutoDj::afterShow() const
{
    const bool goesOn = m_interrupted.entryId != 0 && (m_resumes || m_wasDue);
    return goesOn ? std::optional(m_interrupted) : std::nullopt;
}

void AutoDj::stepIn()
{
    m_interrupted = {};
    if (!m_running)
        return;
    m_readAhead.release();
    order();
}

void AutoDj::setResumes(bool resumes)
{
    m_resumes = resumes;
    if (m_readAhead.isHolding())
        m_readAhead.holdAnew(afterShow());
}

// ---------------------------------------------------------------- what is read

void AutoDj::order()
{
    if (!isOn())
        return;
    const RingBuffer &ring = m_lead.ring();
    const bool isSilence = m_lead.timeline().endsInSilence(); // which gives way to anything
    m_readAhead.want(m_lead.mount().wantedBytes() + (isSilence ? ring.available() : 0),
                     isSilence ? 0 : ring.endTime() - ring.headTime());
}

void AutoDj::beginTrack(const TrackInfo &track, Flicks offset, quint64 turn)
{
    m_lead.cutSilence(m_clock());
    m_read = {ProgrammeKind::Playlist, track, {}, offset, turn};
    m_lead.begin(m_read);
}

void AutoDj::passOn(const FrameBatch &batch)
{
    // The reader was late within a track: what is left of the silence gives way to it.
    if (m_lead.timeline().endsInSilence() && m_read.track.entryId == m_readAhead.currentEntry())
        beginTrack(m_read.track, m_read.offset, m_read.turn);
    m_read.offset += batch.duration();
    m_lead.append(batch, m_clock());
}

// What was read ahead from `position` on goes; the reader goes on from exactly there.
bool AutoDj::readAgainFrom(quint64 position)
{
    const RingBuffer &ring = m_lead.ring();
    const Flicks time = ring.timeAt(position);
    const TimelineItem *item = position == ring.head() ? m_lead.heard() : m_lead.timeline().at(time - 1);
    const PlaylistEntry *entry = item ? list().entry(item->track.entryId) : nullptr;
    if (!entry)
        return false;
    const ResumePoint point = placeIn(*item, time);
    list().rewind(point.turn);
    m_read = *item;
    m_read.offset = point.offset;
    m_lead.cut(position);
    m_readAhead.continueWith(*entry, point);
    return true;
}

void AutoDj::setPlayout(const PlayoutOptions &options, qint64 nowNs)
{
    m_readAhead.setPlayout(options);
    if (m_running && m_readAhead.isHolding())
        m_readAhead.holdInstead(afterShow());
    if (!isOn())
        return;
    m_lead.mount().advance(nowNs);
    const RingBuffer &ring = m_lead.ring();
    if (!readAgainFrom(ring.positionAtTime(ring.headTime() + encoderStart))) {
        m_lead.cutAhead();
        m_readAhead.restart();
    }
    order();
    m_lead.mount().reschedule(nowNs);
}

// A smaller ring would be full of what was read ahead for the larger one: the far end goes, and is read again
// from exactly there when its turn comes. No frame is lost.
void AutoDj::capacityChanged(qint64 nowNs)
{
    if (!isOn())
        return;
    const RingBuffer &ring = m_lead.ring();
    const qint64 target = m_lead.mount().wantedBytes() + ring.available();
    const quint64 cutAt = ring.frameAtOrBefore(ring.head() + static_cast<quint64>(target));
    // With a piece in hand it is not worth it.
    if (!m_lead.timeline().endsInSilence() && ring.available() > target + 2 * TrackFeeder::pieceBytes &&
        cutAt > ring.head()) {
        readAgainFrom(cutAt);
    }
    m_lead.mount().advance(nowNs);
    order();
}

// ---------------------------------------------------------------- what comes next

void AutoDj::cutToNewTrack(qint64 nowNs, Flicks offset)
{
    m_lead.mount().advance(nowNs);
    m_lead.cutAhead();
    m_readAhead.restart(offset);
    order();
    m_lead.mount().reschedule(nowNs);
}

void AutoDj::skip(qint64 nowNs)
{
    if (!isOn())
        return;
    m_lead.mount().advance(nowNs);
    if (m_lead.hearsTrack())
        list().rewind(m_lead.heard()->turn);
    cutToNewTrack(nowNs, 0);
}

void AutoDj::playFrom(quint64 entryId, qint64 positionMs, qint64 nowNs)
{
    const Flicks offset = flicksFromNs(positionMs * nsPerMs);
    list().setProblem(entryId, {});
    if (!m_running) {
        m_start = {entryId, offset, 0};
    } else if (m_readAhead.isHolding()) { // after the show: this one
        m_interrupted = {};
        m_readAhead.giveBack();
        list().jumpTo(entryId);
        m_readAhead.hold({});
    } else {
        list().jumpTo(entryId);
        cutToNewTrack(nowNs, offset);
    }
}

// Does what was read ahead still agree with the list? From the first track that does not, the read-ahead is
// cut and read anew.
void AutoDj::agree(qint64 nowNs, const QList<quint64> &asked)
{
    if (!m_running) {
        list().playNext(asked);
        return;
    }
    if (m_readAhead.isHolding()) {
        m_readAhead.holdAnew(afterShow(), asked);
        return;
    }
    m_lead.mount().advance(nowNs);
    if (!m_lead.hearsTrack()) {
        list().playNext(asked);
        if (m_lead.heard() && m_lead.ring().available() > 0 && !m_lead.timeline().endsInSilence())
            cutToNewTrack(nowNs, 0);
        else
            order();
        return;
    }
    const TimelineItem heard = *m_lead.heard();
    const std::optional<Flicks> from = m_readAhead.reconcile(m_lead.timeline(), heard, asked);
    if (from && *from <= heard.from) { // the track on the air was removed: its successor starts
        cutToNewTrack(nowNs, 0);
        return;
    }
    if (from) {
        m_lead.cut(m_lead.rendition().positionOf(*from));
        m_readAhead.restart();
        m_lead.mount().reschedule(nowNs);
    }
    order();
}

BagState AutoDj::bag() const
{
    if (m_readAhead.isHolding())
        return list().bagAt(m_readAhead.holdTurn());
    return list().bagAt(m_lead.hearsTrack() ? m_lead.heard()->turn : list().turn());
}

TrackInfo AutoDj::next() const
{
    if (TrackInfo coming = m_readAhead.coming(); !coming.title.isEmpty())
        return coming;
    const auto entry = list().peek();
    return entry ? entry->track : TrackInfo();
}

} // namespace cycast
