// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ThreadedStation that is about files: imports, tags, watched folders, pictures, lists.
#include "core/base/filename.h"
#include "core/base/log.h"
#include "core/base/patientdisk.h"
#include "core/playlist/formats/namefinder.h"
#include "core/playlist/library/folderwatch.h"
#include "core/playlist/library/library.h"
#include "core/playlist/library/loudnesssurvey.h"
#include "core/station/orderstore.h"
#include "core/station/threadedstation.h"
#include "core/values/playlistentry.h"

#include <QDir>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int searchAgainMs = 10'000;

/// Everything is newer.
QDateTime sinceEver()
{
    return QDateTime::fromMSecsSinceEpoch(0);
}

} // namespace

void ThreadedStation::connectLibrary()
{
    connect(m_library.get(), &Library::filesFound, this,
            [this](quint64 request, const QList<PlaylistEntry> &entries) {
                if (request == m_directoryRequest) {
                    m_directoryEntries.append(entries);
                    return;
                }
                if (request == m_jingleRequest) {
                    m_jingles += entries;
                    return;
                }
                emit filesFound(request, entries);
                m_library->readTags(entries,
                                    m_jingleImports.contains(request) ? RowList::Jingles : RowList::Tracks);
            });
    connect(m_library.get(), &Library::importFinished, this,
            [this, told = QStringList()](quint64 request, int found, const QStringList &problems) mutable {
                const QString music = musicFolder(m_settings.playlist.directory);
                m_jingleImports.remove(request);
                if (m_watchAfter.contains(request)) {
                    const auto [folders, since] = m_watchAfter.take(request);
                    // The music folder may be on a disk that comes later; others are named when they are
                    // there.
                    if (found == 0 && folders.contains(music))
                        m_watch->addFolders({music}, sinceEver(), true);
                    m_watch->addFolders(folders, since);
                }
                if (request != m_directoryRequest && request != m_jingleRequest) {
                    emit importFinished(request, found, problems);
                    return;
                }
                for (const QString &problem : problems) {
                    if (!told.contains(problem))
                        qCWarning(lcPlaylist).noquote() << problem;
                }
                told = problems;
                if (request == m_directoryRequest && found == 0)
                    waitForDirectory(music);
                if (request == m_directoryRequest) {
                    takeDirectory(m_directoryEntries);
                    m_library->readTags(m_directoryEntries.mid(0));
                } else {
                    tellJingles();
                    emit folderJinglesChanged(m_jingles);
                    m_library->readTags(m_jingles, RowList::Jingles);
                }
            });
    // Whoever finds it first, reader or tags: what cannot be played is in the log once.
    connect(this, &ThreadedStation::entryProblem, this,
            [this](quint64 entryId, const QString &reason, EntryFault fault) {
                m_loggedProblems.insert(entryId);
                lookForBetter(entryId, reason, fault);
            });
    connect(m_library.get(), &Library::tagsRead, this, &ThreadedStation::takeTags);
    connect(m_library.get(), &Library::tagProgress, this, [this](int done, int total) {
        m_survey->setHeld(done < total);
        emit tagProgress(done, total);
    });
    connect(m_survey.get(), &LoudnessSurvey::measured, this, &ThreadedStation::entryMeasured);
    connect(m_library.get(), &Library::filesMissing, this, &ThreadedStation::takeVanished);
    connect(m_library.get(), &Library::coverRead, this, &ThreadedStation::coverRead);
    connect(m_library.get(), &Library::playlistExported, this, &ThreadedStation::playlistExported);
}

/// Nothing is in the music folder, or it is not there: a disk may come later. Whatever the watch finds there
/// is new, also what came while it was being searched. Where nothing may be watched, it is searched again.
void ThreadedStation::waitForDirectory(const QString &music)
{
    m_watch->setFolders({});
    m_watch->addFolders({music}, sinceEver(), true);
    if (m_settings.playlist.watch)
        return;
    QTimer::singleShot(searchAgainMs, this, [this, request = m_directoryRequest, music] {
        if (request == m_directoryRequest)
            m_directoryRequest = m_library->importPaths({music}, m_settings.playlist.extensions);
    });
}

