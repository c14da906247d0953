// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/librarian/jingleshelf.h"

#include "core/playlist/library/library.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

JingleShelf::JingleShelf(Library &library, const FolderPace &pace, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_pace(pace)
{
}

JingleShelf::~JingleShelf() = default;

void JingleShelf::follow(const QString &folder, const QStringList &extensions, bool isWatched)
{
    const QString wanted = folder + u'\n' + extensions.join(u' ') + (isWatched ? u'+' : u'-');
    if (wanted == m_loaded)
        return;
    m_loaded = wanted;
    m_ofFolder.clear();
    notifyFolder();
    m_request = folder.isEmpty() ? 0 : m_library.importPaths({folder}, extensions, RowList::Jingles);
    m_watch.reset();
    if (!folder.isEmpty() && isWatched)
        watch(folder, extensions);
}

void JingleShelf::watch(const QString &folder, const QStringList &extensions)
{
    m_watch = std::make_unique<FolderWatch>(nullptr, m_pace);
    connect(m_watch.get(), &FolderWatch::appeared, this, &JingleShelf::takeIn);
    connect(m_watch.get(), &FolderWatch::returned, this, &JingleShelf::takeIn);
    connect(m_watch.get(), &FolderWatch::vanished, this, &JingleShelf::takeAway);
    m_watch->setEnabled(true);
    m_watch->setExtensions(extensions);
    m_watch->setFolders({folder});
}

void JingleShelf::takeIn(const QStringList &paths)
{
    QList<PlaylistEntry> fresh = Library::rowsFor(paths);
    fresh.removeIf([this](const PlaylistEntry &entry) {
        return std::any_of(m_ofFolder.cbegin(), m_ofFolder.cend(),
                           [&entry](const PlaylistEntry &known) { return known.path == entry.path; });
    });
    m_ofFolder += fresh;
    notifyFolder();
    m_library.readTags(fresh, RowList::Jingles);
}

void JingleShelf::takeAway(const QStringList &paths)
{
    m_ofFolder.removeIf([&paths](const PlaylistEntry &entry) { return paths.contains(entry.path); });
    notifyFolder();
}

void JingleShelf::setOwn(const QList<PlaylistEntry> &jingles)
{
    m_own = jingles;
    notify();
}

void JingleShelf::followTags(const ReadRows &read)
{
    takeOver(read, m_ofFolder);
    takeOver(read, m_own);
}

bool JingleShelf::claimFound(quint64 request, const QList<PlaylistEntry> &entries)
{
    if (request != m_request)
        return false;
    m_ofFolder += entries;
    return true;
}

bool JingleShelf::finish(quint64 request)
{
    if (request != m_request)
        return false;
    notifyFolder();
    m_library.readTags(m_ofFolder, RowList::Jingles);
    return true;
}

void JingleShelf::notify()
{
    emit changed(m_own + m_ofFolder);
}

void JingleShelf::notifyFolder()
{
    notify();
    emit folderChanged(m_ofFolder);
}

} // namespace cycast
