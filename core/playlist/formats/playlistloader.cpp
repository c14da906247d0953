// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/playlistloader.h"

#include "core/codec/regularfile.h"
#include "core/playlist/formats/playlistlocation.h"
#include "core/playlist/library/mediainfo.h"
#include "core/values/playlistentry.h"
#include "core/values/track.h"

#include <QDir>
#include <QFileInfo>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qint64 maxListBytes = 64LL * 1024 * 1024;

void moveTo(PlaylistEntry &entry, const QString &path)
{
    const TrackInfo before = trackFromFileName(entry.path);
    if (entry.track.title == before.title && entry.track.artist == before.artist) {
        const TrackInfo named = trackFromFileName(path);
        entry.track.title = named.title;
        entry.track.artist = named.artist;
    }
    entry.path = path;
    entry.problem.clear();
    entry.fault = EntryFault::None;
}

} // namespace

Result<ParsedPlaylist> readPlaylistFile(const QString &path)
{
    QFile file;
    const QFileInfo info(path);
    if (const auto opened = openRegularFile(file, path); !opened)
        return failure(opened.error().sentence);
    if (file.size() > maxListBytes)
        return failure(u"“%1” is too large for a playlist (more than 64 MB)."_s.arg(info.fileName()));
    const QByteArray bytes = file.read(maxListBytes);
    return parsePlaylist(bytes, info.fileName(), info.absolutePath());
}

void findOnDisk(PlaylistEntry &entry, const QString &listFolder)
{
    if (!entry.problem.isEmpty()) {
        entry.fault = EntryFault::Missing;
        const QStringList tails = windowsTails(entry.path);
        for (const QString &tail : tails) {
            const QString candidate = listFolder + u'/' + tail;
            if (QFileInfo::exists(candidate)) {
                moveTo(entry, QDir::cleanPath(candidate));
                return;
            }
        }
        return;
    }
    if (QFileInfo::exists(entry.path))
        return;
    const QString decoded = percentDecoded(entry.path);
    if (decoded != entry.path && !decoded.contains(QChar::Null) && QFileInfo::exists(decoded)) {
        moveTo(entry, decoded);
        return;
    }
    entry.fault = EntryFault::Missing;
    entry.problem =
        u"“%1” is not there: it was moved, renamed or deleted."_s.arg(QFileInfo(entry.path).fileName());
}

Result<ParsedPlaylist> loadPlaylistFile(const QString &path)
{
    Result<ParsedPlaylist> parsed = readPlaylistFile(path);
    if (parsed) {
        const QString folder = QFileInfo(path).absolutePath();
        for (PlaylistEntry &entry : parsed->entries)
            findOnDisk(entry, folder);
    }
    return parsed;
}

} // namespace cycast