void ThreadedStation::takeTags(const QList<PlaylistEntry> &entries)
{
    QHash<quint64, const PlaylistEntry *> read;
    QStringList missing;
    QStringList broken;
    for (const PlaylistEntry &entry : entries) {
        read.insert(entry.id, &entry);
        if (entry.fault == EntryFault::Missing)
            missing.append(entry.path);
        else if (!entry.problem.isEmpty() && entry.fault != EntryFault::NoAnswer)
            broken.append(entry.path);
        if (entry.problem.isEmpty()) {
            m_loggedProblems.remove(entry.id);
        } else if (!m_loggedProblems.contains(entry.id)) {
            m_loggedProblems.insert(entry.id);
            qCWarning(lcPlaylist).noquote() << entry.problem;
        }
    }
    if (!missing.isEmpty())
        m_watch->lookFor(missing);
    if (!broken.isEmpty())
        m_watch->lookForChange(broken);
    const auto takeOver = [&read](auto &rows) {
        for (qsizetype row = 0; row < rows.size(); ++row) {
            if (const PlaylistEntry *withTags = read.value(std::as_const(rows).at(row).id))
                rows[row] = *withTags;
        }
    };
    takeOver(m_jingles);
    takeOver(m_ownJingles);
    if (m_options.loadsDirectory) {
        takeOver(m_directoryEntries);
        m_playlist = m_directoryEntries;
    }
    // Rows that the station does not have yet will come with their tags.
    tellTags(entries);
    m_survey->add(entries);
    emit tagsRead(entries);
}

/// Rows of an earlier run, whose tags are known and will not be read again.
void ThreadedStation::surveyRestored()
{
    QList<PlaylistEntry> rows;
    for (const PlaylistEntry &entry : std::as_const(m_playlist)) {
        if (entry.tagsRead && entry.silentEndMs < 0)
            rows.append(entry);
    }
    m_survey->add(rows);
}

QString ThreadedStation::absolute(const QString &folder) const
{
    return absolutePath(folder, m_options.baseDirectory);
}

/// The one that is meant, where the settings were written on another system than its name.
QString ThreadedStation::musicFolder(const QString &written) const
{
    constexpr int patienceMs = 1000;
    const QString path = absolute(written);
    const auto meant = std::make_shared<QString>();
    const bool isDone = patiently(path, patienceMs, [meant, path] { *meant = NameFinder({}).find(path); });
    return isDone && !meant->isEmpty() ? *meant : path;
}

void ThreadedStation::loadDirectory()
{
    if (!m_options.loadsDirectory)
        return;
    const Settings::Playlist &playlist = m_settings.playlist;
    const QString wanted = playlist.directory + u'\n' + playlist.extensions.join(u' ');
    if (wanted == m_loadedDirectory)
        return;
    m_loadedDirectory = wanted;
    m_directoryEntries.clear();
    m_library->cancel(RowList::Tracks);
    const QString folder = musicFolder(playlist.directory);
    m_directoryRequest = m_library->importPaths({folder}, playlist.extensions);
    m_watch->setFolders({folder});
}

void ThreadedStation::takeDirectory(EntryList entries)
{
    m_directoryEntries = std::move(entries);
    setPlaylist(m_directoryEntries);
}

void ThreadedStation::loadJingles()
{
    const QString &directory = m_settings.jingles.directory;
    const QString wanted = directory + u'\n' + m_settings.playlist.extensions.join(u' ') +
                           (m_settings.playlist.watch ? u'+' : u'-');
    if (wanted == m_loadedJingles)
        return;
    m_loadedJingles = wanted;
    m_jingles.clear();
    tellJingles();
    emit folderJinglesChanged(m_jingles);
    const QString folder = directory.isEmpty() ? QString() : musicFolder(directory);
    m_jingleRequest =
        folder.isEmpty() ? 0
                         : m_library->importPaths({folder}, m_settings.playlist.extensions, RowList::Jingles);
    watchJingles(folder);
}

void ThreadedStation::watchJingles(const QString &folder)
{
    m_jingleWatch.reset();
    if (folder.isEmpty() || !m_settings.playlist.watch)
        return;
    m_jingleWatch = std::make_unique<FolderWatch>();
    FolderWatch *watch = m_jingleWatch.get();
    const auto hasChanged = [this] {
        tellJingles();
        emit folderJinglesChanged(m_jingles);
    };
    const auto takeIn = [this, hasChanged](const QStringList &paths) {
        QList<PlaylistEntry> fresh = Library::rowsFor(paths);
        fresh.removeIf([this](const PlaylistEntry &entry) {
            return std::any_of(m_jingles.cbegin(), m_jingles.cend(),
                               [&entry](const PlaylistEntry &known) { return known.path == entry.path; });
        });
        m_jingles += fresh;
        hasChanged();
        m_library->readTags(fresh, RowList::Jingles);
    };
    connect(watch, &FolderWatch::appeared, this, takeIn);
    connect(watch, &FolderWatch::returned, this, takeIn);
    connect(watch, &FolderWatch::vanished, this, [this, hasChanged](const QStringList &paths) {
        m_jingles.removeIf([&paths](const PlaylistEntry &entry) { return paths.contains(entry.path); });
        hasChanged();
    });
    watch->setEnabled(true);
    watch->setExtensions(m_settings.playlist.extensions);
    watch->setFolders({folder});
}

