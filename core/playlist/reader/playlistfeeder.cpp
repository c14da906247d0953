// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/playlistfeeder.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/base/patientdisk.h"

#include "core/values/playlistentry.h"
#include <QFileInfo>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int mostThreads = 8;
/// A fault of this machine: so often the same track is tried, with pauses that double, then the next one.
constexpr int triesInARow = 3;
constexpr int firstPauseMs = 250;
/// Between two tries when nothing can be played.
constexpr int trialPauseMs = 2'000;
constexpr int chancesEveryMs = 5'000;
/// In the log, until something can be read again.
constexpr int mostWarnings = 20;

EntryFault faultOf(TrackFault kind)
{
    switch (kind) {
    case TrackFault::Missing:
        return EntryFault::Missing;
    case TrackFault::NoAnswer:
        return EntryFault::NoAnswer;
    default:
        return EntryFault::None; // a reason of its own
    }
}

} // namespace

PlaylistFeeder::PlaylistFeeder(quint32 shuffleSeed, QObject *parent)
    : QObject(parent)
    , m_playlist(shuffleSeed)
    , m_off(this, 1)
    , m_looks(this, 1)
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &PlaylistFeeder::feed);
    m_chancesDue.setInterval(chancesEveryMs);
    connect(&m_chancesDue, &QTimer::timeout, this, &PlaylistFeeder::lookWhoIsBack);
}

PlaylistFeeder::~PlaylistFeeder() = default;

void PlaylistFeeder::restart(Flicks offset)
{
    if (m_reading) {
        // The thread may be waiting for the old file: the next read gets a thread of its own if need be.
        m_off.makeRoom(mostThreads);
    }
    ++m_generation;
    m_reading = false;
    m_started = false;
    m_entry = {};
    m_continues = false;
    m_isGiven = false;
    m_isTrial = false;
    m_machineFaults = 0;
    m_given = 0;
    m_later.stop();
    m_reader.reset();
    m_session.reset();
    m_offset = offset;
}

void PlaylistFeeder::continueWith(const PlaylistEntry &entry, Flicks offset, quint64 turn)
{
    beginWith(entry, offset, turn);
    m_started = true;
    m_continues = true;
}

void PlaylistFeeder::beginWith(const PlaylistEntry &entry, Flicks offset, quint64 turn)
{
    restart(offset);
    m_entry = entry;
    m_turn = turn;
    m_isGiven = true;
}

void PlaylistFeeder::feed()
{
    if (m_reading || m_later.isActive() || !m_demand || m_demand() <= 0)
        return;
    const bool hasEntry = m_reader || m_isGiven || m_machineFaults > 0;
    if (hasEntry || takeEntry())
        launch();
    else if (!m_reading)
        emit ranOut();
}

/// The next entry becomes the one at work; false: there is none now.
bool PlaylistFeeder::takeEntry()
{
    const std::optional<PlaylistEntry> next = m_playlist.takeNext();
    if (next) {
        m_entry = *next;
        m_turn = m_playlist.turn();
    } else {
        m_entry = {};
        if (m_session && m_session->holdsSound()) {
            launchFinish();
            return false;
        }
        // Nothing can be played: one of them is tried all the same.
        if (!m_playlist.isAllUnplayable())
            return false;
        const PlaylistEntry *oldest = m_playlist.entry(m_chances.oldest(m_playlist.entries()));
        if (oldest == nullptr)
            return false;
        m_entry = *oldest;
        m_turn = 0; // it has none unless it plays
        m_isTrial = true;
    }
    m_started = false;
    m_given = 0;
    return true;
}

