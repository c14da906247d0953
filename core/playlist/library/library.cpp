// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/library.h"

#include "core/base/filename.h"
#include "core/playlist/library/coverart.h"
#include "core/playlist/library/libraryimport.h"
#include "core/playlist/library/libraryjobs.h"
#include "core/playlist/library/mediafaults.h"
#include "core/playlist/library/mediainfo.h"
#include "core/values/playlistentry.h"

#include <QThread>

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace cycast
{

namespace
{

constexpr int rowsFirstMs = 2000;
constexpr int jobPriority = 2; // before tags and imports
/// While this machine is short of something: ten seconds in all, then the row stays unread until it is
/// played.
constexpr int turnsOfPassing = 20;
constexpr auto betweenTurns = std::chrono::milliseconds(500);

int tagThreads()
{
    return qBound(1, QThread::idealThreadCount() / 2, 4);
}

/// Rows of one import, or its end.
struct ImportPart {
    quint64 request = 0;
    QList<PlaylistEntry> entries;
    bool isEnd = false;
    ImportSummary summary;
};

} // namespace

/// Everything that jobs and owner have in common, under one mutex. Jobs hold it by shared_ptr and never
/// touch the Library: they only tell it something by the way back.
struct Library::Shared {
    explicit Shared(std::shared_ptr<WayBack<Library>> toOwner)
        : back(std::move(toOwner))
    {
    }

    const std::shared_ptr<WayBack<Library>> back;
    std::mutex mutex;
    std::condition_variable hasChanged;   ///< the generation
    std::array<quint64, 2> generations{}; ///< of each list, raised by cancel(): older jobs stop

    std::deque<ImportPart> parts; ///< found, not yet delivered
    bool filesCalled = false;

    struct Unread {
        RowList list = RowList::Tracks;
        QList<PlaylistEntry> entries;
        qsizetype head = 0; ///< the next one
    };
    std::deque<Unread> queue; ///< waiting for their tags, none of them empty
    int workers = 0;
    std::array<int, 2> reading{}; ///< of each list, of the generation in force
    QList<PlaylistEntry> tagged;  ///< read, not yet delivered
    bool tagsCalled = false;
    int done = 0;
    int total = 0;

    /// Needs the lock.
    quint64 &generationOf(RowList list) { return generations.at(static_cast<size_t>(list)); }
    int &readingOf(RowList list) { return reading.at(static_cast<size_t>(list)); }

    bool isCurrent(RowList list, quint64 jobGeneration)
    {
        const std::lock_guard lock(mutex);
        return generationOf(list) == jobGeneration;
    }

    /// Needs the lock. How many of the waiting ones will not be read.
    int drop(RowList list)
    {
        ++generationOf(list);
        qsizetype dropped = std::exchange(readingOf(list), 0);
        std::erase_if(queue, [list, &dropped](const Unread &unread) {
            if (unread.list != list)
                return false;
            dropped += unread.entries.size() - unread.head;
            return true;
        });
        return static_cast<int>(dropped);
    }

    void putPart(ImportPart part)
    {
        const std::lock_guard lock(mutex);
        parts.push_back(std::move(part));
        if (!std::exchange(filesCalled, true))
            back->tell([](Library *owner) { owner->m_filesPacer.call(); });
    }

    /// Needs the lock.
    void callForTags()
    {
        if (!std::exchange(tagsCalled, true))
            back->tell([](Library *owner) { owner->m_tagsPacer.call(); });
    }

    /// A worker's life: one entry after the other until none is left.
    void readQueuedTags()
    {
        std::unique_lock lock(mutex);
        while (!queue.empty()) {
            Unread &first = queue.front();
            const RowList list = first.list;
            PlaylistEntry entry = first.entries.at(first.head);
            if (++first.head == first.entries.size())
                queue.pop_front();
            const quint64 jobGeneration = generationOf(list);
            ++readingOf(list);
            lock.unlock();
            MediaLook look = lookAtMedia(std::move(entry));
            for (int turn = 0; look.passing && turn < turnsOfPassing; ++turn) {
                // This machine is short of something, or the helper was ended: so is the next file then.
                if (look.passing->kind == TrackFault::NoAnswer)
                    break;
                lock.lock();
                const bool isCurrentStill = jobGeneration == generationOf(list);
                if (isCurrentStill)
                    hasChanged.wait_for(lock, betweenTurns);
                lock.unlock();
                if (!isCurrentStill)
                    break;
                look = lookAtMedia(std::move(look.entry));
            }
            entry = look.passing ? std::move(look.entry) : withKnownLoudness(std::move(look.entry));
            if (look.passing && look.passing->kind == TrackFault::NoAnswer) {
                entry.problem = look.passing->sentence;
                entry.fault = EntryFault::NoAnswer;
            }
            lock.lock();
            if (jobGeneration != generationOf(list))
                continue;
            --readingOf(list);
            ++done;
            tagged.append(std::move(entry));
            callForTags();
        }
        --workers;
    }
};

Library::Library(QObject *parent)
    : QObject(parent)
    , m_off(this, tagThreads() + 1, QThread::LowPriority) // an import never waits for tags
    , m_shared(std::make_shared<Shared>(m_off.back()))
    , m_filesPacer(filesIntervalMs, [this] { return deliverFiles(); })
    , m_tagsPacer(tagsIntervalMs, [this] { return deliverTags(); })
{
    m_rowsFirst.setSingleShot(true);
    connect(&m_rowsFirst, &QTimer::timeout, this, &Library::startTagWorkers);
}

Library::~Library()
{
    const std::lock_guard lock(m_shared->mutex);
    for (const RowList list : {RowList::Tracks, RowList::Jingles})
        m_shared->drop(list);
    m_shared->hasChanged.notify_all();
}

quint64 Library::importPaths(const QStringList &paths, const QStringList &extensions, RowList list)
{
    const quint64 request = ++m_lastRequest;
    ++m_importing;
    if (!m_rowsFirst.isActive())
        m_rowsFirst.start(rowsFirstMs);
    quint64 generation = 0;
    {
        const std::lock_guard lock(m_shared->mutex);
        generation = m_shared->generationOf(list);
    }
    m_off.start(
        [shared = m_shared, request, list, generation, paths, extensions] {
            const ImportSink sink{[&] { return !shared->isCurrent(list, generation); },
                                  [&](QList<PlaylistEntry> rows) {
                                      shared->putPart({request, std::move(rows), false, {}});
                                  }};
            const ImportSummary summary = importAll(paths, extensions, sink);
            shared->putPart({request, {}, true, summary});
        },
        1);
    return request;
}

void Library::readTags(const QList<PlaylistEntry> &entries, RowList list)
{
    if (entries.isEmpty())
        return;
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->queue.push_back({list, entries});
        m_shared->total += static_cast<int>(entries.size());
    }
    startTagWorkers();
}

