// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/offthread.h"
#include "core/base/sentence.h"
#include "core/playlist/library/batchpacer.h"
#include "core/values/entrylist.h"
#include "core/values/playlistentry.h"
#include "core/values/rowlist.h"

#include <QObject>

#include <memory>

namespace cycast
{

/// Lists files and reads tags on a pool of its own; lives in the thread of StationControl, results arrive
/// there as signals in batches of at most `batchRows`, one in a turn of the event loop, so that 100,000 files
/// do not flood anybody.
class Library : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype batchRows = 2000;
    /// What has been found is told this often, tags that were read likewise.
    static constexpr int filesIntervalMs = 50;
    static constexpr int tagsIntervalMs = 250;

    explicit Library(QObject *parent = nullptr);
    /// Cancels and waits for the file being read, at most 2 s.
    ~Library() override;

    /// `extensions`: lower case with dot; only these are taken from folders. Files named directly are taken
    /// whatever they are (their problem is told later), playlist files are read.
    /// Returns at once with the number that the signals carry. Missing files of a playlist are rows with a
    /// problem.
    quint64 importPaths(const QStringList &paths, const QStringList &extensions,
                        RowList list = RowList::Tracks);
    /// Returns at once; may be called again while tags are being read: the new ones come after the others.
    /// Rows come first: reading begins when no import is under way, or two seconds after one began.
    void readTags(const QList<PlaylistEntry> &entries, RowList list = RowList::Tracks);
    /// Answers with filesMissing when some of them are not there, and reads the tags of those that have
    /// changed since theirs were read.
    void lookForFiles(const EntryList &entries);
    /// Answers with coverRead.
    void readCover(quint64 entryId, const QString &path);
    /// Writes aside and swaps; the format by the name's ending. Answers with playlistExported.
    void exportPlaylist(const EntryList &entries, const QString &path);

    /// Rows with new ids, named after their files.
    static QList<PlaylistEntry> rowsFor(const QStringList &paths);
    static void markMissing(PlaylistEntry &entry);

    /// Ends the imports of this list that are under way, and the reading of its tags; what goes on for the
    /// other one goes on. Rows found until now stay; importFinished() comes for every import.
    void cancel(RowList list);

signals:
    void filesFound(quint64 request, const QList<cycast::PlaylistEntry> &entries);
    void importFinished(quint64 request, int found, const QList<cycast::Sentence> &problems);
    void tagsRead(const QList<cycast::PlaylistEntry> &entries);
    void tagProgress(int done, int total);
    void filesMissing(const QStringList &paths);
    void coverRead(quint64 entryId, const QByteArray &picture);
    void playlistExported(const QString &path, const cycast::Sentence &error);

private:
    struct Shared;

    bool deliverFiles();
    bool deliverTags();
    void startTagWorkers();

    OffThread<Library> m_off;
    std::shared_ptr<Shared> m_shared; ///< what the jobs know; outlives this object when a disk hangs
    BatchPacer m_filesPacer;
    BatchPacer m_tagsPacer;
    QTimer m_rowsFirst;  ///< while it runs, an import goes before tags
    int m_importing = 0; ///< imports whose end has not been told
    quint64 m_lastRequest = 0;
};

/// Files below `folder`, recursively, sorted as a person would (natural, folders together); symbolic links
/// to folders are followed once. Blocking; for a pool thread or for the start of cycastd.
QStringList filesBelow(const QString &folder, const QStringList &extensions);

} // namespace cycast
