// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/trackfeeder.h"

#include "core/base/filename.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int mostThreads = 8;
/// A fault of this machine: so often the same track is tried, with pauses that double, then the next one.
constexpr int triesInARow = 3;
constexpr int firstPauseMs = 250;

} // namespace

TrackFeeder::TrackFeeder(QObject *parent)
    : QObject(parent)
    , m_off(this, 1)
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &TrackFeeder::feed);
}

TrackFeeder::~TrackFeeder() = default;

// ---------------------------------------------------------------- what is read

void TrackFeeder::want(qint64 bytes, Flicks ahead)
{
    m_wanted = bytes;
    m_ahead = ahead;
    feed();
}

void TrackFeeder::restart(Flicks offset)
{
    if (m_reading) {
        // The thread may be waiting for the old file: the next read gets a thread of its own if need be.
        m_off.makeRoom(mostThreads);
    }
    ++m_generation;
    m_reading = false;
    m_delivering = false;
    m_started = false;
    m_entry = {};
    m_continues = false;
    m_isGiven = false;
    m_machineFaults = 0;
    m_given = 0;
    m_later.stop();
    m_reader.reset();
    m_session.reset();
    m_offset = offset;
}

void TrackFeeder::continueWith(const PlaylistEntry &entry, Flicks offset, bool fades)
{
    beginWith(entry, offset, fades);
    m_started = true;
    m_continues = true;
}

void TrackFeeder::beginWith(const PlaylistEntry &entry, Flicks offset, bool fades)
{
    restart(offset);
    m_entry = entry;
    m_fades = fades;
    m_isGiven = true;
}

void TrackFeeder::feed()
{
    if (m_reading || m_delivering || m_later.isActive() || m_wanted <= 0)
        return;
    if (m_reader || m_isGiven || m_machineFaults > 0)
        launch();
    else
        emit nextWanted();
}

void TrackFeeder::follow(const PlaylistEntry &entry, bool fades)
{
    m_entry = entry;
    m_fades = fades;
    m_started = false;
    m_given = 0;
    launch();
}

bool TrackFeeder::finish()
{
    m_entry = {};
    if (!m_session || !m_session->holdsSound())
        return false;
    run([session = std::exchange(m_session, nullptr), patience = patienceMs()] {
        Piece piece;
        piece.before = session->finish(patience);
        return piece;
    });
    return true;
}

// ---------------------------------------------------------------- reading

