// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"
#include "core/librarian/filenews.h"
#include "core/playlist/library/folderwatch.h"
#include "core/playlist/library/library.h"
#include "core/playlist/library/loudnesssurvey.h"
#include "core/values/entrylist.h"
#include "core/values/rowlist.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace cycast
{

class JingleShelf;
class MusicFolder;

/// Knows the files: imports, tags, loudness, watched folders, jingles, and the music folder of a station that
/// loads its list itself. All of it is done on the caller's side of the door, in the caller's thread and on
/// threads of the library's own: nothing here knows that there is a station, which is told what the signals
/// say.
class Librarian : public FileNews
{
    Q_OBJECT

public:
    struct Options {
        QString baseDirectory;       ///< against which relative folders of the settings are read
        bool loadsDirectory = false; ///< the list is what playlist.directory holds (folderChanged)
        bool isWatched = true;       ///< somebody sees the verdict on the list
        FolderPace pace = {};        ///< of all folders that are watched
    };
    explicit Librarian(Options options, QObject *parent = nullptr);
    ~Librarian() override;

    /// Those that are in force: folders that are others now are read again.
    void followSettings(const Settings &settings);
    /// Of settings that are not in force yet, for those who want folders watched before that.
    void prepareWatch(const Settings &settings);

    /// The rows that are played; their tags may be newer there.
    void setRows(const EntryList &rows) { m_rows = rows; }
    const EntryList &rows() const { return m_rows; }
    /// Rows of an earlier run, whose tags are known and will not be read again: how loud they are may not be.
    void surveyRestored();
    /// Of the second list; those of jingles.directory come behind them.
    void setJingles(const QList<PlaylistEntry> &jingles);

    /// Tags that somebody else has read (the reader, when a track's turn came).
    void followTags(const QList<PlaylistEntry> &entries);
    /// What the reader found: it has been logged, and a file that is missing is looked for.
    void followProblem(quint64 entryId, EntryFault fault);

    // As in StationControl.
    quint64 importPaths(const QStringList &paths);
    quint64 importJingles(const QStringList &paths);
    void readTags(const QList<PlaylistEntry> &entries, RowList list) { m_library.readTags(entries, list); }
    void cancelImport();
    void exportPlaylist(const EntryList &entries, const QString &path);
    void lookForFiles(const EntryList &entries) { m_library.lookForFiles(entries); }
    void watchFolders(const QStringList &folders, const QDateTime &since);
    void readCover(quint64 entryId);

signals:
    /// What is to be played, for a station that loads its list itself.
    void folderChanged(const cycast::EntryList &rows);
    /// All jingles, those of the folder behind the others.
    void jinglesChanged(const QList<cycast::PlaylistEntry> &jingles);

private:
    void connectLibrary();
    void connectWatch();
    void takeFound(quint64 request, const QList<PlaylistEntry> &entries);
    void finishImport(quint64 request, int found, const QList<Sentence> &problems);
    void watchWhatWasImported(quint64 request, int found);
    void logOnce(const QList<PlaylistEntry> &entries);
    void followAppeared(const QStringList &paths);
    void followVanished(const QStringList &paths);
    void followReturned(const QStringList &paths);
    QString musicFolder(const QString &written) const;

    Options m_options;
    Settings m_settings;
    Library m_library;
    FolderWatch m_watch;
    LoudnessSurvey m_survey;
    std::unique_ptr<JingleShelf> m_jingles;
    std::unique_ptr<MusicFolder> m_folder; ///< null: somebody else makes the list
    EntryList m_rows;
    QList<Sentence> m_toldProblems; ///< of the last import of the folder
    QSet<quint64> m_loggedProblems; ///< rows whose problem has been logged
    QSet<quint64> m_jingleImports;  ///< those under way
    /// Imports under way: what is to be watched when they end, and since when.
    QHash<quint64, std::pair<QStringList, QDateTime>> m_watchAfter;
};

} // namespace cycast
