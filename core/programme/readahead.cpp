// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/readahead.h"

namespace cycast
{

namespace
{

// Nobody waits for what is held: a slow disk, and measuring, have this much time.
constexpr Flicks patienceWhileHeld = 20 * flicksPerSecond;

TrackInfo trackOf(const PlaylistEntry &entry)
{
    TrackInfo track = entry.track;
    track.entryId = entry.id;
    return track;
}

} // namespace

ReadAhead::ReadAhead(PlaylistFeeder &feeder, QObject *parent)
    : QObject(parent)
    , m_feeder(feeder)
{
    m_feeder.setDemand([this] { return m_holds ? heldBytes - m_heldBytes : m_wanted; });
    m_feeder.setAhead([this] { return m_holds ? m_heldTime + patienceWhileHeld : m_ahead; });
    connect(&m_feeder, &PlaylistFeeder::trackStarted, this, &ReadAhead::begin);
    connect(&m_feeder, &PlaylistFeeder::framesRead, this, &ReadAhead::take);
}

ReadAhead::~ReadAhead()
{
    m_feeder.setDemand({});
    m_feeder.setAhead({});
}

void ReadAhead::want(qint64 bytes, Flicks ahead)
{
    m_wanted = bytes;
    m_ahead = ahead;
    m_feeder.feed();
}

void ReadAhead::continueWith(const PlaylistEntry &entry, const ResumePoint &point)
{
    const PlaylistEntry goesOn = entry; // it may be the playlist's own
    m_feeder.continueWith(goesOn, point.offset, point.turn);
}

void ReadAhead::begin(const PlaylistEntry &entry, Flicks offset)
{
    if (m_holds)
        m_held.push_back({trackOf(entry), offset, m_feeder.currentTurn(), {}});
    else
        emit trackBegun(trackOf(entry), offset, m_feeder.currentTurn());
}

void ReadAhead::take(const FrameBatch &batch)
{
    if (m_holds) {
        if (m_held.empty())
            return; // the end of a track that went with the read-ahead
        m_held.back().frames.append(batch);
        m_heldBytes += batch.bytes.size();
        m_heldTime += batch.duration();
        return;
    }
    m_wanted -= batch.bytes.size();
    m_ahead += batch.duration();
    emit framesRead(batch);
}

void ReadAhead::giveBackOpening()
{
    const quint64 turn = m_feeder.currentTurn();
    if (m_feeder.openingEntry() && turn > 0 && turn == playlist().turn())
        playlist().rewind(turn - 1);
}

// ---------------------------------------------------------------- during a show

void ReadAhead::hold(const std::optional<ResumePoint> &resume)
{
    m_holds = true;
    m_resume = resume;
    giveBackOpening();
    m_holdTurn = playlist().turn();
    beginHolding();
}

void ReadAhead::beginHolding()
{
    m_held.clear();
    m_heldBytes = 0;
    m_heldTime = 0;
    const PlaylistEntry *entry = m_resume ? playlist().entry(m_resume->entryId) : nullptr;
    if (entry) {
        const PlaylistEntry goesOn = *entry;
        m_feeder.beginWith(goesOn, m_resume->offset, m_resume->turn);
    } else {
        m_feeder.restart();
    }
    m_feeder.feed();
}

void ReadAhead::holdAnew(const std::optional<ResumePoint> &resume, const QList<quint64> &asked)
{
    playlist().rewind(m_holdTurn);
    playlist().playNext(asked);
    const bool isSame = m_resume == resume;
    m_resume = resume;
    if (isSame && takeHeldAgain())
        m_feeder.feed();
    else
        beginHolding();
}

void ReadAhead::holdInstead(const std::optional<ResumePoint> &resume)
{
    playlist().rewind(m_holdTurn);
    m_resume = resume;
    beginHolding();
}

/// What is held has its turns again. False: something else is to come.
bool ReadAhead::takeHeldAgain()
{
    const bool isOpening = m_feeder.openingEntry() != nullptr;
    if (m_held.empty() || isOpening)
        return false;
    for (Held &held : m_held) {
        if (held.turn <= m_holdTurn) { // it goes on, and needs no turn
            if (!playlist().entry(held.track.entryId))
                return false;
            continue;
        }
        const auto next = playlist().peek();
        if (!next || next->id != held.track.entryId)
            return false;
        playlist().take();
        held.turn = playlist().turn();
    }
    return true;
}

void ReadAhead::release()
{
    m_holds = false;
    m_heldBytes = 0;
    m_heldTime = 0;
    for (const Held &held : std::exchange(m_held, {})) {
        emit trackBegun(held.track, held.offset, held.turn);
        if (!held.frames.isEmpty())
            emit framesRead(held.frames);
    }
}

void ReadAhead::giveBack()
{
    playlist().rewind(m_holdTurn);
    m_holds = false;
    m_held.clear();
    m_heldBytes = 0;
    m_heldTime = 0;
    m_feeder.restart();
}

// ---------------------------------------------------------------- during the playlist

std::optional<Flicks> ReadAhead::reconcile(Timeline &timeline, const TimelineItem &heard,
                                           const QList<quint64> &asked)
{
    playlist().rewind(heard.turn);
    playlist().playNext(asked);
    if (!playlist().entry(heard.track.entryId))
        return heard.from;
    quint64 before = heard.turn;
    for (TimelineItem &item : timeline.items()) {
        if (item.serial <= heard.serial || item.kind != ProgrammeKind::Playlist)
            continue;
        if (std::exchange(before, item.turn) == item.turn) { // it goes on behind some silence
            item.turn = playlist().turn();
            continue;
        }
        const auto next = playlist().peek();
        if (!next || next->id != item.track.entryId)
            return item.from;
        playlist().take();
        item.turn = playlist().turn();
    }
    // What is being opened is decided anew.
    if (m_feeder.openingEntry())
        m_feeder.restart();
    return {};
}

TrackInfo ReadAhead::coming() const
{
    if (!m_held.empty())
        return m_held.front().track;
    const PlaylistEntry *opening = m_feeder.openingEntry();
    return opening ? opening->track : TrackInfo();
}

} // namespace cycast
