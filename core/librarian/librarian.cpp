// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/librarian/librarian.h"

#include "core/base/filename.h"
#include "core/base/log.h"
#include "core/librarian/jingleshelf.h"
#include "core/librarian/musicfolder.h"
#include "core/librarian/readrows.h"
#include "core/playlist/library/foldersearch.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

Librarian::Librarian(Options options, QObject *parent)
    : FileNews(parent)
    , m_options(std::move(options))
    , m_watch(nullptr, m_options.pace)
    , m_jingles(std::make_unique<JingleShelf>(m_library, m_options.pace))
    , m_folder(m_options.loadsDirectory ? std::make_unique<MusicFolder>(m_library, m_watch) : nullptr)
{
    connectLibrary();
    connectWatch();
    connect(m_jingles.get(), &JingleShelf::changed, this, &Librarian::jinglesChanged);
    connect(m_jingles.get(), &JingleShelf::folderChanged, this, &Librarian::folderJinglesChanged);
    if (m_folder)
        connect(m_folder.get(), &MusicFolder::changed, this, &Librarian::folderChanged);
}

Librarian::~Librarian() = default;

void Librarian::connectLibrary()
{
    connect(&m_library, &Library::filesFound, this, &Librarian::takeFound);
    connect(&m_library, &Library::importFinished, this, &Librarian::finishImport);
    connect(&m_library, &Library::tagsRead, this, &Librarian::followTags);
    connect(&m_library, &Library::tagProgress, this, [this](int done, int total) {
        m_survey.setHeld(done < total);
        emit tagProgress(done, total);
    });
    connect(&m_library, &Library::filesMissing, this, &Librarian::followVanished);
    connect(&m_library, &Library::coverRead, this, &Librarian::coverRead);
    connect(&m_library, &Library::playlistExported, this, &Librarian::playlistExported);
    connect(&m_survey, &LoudnessSurvey::measured, this, &Librarian::entryMeasured);
}

void Librarian::connectWatch()
{
    connect(&m_watch, &FolderWatch::watching, this, &Librarian::foldersWatched);
    connect(&m_watch, &FolderWatch::appeared, this, &Librarian::followAppeared);
    connect(&m_watch, &FolderWatch::vanished, this, &Librarian::followVanished);
    connect(&m_watch, &FolderWatch::returned, this, &Librarian::followReturned);
    connect(&m_watch, &FolderWatch::noticed, this,
            [](const Sentence &sentence) { qCWarning(lcPlaylist).noquote() << sentence; });
}

/// Absolute, and as the disk calls it.
QString Librarian::musicFolder(const QString &written) const
{
    constexpr int patienceMs = 1000;
    return written.isEmpty() ? QString()
                             : folderMeant(absolutePath(written, m_options.baseDirectory), patienceMs);
}

void Librarian::followSettings(const Settings &settings)
{
    m_settings = settings;
    const Settings::Playlist &playlist = settings.playlist;
    m_survey.setRules({settings.encoder.loudness, m_options.isWatched, settings.encoder.channels});
    if (m_folder)
        m_folder->follow(musicFolder(playlist.directory), playlist.extensions, playlist.watch);
    m_jingles->follow(musicFolder(settings.jingles.directory), playlist.extensions, playlist.watch);
    prepareWatch(settings);
}

void Librarian::prepareWatch(const Settings &settings)
{
    m_settings = settings;
    m_watch.setEnabled(settings.playlist.watch);
    m_watch.setExtensions(settings.playlist.extensions);
}

void Librarian::surveyRestored()
{
    QList<PlaylistEntry> rows;
    for (const PlaylistEntry &entry : std::as_const(m_rows)) {
        if (entry.tagsRead && entry.silentEndMs < 0)
            rows.append(entry);
    }
    m_survey.add(rows);
}

void Librarian::setJingles(const QList<PlaylistEntry> &jingles)
{
    m_jingles->setOwn(jingles);
}

// ---------------------------------------------------------------- imports

quint64 Librarian::importPaths(const QStringList &paths)
{
    // Listing goes first: looking at every file twice at the same time would slow it down.
    const quint64 request = m_library.importPaths(paths, m_settings.playlist.extensions);
    m_watchAfter.insert(request, {paths, QDateTime::currentDateTime()});
    return request;
}

quint64 Librarian::importJingles(const QStringList &paths)
{
    const quint64 request = m_library.importPaths(paths, m_settings.playlist.extensions, RowList::Jingles);
    m_jingleImports.insert(request);
    return request;
}

