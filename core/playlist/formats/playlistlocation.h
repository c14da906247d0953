// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/values/playlistentry.h"

#include <QStringList>

#include <optional>

namespace cycast
{

/// How a playlist writes its places: as paths (M3U, PLS) or as URI references (XSPF), where a percent sign
/// always begins an escape.
enum class LocationStyle : quint8 { Path, Uri };

struct ParsedPlaylist;

/// Where a playlist's line points.
struct PlaylistLocation {
    QString path;     ///< absolute and clean; for a Windows place on another system: as it was written
    QString exact;    ///< where its bytes are no UTF-8: the same with these bytes (core/base/filename.h)
    Sentence problem; ///< why it is a row but cannot be found from here (a Windows place)
    Sentence refusal; ///< why it is no row at all (an internet address, not a path)
};

/// Pure: nothing is looked up. `folder` is absolute.
/// `exact`: what is written with its own bytes, where they are no UTF-8.
PlaylistLocation resolveLocation(const QString &written, const QString &folder, LocationStyle style,
                                 const QString &exact = {});

/// Why an address (a word with a scheme other than file:) is nothing to play, and what to do; empty for every
/// other word.
Sentence addressRefusal(const QString &word);

/// "C:\Music\Album\a.mp3" -> "Music/Album/a.mp3", "Album/a.mp3", "a.mp3": what may be found beside a list
/// that came from a Windows machine. Empty for anything else.
QStringList windowsTails(const QString &path);

/// Percent escapes decoded; signs that begin no escape stay. Bytes by decodeText().
QString percentDecoded(const QString &text);

/// How a path is written into a list that lies in `folder`: relative when both share a folder below the
/// root, with "./" or as file:// URL where it could be misread.
QString writtenLocation(const QString &path, const QString &folder);

/// Puts a row into the list, its track from the list's words or else from the file's name. `words`: "Artist -
/// Title" or a title, may be empty.
void addRow(ParsedPlaylist &parsed, const PlaylistLocation &location, const QString &words,
            const QString &artist, const QString &album, qint64 durationMs);

} // namespace cycast
