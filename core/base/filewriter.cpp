// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/filewriter.h"

#include "core/base/replacefile.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace cycast
{

namespace
{

/// One for each file that hangs, and some for the others.
constexpr int mostThreads = 16;

Result<void> writeToDisk(const QString &path, const QByteArray &content, const FileWriter::How &how)
{
    if (how.makesFolder)
        QDir().mkpath(QFileInfo(path).absolutePath()); // without it the file says why not
    return replaceFile(path, content, how.permissions);
}

} // namespace

/// Everything that the threads and the owner have in common.
struct FileWriter::Shared {
    struct Wish {
        Content content;
        How how;
    };
    /// One file that somebody is at work on.
    struct Work {
        std::optional<Wish> next;
        bool wasWaitedFor = false; ///< in vain
    };

    Write replace;
    std::mutex mutex;
    std::condition_variable changed;
    QHash<QString, Work> works; ///< by path

    bool isAwaited() const
    {
        return std::any_of(works.cbegin(), works.cend(), [](const Work &work) { return !work.wasWaitedFor; });
    }

    /// A thread's life: one content of this path after the other until none is left.
    void workOn(const QString &path, WayBack<FileWriter> &back)
    {
        std::unique_lock lock(mutex);
        while (std::optional<Wish> wish = std::exchange(works[path].next, std::nullopt)) {
            lock.unlock();
            QElapsedTimer clock;
            clock.start();
            const Result<void> result = replace(path, wish->content(), wish->how);
            const qint64 tookMs = clock.elapsed();
            wish.reset(); // what it holds goes without the lock
            lock.lock();
            if (!works[path].next)
                back.tell([path, error = result ? QString() : result.error(), tookMs](FileWriter *writer) {
                    emit writer->finished(path, error, tookMs);
                });
        }
        works.remove(path);
        changed.notify_all();
    }
};

FileWriter &FileWriter::shared()
{
    static auto *writer = new FileWriter;
    return *writer;
}

FileWriter::FileWriter(Write write, QObject *parent)
    : QObject(parent)
    , m_shared(std::make_shared<Shared>())
    , m_off(this, mostThreads)
{
    m_shared->replace = write ? std::move(write) : Write(writeToDisk);
}

FileWriter::~FileWriter()
{
    if (!finish())
        m_off.end({}); // it has been waited for
}

void FileWriter::write(const QString &path, Content content, const How &how)
{
    const std::lock_guard lock(m_shared->mutex);
    const bool isBegun = m_shared->works.contains(path);
    Shared::Work &work = m_shared->works[path];
    work.next = {std::move(content), how};
    if (!isBegun)
        m_off.start([shared = m_shared, path](auto &back) { shared->workOn(path, back); });
}

void FileWriter::write(const QString &path, Content content, const How &how, QObject *context,
                       const std::function<void(const QString &)> &told)
{
    auto once = std::make_shared<QMetaObject::Connection>();
    *once = connect(this, &FileWriter::finished, context,
                    [path, told, once](const QString &which, const QString &error) {
                        if (which != path)
                            return;
                        disconnect(*once);
                        told(error);
                    });
    write(path, std::move(content), how);
}

bool FileWriter::finish(std::chrono::milliseconds limit)
{
    std::unique_lock lock(m_shared->mutex);
    if (m_shared->changed.wait_for(lock, limit, [this] { return !m_shared->isAwaited(); }))
        return m_shared->works.isEmpty();
    for (Shared::Work &work : m_shared->works)
        work.wasWaitedFor = true;
    return false;
}

} // namespace cycast