void Librarian::takeFound(quint64 request, const QList<PlaylistEntry> &entries)
{
    if ((m_folder && m_folder->claimFound(request, entries)) || m_jingles->claimFound(request, entries))
        return;
    emit filesFound(request, entries);
    m_library.readTags(entries, m_jingleImports.contains(request) ? RowList::Jingles : RowList::Tracks);
}

void Librarian::finishImport(quint64 request, int found, const QList<Sentence> &problems)
{
    m_jingleImports.remove(request);
    watchWhatWasImported(request, found);
    const bool isOfFolder = (m_folder && m_folder->finish(request, found)) || m_jingles->finish(request);
    if (!isOfFolder) {
        emit importFinished(request, found, problems);
        return;
    }
    for (const Sentence &problem : problems) {
        if (!m_toldProblems.contains(problem))
            qCWarning(lcPlaylist).noquote() << problem;
    }
    m_toldProblems = problems;
}

void Librarian::watchWhatWasImported(quint64 request, int found)
{
    if (!m_watchAfter.contains(request))
        return;
    const auto [folders, since] = m_watchAfter.take(request);
    // The music folder may be on a disk that comes later; others are named when they are there.
    const QString music = musicFolder(m_settings.playlist.directory);
    if (found == 0 && folders.contains(music))
        m_watch.addFolders({music}, QDateTime::fromMSecsSinceEpoch(0), true); // all in it is newer
    m_watch.addFolders(folders, since);
}

void Librarian::cancelImport()
{
    m_library.cancel(RowList::Tracks);
    m_survey.cancel();
    m_survey.add(m_jingles->ofFolder());
    m_survey.add(m_jingles->own());
}

void Librarian::exportPlaylist(const EntryList &entries, const QString &path)
{
    m_library.exportPlaylist(entries, path);
}

// ---------------------------------------------------------------- tags, pictures, problems

void Librarian::followTags(const QList<PlaylistEntry> &entries)
{
    logOnce(entries);
    const ReadRows read = readRows(entries);
    m_jingles->followTags(read);
    if (m_folder) {
        m_folder->followTags(read);
        m_rows = m_folder->rows();
    }
    m_survey.add(entries);
    emit tagsRead(entries);
}

/// Whoever finds it first, reader or tags: what cannot be played is in the log once.
void Librarian::logOnce(const QList<PlaylistEntry> &entries)
{
    QStringList missing;
    QStringList broken;
    for (const PlaylistEntry &entry : entries) {
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
        m_watch.lookFor(missing);
    if (!broken.isEmpty())
        m_watch.lookForChange(broken);
}

void Librarian::followProblem(quint64 entryId, EntryFault fault)
{
    m_loggedProblems.insert(entryId);
    // The reader was faster than the watch, or the file is in no watched folder; or it is damaged, and
    // somebody may put a whole one in its place.
    for (const PlaylistEntry &entry : std::as_const(m_rows)) {
        if (entry.id != entryId)
            continue;
        if (fault == EntryFault::Missing)
            m_watch.lookFor({entry.path});
        else if (fault != EntryFault::NoAnswer)
            m_watch.lookForChange({entry.path});
        return;
    }
}

void Librarian::readCover(quint64 entryId)
{
    for (const PlaylistEntry &entry : std::as_const(m_rows)) {
        if (entry.id == entryId) {
            m_library.readCover(entryId, entry.path);
            return;
        }
    }
    emit coverRead(entryId, {});
}

// ---------------------------------------------------------------- watched folders

void Librarian::watchFolders(const QStringList &folders, const QDateTime &since)
{
    m_watch.addFolders(folders, since, true);
}

void Librarian::followAppeared(const QStringList &paths)
{
    if (m_folder)
        m_folder->followAppeared(paths);
    else
        emit filesAppeared(Library::rowsFor(paths));
}

void Librarian::followVanished(const QStringList &paths)
{
    if (m_folder)
        m_folder->followVanished(paths);
    m_watch.lookFor(paths);
    emit filesVanished(paths);
}

/// Files that were missing can be played again; what their tags are is read anew, whoever had put a disk with
/// other music there.
void Librarian::followReturned(const QStringList &paths)
{
    const QSet<QString> back(paths.cbegin(), paths.cend());
    QList<PlaylistEntry> rows;
    const auto gather = [&](const auto &list) {
        for (const PlaylistEntry &entry : list) {
            if (back.contains(entry.path))
                rows.append(entry);
        }
    };
    gather(m_rows);
    gather(m_jingles->ofFolder());
    gather(m_jingles->own());
    m_library.readTags(rows);
}

} // namespace cycast
