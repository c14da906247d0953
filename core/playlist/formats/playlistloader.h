// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playlist/formats/playlistfile.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// Reads a playlist file of at most 64 MiB. The rows are not looked up yet. Blocking.
Result<ParsedPlaylist> readPlaylistFile(const QString &path);

/// Looks whether a row's file exists, and where it may be instead: a percent-escaped path that was meant
/// decoded, or a place on a Windows machine whose tail lies beside the list ("C:\Music\a.mp3" ->
/// "a.mp3"). What stays missing keeps its row and gets a problem. Blocking (a few stat calls).
void findOnDisk(PlaylistEntry &entry, const QString &listFolder);

/// Both together: what cycastd does with a list at its start.
Result<ParsedPlaylist> loadPlaylistFile(const QString &path);

} // namespace cycast