/// For the helper program to show a sign of life.
int TrackFeeder::patienceMs() const
{
    const int shortest = qMax(2'000, 6'000 >> qMin(m_noAnswers, 2));
    return qMax(shortest, static_cast<int>(qBound(0.0, secondsOf(m_ahead) * 500.0, 60'000.0)));
}

/// For the disk. The longer there is nothing to hear, the less each of the next ones is waited for.
int TrackFeeder::diskPatienceMs() const
{
    const int shortest = qMax(500, 4'000 >> qMin(m_noAnswers, 3));
    return qMax(shortest, static_cast<int>(qBound(0.0, secondsOf(m_ahead) * 500.0, 20'000.0)));
}

void TrackFeeder::launch()
{
    TrackRequest request;
    request.entry = m_entry;
    request.offset = m_offset + m_given;
    request.continues = m_continues;
    request.fades = m_fades;
    request.patienceMs = patienceMs();
    request.diskPatienceMs = diskPatienceMs();
    request.session = m_session;
    // With nothing ahead a track that was never measured begins as loud as it is rather than late.
    const double spareMs = secondsOf(m_ahead) * 1000.0 - 5'000.0;
    request.measuringMs = static_cast<int>(qBound(1'000.0, spareMs, 60'000.0));
    run([request = std::move(request), playout = m_playout, reader = m_reader, opener = m_opener]() mutable {
        Piece piece;
        piece.reader = std::move(reader);
        piece.entry = request.entry;
        piece.session = request.session;
        const ReadPatience patience{request.diskPatienceMs, request.patienceMs};
        if (!piece.reader) {
            OpenedTrack opened =
                opener ? opener(std::move(request), playout) : openTrack(std::move(request), playout);
            piece.wasLooked = opened.wasLooked;
            piece.reader = std::move(opened.reader);
            piece.entry = std::move(opened.entry);
            piece.before = std::move(opened.before);
            piece.session = std::move(opened.session);
            piece.error = std::move(opened.error);
        }
        if (piece.reader) {
            auto batch = piece.reader->read(pieceBytes, patience);
            if (batch)
                piece.batch = std::move(*batch);
            else
                piece.error = batch.error();
            if (piece.session)
                piece.before.append(piece.session->takeBefore());
        }
        return piece;
    });
}

void TrackFeeder::run(std::function<Piece()> work)
{
    m_reading = true;
    m_off.start([generation = m_generation, work = std::move(work)](auto &back) mutable {
        Piece piece = work();
        work = {}; // what it held goes in this thread, not in the station's
        back.tell([generation, piece = std::move(piece)](TrackFeeder *owner) {
            owner->receive(generation, piece);
        });
    });
}

// ---------------------------------------------------------------- what was read

void TrackFeeder::receive(quint64 generation, const Piece &piece)
{
    if (generation != m_generation)
        return;
    m_reading = false;
    m_continues = false;
    m_isGiven = false;
    m_reader = piece.reader;
    m_session = piece.session;
    m_delivering = true;
    take(piece);
    if (generation != m_generation)
        return; // somebody wants something else by now
    m_delivering = false;
    feed();
}

/// Whoever hears of it may restart everything.
void TrackFeeder::take(const Piece &piece)
{
    const quint64 generation = m_generation;
    if (!piece.before.isEmpty())
        deliver(piece.before);
    if (generation != m_generation || m_entry.id == 0) // that was the end of the list
        return;
    if (piece.entry.id == m_entry.id)
        takeFacts(piece);
    if (generation != m_generation)
        return;
    if (!piece.batch.isEmpty()) {
        m_machineFaults = 0;
        m_noAnswers = 0;
        if (!std::exchange(m_started, true))
            emit trackStarted(piece.entry, m_offset);
        if (generation != m_generation)
            return;
        m_given += piece.batch.duration();
        deliver(piece.batch);
    }
    if (generation == m_generation)
        takeEnd(piece);
}

/// What was found out about the entry at work when it was opened.
void TrackFeeder::takeFacts(const Piece &piece)
{
    const quint64 generation = m_generation;
    if (piece.wasLooked) {
        m_entry = piece.entry;
        emit entryRead(m_entry);
        if (generation != m_generation)
            return;
    }
    if (piece.entry.loudnessLufs == m_entry.loudnessLufs && piece.entry.silentEndMs == m_entry.silentEndMs)
        return;
    m_entry.loudnessLufs = piece.entry.loudnessLufs;
    m_entry.silentEndMs = piece.entry.silentEndMs;
    emit entryMeasured(m_entry.id, static_cast<double>(m_entry.loudnessLufs), m_entry.silentEndMs);
}

void TrackFeeder::deliver(const FrameBatch &batch)
{
    m_wanted -= batch.bytes.size();
    m_ahead += batch.duration();
    emit framesRead(batch);
}

void TrackFeeder::takeEnd(const Piece &piece)
{
    if (m_session && m_session->isBroken())
        m_session.reset();
    if (piece.error) {
        fail(*piece.error);
    } else if (piece.batch.isEmpty()) {
        const bool isMute = !m_started && m_offset == 0;
        const PlaylistEntry ended = m_entry;
        endTrack();
        if (isMute)
            emit trackFailed(ended,
                             {Core::tr("%1 holds no audio that can be played.").arg(shownPath(ended.path)),
                              TrackFault::File},
                             false);
    }
}

void TrackFeeder::fail(const TrackError &error)
{
    m_reader.reset();
    const bool isOfMachine = error.kind == TrackFault::Machine || error.kind == TrackFault::Stopped;
    const bool isTriedAgain = isOfMachine && ++m_machineFaults <= triesInARow;
    if (isOfMachine)
        m_later.start(firstPauseMs << (m_machineFaults - 1));
    if (error.kind == TrackFault::NoAnswer)
        ++m_noAnswers;
    const PlaylistEntry failed = m_entry;
    if (!isTriedAgain)
        endTrack();
    emit trackFailed(failed, error, isTriedAgain);
}

void TrackFeeder::endTrack()
{
    m_reader.reset();
    m_offset = 0;
    m_given = 0;
    m_machineFaults = 0;
}

} // namespace cycast
