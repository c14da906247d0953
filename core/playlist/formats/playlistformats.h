// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/playlist/formats/playlistfile.h"

/// The single formats behind parsePlaylist(). Pure functions; `folder` is absolute.
namespace cycast
{

ParsedPlaylist parseM3u(QByteArrayView bytes, const QString &folder);
ParsedPlaylist parsePls(QByteArrayView bytes, const QString &folder);
/// XML that cannot be read on gives the rows before the fault and a problem line.
ParsedPlaylist parseXspf(QByteArrayView bytes, const QString &folder);

/// A row for each FILE, named after its track when it has one only. A track belongs to the file that its
/// INDEX 01 stands under, whatever its gap (INDEX 00) stands under.
ParsedPlaylist parseCue(QByteArrayView bytes, const QString &folder);

/// "line 12: ..."
Sentence lineProblem(qsizetype line, const Sentence &sentence);

} // namespace cycast
