// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/followingrendition.h"

#include <limits>

namespace cycast
{

FollowingRendition::FollowingRendition(Programme &programme, const Mount &lead, Mount &mount,
                                       const PlayoutOptions &playout, Clock clock, QObject *parent)
    : QObject(parent)
    , m_programme(programme)
    , m_lead(lead)
    , m_mount(mount)
    , m_now(std::move(clock))
    , m_rendition(mount)
    , m_halfFrame(playout.format.kind().silence(playout.format.streamFormat())->frames(1).duration() / 2)
{
    m_rendition.setStationFormat(playout.format, false);
    m_feeder.setPlayout(playout);
    m_converter.setTarget({playout.codecProgram, playout.encodingOptions()});
    connect(&m_feeder, &TrackFeeder::framesRead, this, &FollowingRendition::takeFrames);
    connect(&m_feeder, &TrackFeeder::nextWanted, this, &FollowingRendition::endTrack);
    connect(&m_converter, &LiveConverter::framesReady, this, &FollowingRendition::takeFrames);
    connect(&m_converter, &LiveConverter::drained, this, &FollowingRendition::work);
    connect(&m_converter, &LiveConverter::failed, this, &FollowingRendition::work);
    connect(&programme, &Programme::itemBegun, this, &FollowingRendition::followItem);
    connect(&programme, &Programme::timelineCut, this, &FollowingRendition::cut);
    connect(&programme, &Programme::livePassed, this, &FollowingRendition::takeLive);
    connect(&lead, &Mount::roundStarted, this, &FollowingRendition::followHead);
}

// What is in force where this one has come to, and until when.
const TimelineItem *FollowingRendition::itemAtEnd(Flicks &until) const
{
    const Flicks end = m_mount.ring().endTime() + m_halfFrame;
    const TimelineItem *found = nullptr;
    until = std::numeric_limits<Flicks>::max();
    for (const TimelineItem &item : m_programme.timeline().items()) {
        if (item.from > end) {
            until = item.from;
            break;
        }
        found = &item;
    }
    return found;
}

// What was made for later than that was made for nothing.
void FollowingRendition::cut(Flicks from)
{
    const RingBuffer &ring = m_mount.ring();
    if (ring.endTime() - m_halfFrame > from) {
        m_mount.cutReadAhead(ring.positionAtTime(from + m_halfFrame));
        m_feeder.restart();
        m_serial = 0;
    }
}

bool FollowingRendition::isLive() const
{
    const auto &items = m_programme.timeline().items();
    return !items.empty() && items.back().kind == ProgrammeKind::Live;
}

void FollowingRendition::followItem(Flicks from)
{
    cut(from);
    if (!isLive() && m_converter.isBusy())
        m_converter.finish(m_now());
    // A show waits for nobody who is late.
    const Flicks missing = from - m_mount.ring().endTime();
    if (isLive() && m_kind != ProgrammeKind::Live && missing > m_halfFrame)
        append(m_rendition.silence(missing), from);
    work();
}

void FollowingRendition::begin(const TimelineItem &item)
{
    m_serial = item.serial;
    m_kind = item.kind;
    m_hasEnded = false;
    m_mount.addMark(item.track, item.offset, item.url);
    m_feeder.restart();
    const PlaylistEntry *entry = m_programme.entry(item.track.entryId);
    if (item.kind == ProgrammeKind::Playlist && entry) {
        const Flicks within = qMax<Flicks>(0, m_mount.ring().endTime() - item.from);
        m_feeder.beginWith(*entry, item.offset + within, !m_programme.isJingle(entry->id));
    }
    m_hasEnded = item.kind == ProgrammeKind::Playlist && !entry;
}

// Goes on until somebody else has to give something.
void FollowingRendition::work()
{
    for (;;) {
        if (m_kind == ProgrammeKind::Live && m_converter.isBusy() && !isLive())
            return; // the show is heard to its end
        Flicks until = 0;
        const TimelineItem *item = itemAtEnd(until);
        if (!item)
            return;
        if (item->serial != m_serial)
            begin(*item);
        const bool isLast = until == std::numeric_limits<Flicks>::max();
        const Flicks missing = (isLast ? m_lead.ring().endTime() : until) - m_mount.ring().endTime();
        const bool isSilent =
            m_kind == ProgrammeKind::Silence || m_hasEnded || (m_kind == ProgrammeKind::Live && !isLast);
        if (!isSilent) {
            m_feeder.want(m_kind == ProgrammeKind::Playlist ? m_mount.wantedBytes() : 0, 0);
            return;
        }
        if (missing <= m_halfFrame)
            return;
        append(m_rendition.silence(missing), m_mount.ring().endTime() + missing);
    }
}

// What begins next stands in the timeline.
void FollowingRendition::endTrack()
{
    if (m_feeder.finish())
        return;
    m_hasEnded = true;
    work();
}

void FollowingRendition::takeFrames(const FrameBatch &batch)
{
    Flicks until = 0;
    itemAtEnd(until);
    append(batch, until);
    if (m_mount.ring().endTime() + m_halfFrame >= until)
        work();
}

// Whole frames, up to the one whose end is nearest to that moment.
void FollowingRendition::append(const FrameBatch &batch, Flicks until)
{
    FrameBatch kept;
    Flicks end = m_mount.ring().endTime();
    qsizetype at = 0;
    for (const FrameInfo &frame : batch.frames) {
        if (end + m_halfFrame >= until)
            break;
        kept.frames.append(frame);
        at += frame.size;
        end += frame.duration;
    }
    kept.bytes = batch.bytes.first(at);
    if (!kept.isEmpty())
        m_rendition.append(kept, m_now());
}

void FollowingRendition::takeLive(const FormatRun &run)
{
    work();
    if (m_kind == ProgrammeKind::Live)
        m_converter.feed(run, m_now());
}

void FollowingRendition::followHead()
{
    work();
    const Flicks head = m_lead.ring().headTime();
    // Its reader is late: what it missed is silence, and it goes on at the right place.
    if (m_kind == ProgrammeKind::Playlist && m_mount.ring().endTime() + 2 * m_halfFrame < head) {
        const Flicks missing = head - m_mount.ring().endTime();
        append(m_rendition.silence(missing), head);
        m_serial = 0;
        work();
    }
    m_mount.moveTo(head);
}

} // namespace cycast
