// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/values/playlistentry.h"

#include <QObject>

namespace cycast
{

/// What is said of files, in one tongue: the librarian finds it out, and the station's door passes it on as
/// it is. Lives in the caller's thread.
class FileNews : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

signals:
    void filesFound(quint64 request, const QList<cycast::PlaylistEntry> &entries);
    /// `problems`: a sentence for each path or line that gave nothing.
    void importFinished(quint64 request, int found, const QList<cycast::Sentence> &problems);
    /// Same ids as the rows they belong to.
    void tagsRead(const QList<cycast::PlaylistEntry> &entries);
    /// Counts over all tag reading in flight; done == total when finished.
    void tagProgress(int done, int total);
    /// The folders that are watched now, as they were given.
    void foldersWatched(const QStringList &folders);
    /// Rows for files that are new, or back, below watched folders. Whoever takes them in asks for their
    /// tags.
    void filesAppeared(const QList<cycast::PlaylistEntry> &entries);
    /// Paths below watched folders that are gone.
    void filesVanished(const QStringList &paths);
    /// What jingles.directory holds now; it is watched as the others are.
    void folderJinglesChanged(const QList<cycast::PlaylistEntry> &jingles);
    /// An encoded picture (JPEG, PNG ...) of at most 16 MiB; empty: there is none.
    void coverRead(quint64 entryId, const QByteArray &picture);
    /// `error`: a sentence; empty when the file is written.
    void playlistExported(const QString &path, const cycast::Sentence &error);
    /// How loud a row's file was found to be (LUFS; -70: it is silence), and the silence at its end.
    void entryMeasured(quint64 entryId, double lufs, int silentEndMs);
};

} // namespace cycast
