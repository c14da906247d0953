// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/librarian/musicfolder.h"

#include "core/base/log.h"
#include "core/playlist/library/folderwatch.h"
#include "core/playlist/library/library.h"

#include <QDateTime>
#include <QSet>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int searchAgainMs = 10'000;

} // namespace

MusicFolder::MusicFolder(Library &library, FolderWatch &watch, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_watch(watch)
{
}

void MusicFolder::follow(const QString &folder, const QStringList &extensions, bool isWatched)
{
    m_isWatched = isWatched;
    const QString wanted = folder + u'\n' + extensions.join(u' ');
    if (wanted == m_loaded)
        return;
    m_loaded = wanted;
    m_folder = folder;
    m_extensions = extensions;
    m_rows.clear();
    m_library.cancel(RowList::Tracks);
    m_request = m_library.importPaths({folder}, extensions);
    m_watch.setFolders({folder});
}

bool MusicFolder::claimFound(quint64 request, const QList<PlaylistEntry> &entries)
{
    if (request != m_request)
        return false;
    m_rows.append(entries);
    return true;
}

bool MusicFolder::finish(quint64 request, int found)
{
    if (request != m_request)
        return false;
    if (found == 0)
        waitForIt();
    emit changed(m_rows);
    m_library.readTags(m_rows.mid(0));
    return true;
}

/// Nothing is in the folder, or it is not there: a disk may come later. Whatever the watch finds there is
/// new, also what came while it was being searched. Where nothing may be watched, it is searched again.
void MusicFolder::waitForIt()
{
    const QDateTime sinceEver = QDateTime::fromMSecsSinceEpoch(0);
    m_watch.setFolders({});
    m_watch.addFolders({m_folder}, sinceEver, true);
    if (m_isWatched)
        return;
    QTimer::singleShot(searchAgainMs, this, [this, request = m_request, folder = m_folder] {
        if (request == m_request)
            m_request = m_library.importPaths({folder}, m_extensions);
    });
}

void MusicFolder::followAppeared(const QStringList &paths)
{
    const QList<PlaylistEntry> entries = Library::rowsFor(paths);
    // Files that are back get their old rows again.
    QHash<QString, qsizetype> known;
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        known.insert(std::as_const(m_rows).at(i).path, i);
    QList<PlaylistEntry> unread;
    for (const PlaylistEntry &entry : entries) {
        if (const qsizetype at = known.value(entry.path, -1); at >= 0) {
            m_rows[at].problem = {};
            m_rows[at].fault = EntryFault::None;
            unread.append(std::as_const(m_rows).at(at));
        } else {
            m_rows.append(entry);
            unread.append(entry);
        }
    }
    qCInfo(lcPlaylist).noquote() << u"%1 new in the music folder."_s.arg(entries.size());
    emit changed(m_rows);
    m_library.readTags(unread);
}

void MusicFolder::followVanished(const QStringList &paths)
{
    const QSet<QString> gone(paths.cbegin(), paths.cend());
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (gone.contains(std::as_const(m_rows).at(row).path))
            Library::markMissing(m_rows[row]);
    }
    emit changed(m_rows);
}

} // namespace cycast
