// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cycast
{

/// One track or one live title.
struct TrackInfo {
    quint64 entryId = 0; ///< the playlist row (PlaylistEntry::id), 0 when not from the playlist
    QString title;       ///< never empty for a file: its name as the last resort
    QString artist;
    QString album;
    qint64 durationMs = 0; ///< 0: unknown

    bool operator==(const TrackInfo &) const = default;
};

} // namespace cycast
