// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/playlistentry.h"

#include <functional>

namespace cycast
{

/// Where an import puts its rows, and how it learns that it shall stop.
struct ImportSink {
    std::function<bool()> stopped;
    std::function<void(QList<PlaylistEntry>)> found; ///< at most 500 rows at a time
};

/// What there is to say at the end of it.
struct ImportSummary {
    int found = 0;
    QList<Sentence> problems; ///< at most 200 and one that counts the rest
};

/// A new row, named after its file.
PlaylistEntry rowForFile(const QString &path);

/// Folders, playlist files and single files become rows, in the order given. Blocking; for a pool thread.
ImportSummary importAll(const QStringList &paths, const QStringList &extensions, const ImportSink &sink);

} // namespace cycast