quint64 ThreadedStation::importJingles(const QStringList &paths)
{
    const quint64 request = m_library->importPaths(paths, m_settings.playlist.extensions, RowList::Jingles);
    m_jingleImports.insert(request);
    return request;
}

quint64 ThreadedStation::importPaths(const QStringList &paths)
{
    // Listing goes first: looking at every file twice at the same time would slow it down.
    const quint64 request = m_library->importPaths(paths, m_settings.playlist.extensions);
    m_watchAfter.insert(request, {paths, QDateTime::currentDateTime()});
    return request;
}

void ThreadedStation::readTags(const QList<PlaylistEntry> &entries, RowList list)
{
    m_library->readTags(entries, list);
}

void ThreadedStation::cancelImport()
{
    m_library->cancel(RowList::Tracks);
    m_survey->cancel();
    m_survey->add(m_jingles);
    m_survey->add(m_ownJingles);
}

void ThreadedStation::exportPlaylist(const EntryList &entries, const QString &path)
{
    m_library->exportPlaylist(entries, path);
}

void ThreadedStation::lookForFiles(const EntryList &entries)
{
    m_library->lookForFiles(entries);
}

void ThreadedStation::readCover(quint64 entryId)
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

void ThreadedStation::connectWatch()
{
    connect(m_watch.get(), &FolderWatch::watching, this, &ThreadedStation::foldersWatched);
    connect(m_watch.get(), &FolderWatch::appeared, this, &ThreadedStation::takeAppeared);
    connect(m_watch.get(), &FolderWatch::vanished, this, &ThreadedStation::takeVanished);
    connect(m_watch.get(), &FolderWatch::returned, this, &ThreadedStation::takeReturned);
    connect(m_watch.get(), &FolderWatch::noticed, this,
            [](const QString &sentence) { qCWarning(lcPlaylist).noquote() << sentence; });
}

void ThreadedStation::tellWatch()
{
    m_watch->setEnabled(m_settings.playlist.watch);
    m_watch->setExtensions(m_settings.playlist.extensions);
}

void ThreadedStation::watchFolders(const QStringList &folders, const QDateTime &since)
{
    m_watch->addFolders(folders, since, true);
}

void ThreadedStation::takeAppeared(const QStringList &paths)
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
    EntryList list = m_directoryEntries;
    for (const PlaylistEntry &entry : std::as_const(entries)) {
        if (const qsizetype at = known.value(entry.path, -1); at >= 0) {
            list[at].problem.clear();
            list[at].fault = EntryFault::None;
            unread.append(std::as_const(list).at(at));
        } else {
            list.append(entry);
            unread.append(entry);
        }
    }
    qCInfo(lcPlaylist).noquote() << u"%1 new in the music folder."_s.arg(entries.size());
    takeDirectory(std::move(list));
    m_library->readTags(unread);
}

void ThreadedStation::takeVanished(const QStringList &paths)
{
    if (m_options.loadsDirectory) {
        const QSet<QString> gone(paths.cbegin(), paths.cend());
        EntryList list = m_directoryEntries;
        for (qsizetype row = 0; row < list.size(); ++row) {
            if (gone.contains(list.at(row).path))
                Library::markMissing(list[row]);
        }
        takeDirectory(std::move(list));
    }
    m_watch->lookFor(paths);
    emit filesVanished(paths);
}

/// The reader was faster than the watch, or the file is in no watched folder; or it is damaged, and somebody
/// may put a whole one in its place.
void ThreadedStation::lookForBetter(quint64 entryId, const QString &reason, EntryFault fault)
{
    if (reason.isEmpty() || fault == EntryFault::NoAnswer)
        return;
    for (const PlaylistEntry &entry : std::as_const(m_playlist)) {
        if (entry.id != entryId)
            continue;
        if (fault == EntryFault::Missing)
            m_watch->lookFor({entry.path});
        else
            m_watch->lookForChange({entry.path});
        return;
    }
}

/// Files that were missing can be played again; what their tags are is read anew, whoever had put a disk with
/// other music there.
void ThreadedStation::takeReturned(const QStringList &paths)
{
    const QSet<QString> back(paths.cbegin(), paths.cend());
    QList<PlaylistEntry> rows;
    const auto gather = [&](const auto &list) {
        for (const PlaylistEntry &entry : list) {
            if (back.contains(entry.path))
                rows.append(entry);
        }
    };
    gather(m_playlist);
    gather(m_jingles);
    gather(m_ownJingles);
    m_library->readTags(rows);
}

} // namespace cycast