void Library::startTagWorkers()
{
    if (m_importing > 0 && m_rowsFirst.isActive())
        return;
    int starting = 0;
    {
        const std::lock_guard lock(m_shared->mutex);
        if (m_shared->queue.empty())
            return;
        // More than one only where there is enough for them.
        const bool isLittle = m_shared->queue.size() == 1 && m_shared->queue.front().entries.size() == 1;
        starting = qMax(0, (isLittle ? 1 : tagThreads()) - m_shared->workers);
        m_shared->workers += starting;
    }
    for (; starting > 0; --starting)
        m_off.start([shared = m_shared] { shared->readQueuedTags(); });
}

void Library::cancel(RowList list)
{
    const std::lock_guard lock(m_shared->mutex);
    const int dropped = m_shared->drop(list);
    m_shared->hasChanged.notify_all();
    m_shared->total -= dropped;
    if (dropped > 0)
        m_shared->callForTags(); // perhaps the last progress: all that will be done is done
}

/// One signal: rows of one import that belong together, or its end.
bool Library::deliverFiles()
{
    ImportPart part;
    bool isMore = false;
    {
        const std::lock_guard lock(m_shared->mutex);
        std::deque<ImportPart> &parts = m_shared->parts;
        if (parts.empty())
            return false;
        part = std::move(parts.front());
        parts.pop_front();
        while (!part.isEnd && !parts.empty() && !parts.front().isEnd &&
               parts.front().request == part.request &&
               part.entries.size() + parts.front().entries.size() <= batchRows) {
            part.entries.append(std::move(parts.front().entries));
            parts.pop_front();
        }
        isMore = !parts.empty();
        m_shared->filesCalled = isMore;
    }
    if (!part.isEnd) {
        emit filesFound(part.request, part.entries);
        return isMore;
    }
    --m_importing;
    emit importFinished(part.request, part.summary.found, part.summary.problems);
    startTagWorkers();
    return isMore;
}

bool Library::deliverTags()
{
    QList<PlaylistEntry> tagged;
    int done = 0;
    int total = 0;
    bool isMore = false;
    {
        const std::lock_guard lock(m_shared->mutex);
        tagged = std::exchange(m_shared->tagged, {});
        if (tagged.size() > batchRows) { // somebody was busy for long
            m_shared->tagged = tagged.sliced(batchRows);
            tagged.resize(batchRows);
        }
        isMore = !m_shared->tagged.isEmpty();
        m_shared->tagsCalled = isMore;
        done = m_shared->done - static_cast<int>(m_shared->tagged.size());
        total = m_shared->total;
        if (done == total)
            m_shared->done = m_shared->total = 0;
    }
    if (!tagged.isEmpty())
        emit tagsRead(tagged);
    emit tagProgress(done, total);
    return isMore;
}

// ---------------------------------------------------------------- what is asked for one at a time

void Library::lookForFiles(const EntryList &entries)
{
    const auto job = [entries](WayBack<Library> &back) {
        const FilesLook look = lookAtFiles(entries);
        if (!look.missing.isEmpty())
            back.tell([missing = look.missing](Library *to) { emit to->filesMissing(missing); });
        if (!look.changed.isEmpty())
            back.tell([changed = look.changed](Library *to) { to->readTags(changed); });
    };
    m_off.start(job, jobPriority);
}

void Library::readCover(quint64 entryId, const QString &path)
{
    const auto job = [entryId, path](WayBack<Library> &back) {
        const QByteArray picture = coverOf(path);
        back.tell([entryId, picture](Library *to) { emit to->coverRead(entryId, picture); });
    };
    m_off.start(job, jobPriority);
}

void Library::exportPlaylist(const EntryList &entries, const QString &path)
{
    const auto job = [entries, path](WayBack<Library> &back) {
        const Sentence error = exportList(entries, path);
        back.tell([path, error](Library *to) { emit to->playlistExported(path, error); });
    };
    m_off.start(job, jobPriority);
}

QList<PlaylistEntry> Library::rowsFor(const QStringList &paths)
{
    QList<PlaylistEntry> rows;
    rows.reserve(paths.size());
    for (const QString &path : paths)
        rows.append(rowForFile(path));
    return rows;
}

void Library::markMissing(PlaylistEntry &entry)
{
    entry.problem =
        Core::tr("“%1” is not there: it was moved, renamed or deleted.").arg(shownName(entry.path));
    entry.fault = EntryFault::Missing;
}

} // namespace cycast
