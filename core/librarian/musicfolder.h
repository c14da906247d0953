// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/librarian/readrows.h"
#include "core/values/entrylist.h"

#include <QObject>
#include <QStringList>

namespace cycast
{

class FolderWatch;
class Library;

/// The list of a station that nobody makes one for (cycastd): what playlist.directory holds. Files that go
/// keep their rows, and get them again when they are back. Lives in the caller's thread.
class MusicFolder : public QObject
{
    Q_OBJECT

public:
    /// `library` reads what is here, `watch` tells what comes and goes; both outlive this.
    MusicFolder(Library &library, FolderWatch &watch, QObject *parent = nullptr);

    /// `folder`: absolute. Another one, other extensions: it is read again.
    void follow(const QString &folder, const QStringList &extensions, bool isWatched);

    /// Of the folder's import; false: it belongs to somebody else.
    bool claimFound(quint64 request, const QList<PlaylistEntry> &entries);
    bool finish(quint64 request, int found);

    void followTags(const ReadRows &read) { takeOver(read, m_rows); }
    void followAppeared(const QStringList &paths);
    void followVanished(const QStringList &paths);

    const EntryList &rows() const { return m_rows; }

signals:
    /// Tags alone are no change.
    void changed(const cycast::EntryList &rows);

private:
    void waitForIt();

    Library &m_library;
    FolderWatch &m_watch;
    QString m_folder;
    QStringList m_extensions;
    bool m_isWatched = false;
    QString m_loaded; ///< what follow() has taken, with its extensions
    quint64 m_request = 0;
    EntryList m_rows;
};

} // namespace cycast
