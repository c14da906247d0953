// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/values/playlistentry.h"

#include <QHash>
#include <QStringList>

namespace cycast
{

/// Pure functions over a playlist's bytes; nothing here touches the disk.
///
/// M3U and M3U8 (BOM, #EXTM3U, #EXTENC, #EXTINF; UTF-8 when valid, else Windows-1252), PLS (File1=, Title1=,
/// in any order), XSPF (location, title, creator, album, duration in ms), CUE (its files). Entries may be
/// relative to the list's folder, absolute, `file://` URLs with percent-escapes, or have backslashes. http(s)
/// entries give a problem line, not a row.
struct ParsedPlaylist {
    QList<PlaylistEntry> entries; ///< absolute paths; ids are set; title and artist from the list when given
    QList<Sentence> problems;     ///< "line 12: ..."
    /// By id, where the list's bytes are no UTF-8: the same place with these bytes in it. The disk tells
    /// which of the two is meant.
    QHash<quint64, QString> exactPaths = {};
};

bool isPlaylistFile(const QString &path); ///< by its ending
Result<ParsedPlaylist> parsePlaylist(QByteArrayView bytes, const QString &fileName, const QString &folder);

/// By the name's ending: .m3u, .pls or .xspf; M3U8 for everything else. Places relative to `folder` where
/// that is possible. What this writes, parsePlaylist() reads as it was; names that are no UTF-8 are written
/// with their own bytes, and come back in exactPaths.
QByteArray writePlaylist(const QList<PlaylistEntry> &entries, const QString &fileName, const QString &folder);

/// M3U8 in UTF-8 with #EXTINF and paths relative to `folder` where that is possible.
QByteArray writeM3u8(const QList<PlaylistEntry> &entries, const QString &folder);

} // namespace cycast
