// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/playlistfeeder.h"

#include "core/log.h"
#include "core/playlist/mediainfo.h"
#include "core/threadhop.h"

#include <mutex>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

/// Outlives the feeder when a read hangs.
struct PlaylistFeeder::Mailbox {
    std::mutex mutex;
    PlaylistFeeder *owner = nullptr; ///< null: nobody is interested any more
};

PlaylistFeeder::PlaylistFeeder(quint32 shuffleSeed, QObject *parent)
    : QObject(parent)
    , m_playlist(shuffleSeed)
    , m_pool(std::make_unique<QThreadPool>())
    , m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->owner = this;
    m_pool->setMaxThreadCount(1);
}

PlaylistFeeder::~PlaylistFeeder()
{
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->owner = nullptr;
    }
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
            return;
        }
        m_entry = *next;
        m_started = false;
    }
    launch(m_reader);
}

void PlaylistFeeder::launch(std::shared_ptr<TrackReader> reader)
{
    m_reading = true;
    m_pool->start(travelling([mailbox = m_mailbox, generation = m_generation, reader = std::move(reader),
                              entry = m_entry, offset = m_offset, continues = m_continues]() mutable {
        Piece piece;
        piece.entry = std::move(entry);
        piece.reader = std::move(reader);
        if (!piece.reader) {
            auto opened = TrackReader::open(piece.entry.path);
            if (opened) {
                piece.reader = std::move(*opened);
                if (continues)
                    piece.reader->continueAt(offset);
                else if (offset > 0)
                    piece.reader->seek(offset);
                if (!piece.entry.tagsRead)
                    piece.entry = withMediaInfo(piece.entry);
            } else {
                piece.error = opened.error();
            }
        }
        if (piece.reader) {
            auto batch = piece.reader->read(pieceBytes);
            if (batch)
                piece.batch = std::move(*batch);
            else
                piece.error = batch.error();
        }
        const std::lock_guard lock(mailbox->mutex);
        if (PlaylistFeeder *owner = mailbox->owner)
            hopTo(owner, [owner, generation, piece = std::move(piece)]() mutable {
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
    if (!piece.error.isEmpty()) {
        qCWarning(lcPlaylist).noquote() << piece.error;
        m_playlist.setProblem(m_entry.id, piece.error);
        emit entryProblem(m_entry.id, piece.error);
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
    if (piece.batch.isEmpty() || !piece.error.isEmpty()) {
        if (piece.error.isEmpty() && !m_started && m_offset == 0) {
            const QString reason = u"%1 holds no audio that can be played."_s.arg(m_entry.path);
            m_playlist.setProblem(m_entry.id, reason);
            emit entryProblem(m_entry.id, reason);
        }
        m_reader.reset();
        m_offset = 0;
    }
    feed();
}

} // namespace cycast
