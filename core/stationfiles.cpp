// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of StationControl that is about files: imports, tags, watched folders, pictures, lists.
#include "core/log.h"
#include "core/orderstore.h"
#include "core/playlist/folderwatch.h"
#include "core/playlist/library.h"
#include "core/stationcontrol.h"

#include <QDir>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

void StationControl::connectLibrary()
{
    connect(m_library.get(), &Library::filesFound, this,
            [this](quint64 request, const QList<PlaylistEntry> &entries) {
                if (request == m_directoryRequest) {
                    m_directoryEntries += entries;
                    return;
                }
                if (request == m_jingleRequest) {
                    m_jingles += entries;
                    return;
                }
                emit filesFound(request, entries);
                m_library->readTags(entries);
            });
    connect(m_library.get(), &Library::importFinished, this,
            [this](quint64 request, int found, const QStringList &problems) {
                if (request != m_directoryRequest && request != m_jingleRequest) {
                    emit importFinished(request, found, problems);
                    return;
                }
                for (const QString &problem : problems)
                    qCWarning(lcPlaylist).noquote() << problem;
                if (request == m_directoryRequest) {
                    takeDirectory(m_directoryEntries);
                    m_library->readTags(m_directoryEntries);
                } else {
                    tellJingles();
                    m_library->readTags(m_jingles);
                }
            });
    // Whoever finds it first, reader or tags: what cannot be played is in the log once.
    connect(this, &StationControl::entryProblem, this,
            [this](quint64 entryId, const QString &) { m_loggedProblems.insert(entryId); });
    connect(m_library.get(), &Library::tagsRead, this, &StationControl::takeTags);
    connect(m_library.get(), &Library::tagProgress, this, &StationControl::tagProgress);
    connect(m_library.get(), &Library::filesMissing, this, &StationControl::takeVanished);
    connect(m_library.get(), &Library::coverRead, this, &StationControl::coverRead);
    connect(m_library.get(), &Library::playlistExported, this, &StationControl::playlistExported);
}

void StationControl::takeTags(const QList<PlaylistEntry> &entries)
{
    QHash<quint64, const PlaylistEntry *> read;
    for (const PlaylistEntry &entry : entries) {
        read.insert(entry.id, &entry);
        if (entry.problem.isEmpty()) {
            m_loggedProblems.remove(entry.id);
        } else if (!m_loggedProblems.contains(entry.id)) {
            m_loggedProblems.insert(entry.id);
            qCWarning(lcPlaylist).noquote() << entry.problem;
        }
    }
    const auto takeOver = [&read](QList<PlaylistEntry> &rows) {
        bool isChanged = false;
        for (PlaylistEntry &entry : rows) {
            if (const PlaylistEntry *withTags = read.value(entry.id)) {
                entry = *withTags;
                isChanged = true;
            }
        }
        return isChanged;
    };
    if (takeOver(m_jingles))
        tellJingles();
    if (m_options.loadsDirectory && takeOver(m_directoryEntries))
        setPlaylist(m_directoryEntries);
    emit tagsRead(entries);
}

QString StationControl::absolute(const QString &folder) const
{
    return QDir::cleanPath(QDir(m_options.baseDirectory).absoluteFilePath(folder));
}

void StationControl::loadDirectory()
{
    if (!m_options.loadsDirectory)
        return;
    const Settings::Playlist &playlist = m_settings.playlist;
    const QString wanted = playlist.directory + u'\n' + playlist.extensions.join(u' ');
    if (wanted == m_loadedDirectory)
        return;
    m_loadedDirectory = wanted;
    m_directoryEntries.clear();
    m_library->cancel();
    m_directoryRequest = m_library->importPaths({absolute(playlist.directory)}, playlist.extensions);
    m_watch->setFolders({absolute(playlist.directory)});
}

void StationControl::takeDirectory(QList<PlaylistEntry> entries)
{
    m_directoryEntries = std::move(entries);
    setPlaylist(m_directoryEntries);
}

