// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/foldernotices.h"

#include "core/base/filename.h"

#include <QFileSystemWatcher>
#include <QSet>
#include <QSocketNotifier>

#include <array>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>
#endif

namespace cycast
{

#ifdef Q_OS_LINUX

FolderNotices::FolderNotices(QObject *parent)
    : QObject(parent)
    , m_inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    , m_mounts(::open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC))
{
    if (m_inotify >= 0) {
        auto *notices = new QSocketNotifier(m_inotify, QSocketNotifier::Read, this);
        connect(notices, &QSocketNotifier::activated, this, &FolderNotices::readNotices);
    }
    if (m_mounts >= 0) {
        // POLLPRI, once for each change (proc(5)); there is nothing that has to be read.
        auto *mounts = new QSocketNotifier(m_mounts, QSocketNotifier::Exception, this);
        connect(mounts, &QSocketNotifier::activated, this, &FolderNotices::disksChanged);
    }
}

FolderNotices::~FolderNotices()
{
    qDeleteAll(findChildren<QSocketNotifier *>()); // before what they look at
    for (const int descriptor : {m_inotify, m_mounts}) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

bool FolderNotices::add(const QString &folder)
{
    if (m_watches.contains(folder))
        return true;
    const int watch = ::inotify_add_watch(m_inotify, pathBytes(folder).constData(),
                                          IN_CREATE | IN_DELETE | IN_MOVE | IN_ATTRIB | IN_DELETE_SELF |
                                              IN_MOVE_SELF | IN_ONLYDIR);
    if (watch < 0)
        return false;
    m_watches.insert(folder, watch);
    m_folders.insert(watch, folder);
    return true;
}

void FolderNotices::remove(const QString &folder)
{
    const auto known = m_watches.constFind(folder);
    if (known == m_watches.cend())
        return;
    const int watch = *known;
    m_watches.erase(known);
    m_folders.remove(watch, folder);
    if (!m_folders.contains(watch))
        ::inotify_rm_watch(m_inotify, watch);
}

void FolderNotices::clear()
{
    for (auto known = m_watches.cbegin(); known != m_watches.cend(); ++known)
        ::inotify_rm_watch(m_inotify, known.value());
    m_watches.clear();
    m_folders.clear();
}

void FolderNotices::readNotices()
{
    alignas(inotify_event) std::array<char, 64 * 1024> bytes;
    QSet<QString> changedFolders;
    bool isOverflown = false;
    for (ssize_t got = 0; (got = ::read(m_inotify, bytes.data(), bytes.size())) > 0;) {
        for (ssize_t at = 0; at < got;) {
            const auto *event = reinterpret_cast<const inotify_event *>(bytes.data() + at);
            at += static_cast<ssize_t>(sizeof(inotify_event)) + event->len;
            isOverflown = isOverflown || (event->mask & IN_Q_OVERFLOW) != 0;
            const QList<QString> folders = m_folders.values(event->wd);
            changedFolders += QSet<QString>(folders.cbegin(), folders.cend());
            if ((event->mask & IN_IGNORED) == 0)
                continue;
            // The system has ended this watch: the folder has gone, or its disk.
            m_folders.remove(event->wd);
            for (const QString &folder : folders)
                m_watches.remove(folder);
        }
    }
    for (const QString &folder : std::as_const(changedFolders))
        emit changed(folder);
    if (isOverflown)
        emit anyChanged();
}

#else

FolderNotices::FolderNotices(QObject *parent)
    : QObject(parent)
    , m_watcher(new QFileSystemWatcher(this))
{
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, &FolderNotices::changed);
}

FolderNotices::~FolderNotices() = default;

bool FolderNotices::add(const QString &folder)
{
    return m_watcher->directories().contains(folder) || m_watcher->addPath(folder);
}

void FolderNotices::remove(const QString &folder)
{
    m_watcher->removePath(folder);
}

void FolderNotices::clear()
{
    if (const QStringList watched = m_watcher->directories(); !watched.isEmpty())
        m_watcher->removePaths(watched);
}

void FolderNotices::readNotices() {}

#endif

} // namespace cycast
