// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library.h"

#include "core/playlist/libraryimport.h"
#include "core/playlist/mediafaults.h"
#include "core/playlist/mediainfo.h"
#include "core/threadhop.h"

#include <QMutex>
#include <QThread>

namespace cycast
{

namespace
{

constexpr int waitAtEndMs = 2000;

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
/// touch the Library: they only post a call to it, which cannot happen any more once `owner` is null.
struct Library::Shared {
    QMutex mutex;
    Library *owner = nullptr;
    quint64 generation = 0; ///< raised by cancel(): older jobs stop

    QList<ImportPart> parts; ///< found, not yet delivered
    bool filesCalled = false;

    QList<PlaylistEntry> queue; ///< waiting for their tags, from `queueHead` on
    qsizetype queueHead = 0;
    int workers = 0;
    QList<PlaylistEntry> tagged; ///< read, not yet delivered
    bool tagsCalled = false;
    int done = 0;
    int total = 0;

    bool isCurrent(quint64 jobGeneration)
    {
        const QMutexLocker lock(&mutex);
        return generation == jobGeneration;
    }

    void putPart(ImportPart part)
    {
        const QMutexLocker lock(&mutex);
        parts.append(std::move(part));
        if (owner != nullptr && !std::exchange(filesCalled, true)) {
            QMetaObject::invokeMethod(
                owner, [library = owner] { library->m_filesPacer.call(); }, Qt::QueuedConnection);
        }
    }

    /// Needs the lock.
    void callForTags()
    {
        if (owner != nullptr && !std::exchange(tagsCalled, true)) {
            QMetaObject::invokeMethod(
                owner, [library = owner] { library->m_tagsPacer.call(); }, Qt::QueuedConnection);
        }
    }

    /// A worker's life: one entry after the other until none is left.
    void readQueuedTags()
    {
        QMutexLocker lock(&mutex);
        while (queueHead < queue.size()) {
            PlaylistEntry entry = std::move(queue[queueHead++]);
            const quint64 jobGeneration = generation;
            lock.unlock();
            entry = withKnownLoudness(withFault(withMediaInfo(std::move(entry))));
            lock.relock();
            if (jobGeneration != generation)
                continue;
            ++done;
            tagged.append(std::move(entry));
            callForTags();
        }
        queue.clear();
        queueHead = 0;
        --workers;
    }
};

Library::Library(QObject *parent)
    : QObject(parent)
    , m_shared(std::make_shared<Shared>())
    , m_pool(std::make_unique<QThreadPool>())
    , m_filesPacer([this] { deliverFiles(); })
    , m_tagsPacer([this] { deliverTags(); })
{
    m_shared->owner = this;
    openDoor();
    m_pool->setThreadPriority(QThread::LowPriority);
    m_pool->setMaxThreadCount(tagThreads() + 1); // an import never waits for tags
}

Library::~Library()
{
    closeDoor();
    {
        const QMutexLocker lock(&m_shared->mutex);
        m_shared->owner = nullptr;
        ++m_shared->generation;
        m_shared->queue.clear();
        m_shared->queueHead = 0;
    }
    m_pool->clear();
    // A thread that hangs in a dead network disk is left to itself, with the pool it belongs to.
    if (!m_pool->waitForDone(waitAtEndMs))
        static_cast<void>(m_pool.release());
}

quint64 Library::importPaths(const QStringList &paths, const QStringList &extensions)
{
    const quint64 request = ++m_lastRequest;
    quint64 generation = 0;
    {
        const QMutexLocker lock(&m_shared->mutex);
        generation = m_shared->generation;
    }
    m_pool->start(
        [shared = m_shared, request, generation, paths, extensions] {
            const ImportSink sink{[&] { return !shared->isCurrent(generation); },
                                  [&](QList<PlaylistEntry> rows) {
                                      shared->putPart({request, std::move(rows), false, {}});
                                  }};
            const ImportSummary summary = importAll(paths, extensions, sink);
            shared->putPart({request, {}, true, summary});
        },
        1);
    return request;
}

void Library::readTags(const QList<PlaylistEntry> &entries)
{
    if (entries.isEmpty())
        return;
    int starting = 0;
    {
        const QMutexLocker lock(&m_shared->mutex);
        m_shared->queue.append(entries);
        m_shared->total += static_cast<int>(entries.size());
        const auto waiting = m_shared->queue.size() - m_shared->queueHead;
        starting = static_cast<int>(qMin<qsizetype>(tagThreads() - m_shared->workers, waiting));
        m_shared->workers += qMax(0, starting);
    }
    for (; starting > 0; --starting)
        m_pool->start(travelling([shared = m_shared] { shared->readQueuedTags(); }));
}

void Library::cancel()
{
    const QMutexLocker lock(&m_shared->mutex);
    ++m_shared->generation;
    m_shared->queue.clear();
    m_shared->queueHead = 0;
    if (m_shared->total > 0) {
        m_shared->total = m_shared->done;
        m_shared->callForTags(); // the last progress: all that will be done is done
    }
}

void Library::deliverFiles()
{
    QList<ImportPart> parts;
    {
        const QMutexLocker lock(&m_shared->mutex);
        parts.swap(m_shared->parts);
        m_shared->filesCalled = false;
    }
    for (qsizetype i = 0; i < parts.size(); ++i) {
        ImportPart &part = parts[i];
        if (part.isEnd) {
            emit importFinished(part.request, part.summary.found, part.summary.problems);
            continue;
        }
        const bool goesOn =
            i + 1 < parts.size() && !parts.at(i + 1).isEnd && parts.at(i + 1).request == part.request;
        if (goesOn) // one signal for all that belongs together
            parts[i + 1].entries = std::move(part.entries) + parts.at(i + 1).entries;
        else
            emit filesFound(part.request, part.entries);
    }
}

void Library::deliverTags()
{
    QList<PlaylistEntry> tagged;
    int done = 0;
    int total = 0;
    {
        const QMutexLocker lock(&m_shared->mutex);
        tagged.swap(m_shared->tagged);
        m_shared->tagsCalled = false;
        done = m_shared->done;
        total = m_shared->total;
        if (done == total)
            m_shared->done = m_shared->total = 0;
    }
    if (!tagged.isEmpty())
        emit tagsRead(tagged);
    emit tagProgress(done, total);
}

} // namespace cycast
