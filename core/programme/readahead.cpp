// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/readahead.h"

#include "core/base/monotonic.h"

namespace cycast
{

namespace
{

// Nobody waits for what is held: a slow disk, and measuring, have this much time.
constexpr Flicks patienceWhileHeld = 20 * flicksPerSecond;
/// Between two tries when nothing can be played.
constexpr int trialPauseMs = 2'000;

TrackInfo trackOf(const PlaylistEntry &entry)
{
    TrackInfo track = entry.track;
    track.entryId = entry.id;
    return track;
}

} // namespace

ReadAhead::ReadAhead(quint32 shuffleSeed, QObject *parent)
    : QObject(parent)
    , m_playlist(shuffleSeed)
    , m_faults(m_playlist)
{
    connect(&m_feeder, &TrackFeeder::nextWanted, this, &ReadAhead::takeNext);
    connect(&m_feeder, &TrackFeeder::trackStarted, this, &ReadAhead::begin);
    connect(&m_feeder, &TrackFeeder::framesRead, this, &ReadAhead::deliver);
    connect(&m_feeder, &TrackFeeder::trackFailed, this, &ReadAhead::passOver);
    connect(&m_feeder, &TrackFeeder::entryRead, this, &ReadAhead::entryRead);
    connect(&m_feeder, &TrackFeeder::entryMeasured, this, &ReadAhead::entryMeasured);
    connect(&m_faults, &RowFaults::entryProblem, this, &ReadAhead::entryProblem);
    connect(&m_faults, &RowFaults::cleared, &m_feeder, &TrackFeeder::feed);
}

void ReadAhead::want(qint64 bytes, Flicks ahead)
{
    m_feeder.want(bytes, ahead);
}

void ReadAhead::restart(Flicks offset)
{
    m_isTrial = false;
    m_feeder.restart(offset);
}

void ReadAhead::continueWith(const PlaylistEntry &entry, const ResumePoint &point)
{
    m_isTrial = false;
    m_turn = point.turn;
    m_feeder.continueWith(entry, point.offset, fades(entry));
}

void ReadAhead::takeNext()
{
    m_isTrial = false;
    if (const auto next = m_playlist.take()) {
        m_turn = m_playlist.turn();
        m_feeder.follow(*next, fades(*next));
        return;
    }
    if (m_feeder.finish())
        return;
    // Nothing can be played: one of them is tried all the same.
    if (const auto trial = m_faults.nextTrial()) {
        m_turn = 0; // it has none unless it plays
        m_isTrial = true;
        m_feeder.follow(*trial, fades(*trial));
    }
}

void ReadAhead::passOver(const PlaylistEntry &entry, const TrackError &error, bool isTriedAgain)
{
    m_faults.failed(entry, error, isTriedAgain, monotonicNs());
    if (m_isTrial && !isTriedAgain)
        m_feeder.pause(trialPauseMs); // nothing else can be played either
}

void ReadAhead::begin(const PlaylistEntry &entry, Flicks offset)
{
    if (std::exchange(m_isTrial, false)) {
        m_faults.trialPlayed(entry.id);
        m_turn = m_playlist.turn();
    } else {
        m_faults.played(entry.id);
    }
    if (m_holds)
        m_held.push_back({trackOf(entry), offset, m_turn, {}});
    else
        emit trackBegun(trackOf(entry), offset, m_turn);
}

void ReadAhead::deliver(const FrameBatch &batch)
{
    if (!m_holds)
        emit framesRead(batch);
    else if (!m_held.empty()) // otherwise it is the end of a track that went with the read-ahead
        m_held.back().frames.append(batch);
}

void ReadAhead::giveBackOpening()
{
    if (m_feeder.openingEntry() && m_turn > 0 && m_turn == playlist().turn())
        playlist().rewind(m_turn - 1);
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
    m_isTrial = false;
    const PlaylistEntry *entry = m_resume ? playlist().entry(m_resume->entryId) : nullptr;
    if (entry) {
        m_turn = m_resume->turn;
        m_feeder.beginWith(*entry, m_resume->offset, fades(*entry));
    } else {
        m_feeder.restart();
    }
    m_feeder.want(heldBytes, patienceWhileHeld);
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
    restart();
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
        restart();
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
