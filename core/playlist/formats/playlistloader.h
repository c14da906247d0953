// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playlist/formats/namefinder.h"
#include "core/playlist/formats/playlistfile.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// Reads a playlist file of at most 64 MiB. The rows are not looked up yet. Blocking.
Result<ParsedPlaylist> readPlaylistFile(const QString &path);

/// Looks where the files of a list are: by their names, or by what these were meant to be. A percent-escaped
/// path that was meant decoded, a place on a Windows machine whose tail lies beside the list
/// ("C:\Music\a.mp3" -> "a.mp3"), another normal form, other capitals, another ending (NameFinder). One is
/// for the rows of one list, and for one thread. Blocking (a few stat calls a row).
class ListedFiles
{
public:
    /// `endings`: of files that can be played, lower case with dot.
    ListedFiles(QString listFolder, const QStringList &endings);

    /// What stays missing keeps its row and gets a problem. `exact`: of ParsedPlaylist::exactPaths.
    void find(PlaylistEntry &entry, const QString &exact = {});

private:
    QString meantBy(const QString &path);

    QString m_folder;
    NameFinder m_names;
};

/// All together.
Result<ParsedPlaylist> loadPlaylistFile(const QString &path, const QStringList &endings = {});

} // namespace cycast