void StationControl::loadJingles()
{
    const QString &directory = m_settings.jingles.directory;
    const QString wanted = directory + u'\n' + m_settings.playlist.extensions.join(u' ');
    if (wanted == m_loadedJingles)
        return;
    m_loadedJingles = wanted;
    m_jingles.clear();
    tellJingles();
    m_jingleRequest = directory.isEmpty()
                          ? 0
                          : m_library->importPaths({absolute(directory)}, m_settings.playlist.extensions);
}

quint64 StationControl::importPaths(const QStringList &paths)
{
    watchFolders(paths);
    return m_library->importPaths(paths, m_settings.playlist.extensions);
}

void StationControl::readTags(const QList<PlaylistEntry> &entries)
{
    m_library->readTags(entries);
}

void StationControl::cancelImport()
{
    m_library->cancel();
}

void StationControl::exportPlaylist(const QList<PlaylistEntry> &entries, const QString &path)
{
    m_library->exportPlaylist(entries, path);
}

void StationControl::lookForFiles(const QList<PlaylistEntry> &entries)
{
    m_library->lookForFiles(entries);
}

void StationControl::readCover(quint64 entryId)
{
    for (const PlaylistEntry &entry : std::as_const(m_playlist)) {
        if (entry.id == entryId) {
            m_library->readCover(entryId, entry.path);
            return;
        }
    }
    emit coverRead(entryId, {});
}

// ---------------------------------------------------------------- watched folders

void StationControl::connectWatch()
{
    connect(m_watch.get(), &FolderWatch::watching, this, &StationControl::foldersWatched);
    connect(m_watch.get(), &FolderWatch::appeared, this, &StationControl::takeAppeared);
    connect(m_watch.get(), &FolderWatch::vanished, this, &StationControl::takeVanished);
    connect(m_watch.get(), &FolderWatch::noticed, this,
            [](const QString &sentence) { qCWarning(lcPlaylist).noquote() << sentence; });
}

void StationControl::tellWatch()
{
    m_watch->setEnabled(m_settings.playlist.watch);
    m_watch->setExtensions(m_settings.playlist.extensions);
}

void StationControl::watchFolders(const QStringList &folders, const QDateTime &since)
{
    m_watch->addFolders(folders, since);
}

void StationControl::takeAppeared(const QStringList &paths)
{
    QList<PlaylistEntry> entries = Library::rowsFor(paths);
    if (!m_options.loadsDirectory) {
        emit filesAppeared(entries);
        return;
    }
    // Files that are back get their old rows again.
    QHash<QString, qsizetype> known;
    for (qsizetype i = 0; i < m_directoryEntries.size(); ++i)
        known.insert(m_directoryEntries.at(i).path, i);
    QList<PlaylistEntry> unread;
    QList<PlaylistEntry> list = m_directoryEntries;
    for (const PlaylistEntry &entry : std::as_const(entries)) {
        if (const qsizetype at = known.value(entry.path, -1); at >= 0) {
            list[at].problem.clear();
            list[at].fault = EntryFault::None;
            unread.append(list.at(at));
        } else {
            list.append(entry);
            unread.append(entry);
        }
    }
    qCInfo(lcPlaylist).noquote() << u"%1 new in the music folder."_s.arg(entries.size());
    takeDirectory(std::move(list));
    m_library->readTags(unread);
}

void StationControl::takeVanished(const QStringList &paths)
{
    if (m_options.loadsDirectory) {
        const QSet<QString> gone(paths.cbegin(), paths.cend());
        QList<PlaylistEntry> list = m_directoryEntries;
        for (PlaylistEntry &entry : list) {
            if (gone.contains(entry.path))
                Library::markMissing(entry);
        }
        takeDirectory(std::move(list));
    }
    emit filesVanished(paths);
}

} // namespace cycast
