// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/playlistfeeder.h"

#include "core/base/log.h"
#include "core/base/wayback.h"
#include "core/values/playlistentry.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

PlaylistFeeder::PlaylistFeeder(quint32 shuffleSeed, QObject *parent)
    : QObject(parent)
    , m_playlist(shuffleSeed)
    , m_pool(std::make_unique<QThreadPool>())
    , m_back(std::make_shared<WayBack<PlaylistFeeder>>(this))
{
    m_pool->setMaxThreadCount(1);
}

PlaylistFeeder::~PlaylistFeeder()
{
    m_back->close();
    m_pool->clear();
    if (!m_pool->waitForDone(2000)) {
        // The thread sits in a read that may never return; destroying the pool would wait for it.
        [[maybe_unused]] QThreadPool *leftBehind = m_pool.release();
    }
}

void PlaylistFeeder::restart(Flicks offset)
{
    if (m_reading) {
        // The thread may be stuck in the old file: the next read gets a thread of its own if need be.
        m_pool->setMaxThreadCount(2);
    }
    ++m_generation;
    m_reading = false;
    m_started = false;
    m_entry = {};
    m_continues = false;
    m_reader.reset();
    m_session.reset();
    m_offset = offset;
}

void PlaylistFeeder::continueWith(const PlaylistEntry &entry, Flicks offset)
{
    restart(offset);
    m_entry = entry;
    m_started = true;
    m_continues = true;
}

void PlaylistFeeder::feed()
{
    if (m_reading || !m_demand || m_demand() <= 0)
        return;
    if (!m_reader && !m_continues) {
        const std::optional<PlaylistEntry> next = m_playlist.takeNext();
        if (!next) {
            m_entry = {};
            if (m_session && m_session->holdsSound())
                launchFinish();
            return;
        }
        m_entry = *next;
        m_started = false;
    }
    launch();
}

int PlaylistFeeder::patienceMs() const
{
    const double aheadMs = m_ahead ? secondsOf(m_ahead()) * 1000.0 : 0.0;
    return static_cast<int>(qBound(8'000.0, aheadMs / 2, 60'000.0));
}

void PlaylistFeeder::launch()
{
    TrackRequest request;
    request.entry = m_entry;
    request.offset = m_offset;
    request.continues = m_continues;
    request.patienceMs = patienceMs();
    request.session = m_session;
    // With nothing ahead a track that was never measured begins as loud as it is rather than late.
    const double spareMs = m_ahead ? secondsOf(m_ahead()) * 1000.0 - 5'000.0 : 0.0;
    request.measuringMs = static_cast<int>(qBound(1'000.0, spareMs, 60'000.0));
    run([request = std::move(request), playout = m_playout, reader = m_reader]() mutable {
        Piece piece;
        piece.reader = std::move(reader);
        piece.entry = request.entry;
        piece.session = request.session;
        const int patience = request.patienceMs;
        if (!piece.reader) {
            OpenedTrack opened = openTrack(std::move(request), playout);
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
    m_pool->start(travelling([back = m_back, generation = m_generation, work = std::move(work)]() mutable {
        Piece piece = work();
        work = {}; // what it held goes in this thread, not in the station's
        back->tell([generation, piece = std::move(piece)](PlaylistFeeder *owner) mutable {
            owner->receive(generation, std::move(piece));
        });
    }));
}

void PlaylistFeeder::receive(quint64 generation, Piece piece)
{
    if (generation != m_generation)
        return;
    m_reading = false;
    m_continues = false;
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
    if (piece.entry.id == m_entry.id && (piece.entry.loudnessLufs != m_entry.loudnessLufs ||
                                         piece.entry.silentEndMs != m_entry.silentEndMs)) {
        m_entry.loudnessLufs = piece.entry.loudnessLufs;
        m_entry.silentEndMs = piece.entry.silentEndMs;
        emit entryMeasured(m_entry.id, static_cast<double>(m_entry.loudnessLufs), m_entry.silentEndMs);
        if (generation != m_generation)
            return;
    }
    if (piece.error) {
        qCWarning(lcPlaylist).noquote() << piece.error->sentence;
        m_playlist.setProblem(m_entry.id, piece.error->sentence);
        emit entryProblem(m_entry.id, piece.error->sentence);
    }
    if (!piece.batch.isEmpty()) {
        if (!m_started) {
            m_started = true;
            emit trackStarted(piece.entry, m_offset);
            if (generation != m_generation)
                return;
        }
        emit framesRead(piece.batch);
        if (generation != m_generation)
            return;
    }
    if (piece.batch.isEmpty() || piece.error) {
        if (!piece.error && !m_started && m_offset == 0) {
            const QString reason = u"%1 holds no audio that can be played."_s.arg(m_entry.path);
            m_playlist.setProblem(m_entry.id, reason);
            emit entryProblem(m_entry.id, reason);
        }
        m_reader.reset();
        m_offset = 0;
        if (m_session && m_session->isBroken())
            m_session.reset();
    }
    feed();
}

} // namespace cycast