/// For the helper program to show a sign of life.
int PlaylistFeeder::patienceMs() const
{
    const double aheadMs = m_ahead ? secondsOf(m_ahead()) * 1000.0 : 0.0;
    const int shortest = qMax(2'000, 6'000 >> qMin(m_noAnswers, 2));
    return qMax(shortest, static_cast<int>(qBound(0.0, aheadMs / 2, 60'000.0)));
}

/// For the disk. The longer there is nothing to hear, the less each of the next ones is waited for.
int PlaylistFeeder::diskPatienceMs() const
{
    const double aheadMs = m_ahead ? secondsOf(m_ahead()) * 1000.0 : 0.0;
    const int shortest = qMax(500, 4'000 >> qMin(m_noAnswers, 3));
    return qMax(shortest, static_cast<int>(qBound(0.0, aheadMs / 2, 20'000.0)));
}

void PlaylistFeeder::launch()
{
    TrackRequest request;
    request.entry = m_entry;
    request.offset = m_offset + m_given;
    request.continues = m_continues;
    request.fades = !m_playlist.isJingle(m_entry.id);
    request.patienceMs = patienceMs();
    request.diskPatienceMs = diskPatienceMs();
    request.session = m_session;
    // With nothing ahead a track that was never measured begins as loud as it is rather than late.
    const double spareMs = m_ahead ? secondsOf(m_ahead()) * 1000.0 - 5'000.0 : 0.0;
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

/// The list has come to its end: so does what the encoder holds back.
void PlaylistFeeder::launchFinish()
{
    run([session = std::exchange(m_session, nullptr), patience = patienceMs()] {
        Piece piece;
        piece.before = session->finish(patience);
        return piece;
    });
}

void PlaylistFeeder::run(std::function<Piece()> work)
{
    m_reading = true;
    m_off.start([generation = m_generation, work = std::move(work)](auto &back) mutable {
        Piece piece = work();
        work = {}; // what it held goes in this thread, not in the station's
        back.tell([generation, piece = std::move(piece)](PlaylistFeeder *owner) mutable {
            owner->receive(generation, std::move(piece));
        });
    });
}

void PlaylistFeeder::receive(quint64 generation, Piece piece)
{
    if (generation != m_generation)
        return;
    m_reading = false;
    m_continues = false;
    m_isGiven = false;
    m_reader = piece.reader;
    m_session = piece.session;
    if (!piece.before.isEmpty()) {
        emit framesRead(piece.before);
        if (generation != m_generation)
            return;
    }
    if (m_entry.id == 0) {
        feed(); // that was the end of the list
        return;
    }
    if (piece.entry.id == m_entry.id)
        takeFacts(piece);
    if (generation != m_generation)
        return;
    if (!piece.batch.isEmpty()) {
        welcome();
        if (generation != m_generation)
            return;
        if (!m_started) {
            m_started = true;
            emit trackStarted(piece.entry, m_offset);
            if (generation != m_generation)
                return;
        }
        m_given += piece.batch.duration();
        emit framesRead(piece.batch);
        if (generation != m_generation)
            return;
    }
    if (m_session && m_session->isBroken())
        m_session.reset();
    if (piece.error) {
        m_reader.reset();
        if (tryAgain(*piece.error))
            return;
        passOver(*piece.error);
        endEntry();
    } else if (piece.batch.isEmpty()) {
        if (!m_started && m_offset == 0)
            setProblem(Sentence(u"%1 holds no audio that can be played."_s.arg(shownPath(m_entry.path))),
                       EntryFault::None);
        endEntry();
    }
    if (generation == m_generation)
        feed();
}

/// What was found out about the entry at work when it was opened.
void PlaylistFeeder::takeFacts(const Piece &piece)
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

void PlaylistFeeder::endEntry()
{
    m_reader.reset();
    m_offset = 0;
    m_given = 0;
    m_machineFaults = 0;
    if (std::exchange(m_isTrial, false))
        m_later.start(trialPauseMs); // nothing else can be played either
}

/// A fault of this machine, or of somebody's hand, says nothing about the track: it is tried again, where it
/// stopped, after a pause. False: often enough.
bool PlaylistFeeder::tryAgain(const TrackError &error)
{
    if (error.kind != TrackFault::Machine && error.kind != TrackFault::Stopped)
        return false;
    warn(error);
    if (++m_machineFaults > triesInARow) {
        m_later.start(firstPauseMs << triesInARow);
        return false;
    }
    m_later.start(firstPauseMs << (m_machineFaults - 1));
    return true;
}

void PlaylistFeeder::warn(const TrackError &error)
{
    if (++m_warnings <= mostWarnings)
        qCWarning(lcPlaylist).noquote() << error.sentence;
}

/// The row says why, except where it is not the row's fault.
void PlaylistFeeder::passOver(const TrackError &error)
{
    if (error.kind == TrackFault::NoAnswer)
        ++m_noAnswers;
    if (error.kind == TrackFault::Machine || error.kind == TrackFault::Stopped) {
        m_chances.note(m_entry.id, false, monotonicNs());
        return;
    }
    setProblem(error.sentence, faultOf(error.kind));
}

void PlaylistFeeder::setProblem(const Sentence &reason, EntryFault fault)
{
    m_chances.note(m_entry.id, fault == EntryFault::NoAnswer, monotonicNs());
    if (m_chances.isWaiting() && !m_chancesDue.isActive())
        m_chancesDue.start();
    if (m_isTrial && m_entry.problem == reason)
        return; // as before
    warn({reason});
    m_playlist.setProblem(m_entry.id, reason, fault);
    emit entryProblem(m_entry.id, reason, fault);
}

/// Something was read: it can be played, and so may others that failed with it.
void PlaylistFeeder::welcome()
{
    m_machineFaults = 0;
    m_noAnswers = 0;
    m_warnings = 0;
    m_chances.forget(m_entry.id);
    if (!std::exchange(m_isTrial, false))
        return;
    m_playlist.setProblem(m_entry.id, {});
    m_playlist.jumpTo(m_entry.id);
    m_playlist.takeNext(); // its turn counts
    m_turn = m_playlist.turn();
    const quint64 id = m_entry.id;
    QList<std::pair<quint64, QString>> others;
    for (const PlaylistEntry &entry : m_playlist.entries()) {
        if (entry.id != id && (entry.fault == EntryFault::Missing || entry.fault == EntryFault::NoAnswer))
            others.append({entry.id, entry.path});
    }
    emit entryProblem(id, {}, EntryFault::None);
    if (others.isEmpty())
        return;
    // Where one is back, its disk is, and most of the others with it.
    m_looks.start([others](auto &back) {
        constexpr int patience = 2'000;
        auto found = std::make_shared<QList<quint64>>();
        for (const auto &[entry, path] : others) {
            const bool isDone = patiently(path, patience, [found, entryId = entry, file = path] {
                if (isThere(file))
                    found->append(entryId);
            });
            if (!isDone)
                found = std::make_shared<QList<quint64>>(); // that thread may still write to the old one
        }
        back.tell([ids = *found](PlaylistFeeder *owner) { owner->clearProblems(ids); });
    });
}

void PlaylistFeeder::lookWhoIsBack()
{
    clearProblems(m_chances.due(monotonicNs()));
    if (!m_chances.isWaiting())
        m_chancesDue.stop();
}

void PlaylistFeeder::clearProblems(const QList<quint64> &ids)
{
    for (const quint64 id : ids) {
        const PlaylistEntry *entry = m_playlist.entry(id);
        const bool passes =
            entry != nullptr && (entry->fault == EntryFault::NoAnswer || entry->fault == EntryFault::Missing);
        if (!passes)
            continue;
        if (hangingAt(entry->path) > 0) {
            m_chances.note(id, true, monotonicNs());
            continue;
        }
        m_playlist.setProblem(id, {});
        emit entryProblem(id, {}, EntryFault::None);
    }
    if (!ids.isEmpty())
        feed();
}

} // namespace cycast
