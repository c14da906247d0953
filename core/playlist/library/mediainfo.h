// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/playlistentry.h"
#include "core/values/track.h"

namespace cycast
{

/// Reads tags, length and format of one file with libavformat and fills `entry` (title, artist, album,
/// duration, format, problem, tagsRead). Blocking; for a pool thread. Never fails: what cannot be read gets
/// its reason in `problem` and its file name as the title. Latin-1 and UTF-16 tags come out right; text is
/// stripped of control characters and cut at 512 characters.
PlaylistEntry withMediaInfo(PlaylistEntry entry);

/// "Artist - Title.mp3" -> both parts; otherwise the name without its ending, underscores as spaces, a
/// leading track number ("03 ", "03. ", "03 - ") left out.
TrackInfo trackFromFileName(const QString &path);

} // namespace cycast
