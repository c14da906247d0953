// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playlist/order/playlist.h"
#include "core/values/playlistentry.h"

/// Rows without files, and what a Playlist gives of them.
namespace cycast::test
{

using Ids = QList<quint64>;

inline QList<PlaylistEntry> rows(int count, quint64 firstId = 1)
{
    QList<PlaylistEntry> entries;
    for (int i = 0; i < count; ++i) {
        PlaylistEntry entry;
        entry.id = firstId + static_cast<quint64>(i);
        entry.track.durationMs = 60'000;
        entries.append(entry);
    }
    return entries;
}

/// 0: there was none.
inline quint64 take(Playlist &playlist)
{
    const auto entry = playlist.takeNext();
    return entry ? entry->id : 0;
}

inline Ids take(Playlist &playlist, int count)
{
    Ids ids;
    for (int i = 0; i < count; ++i)
        ids.append(take(playlist));
    return ids;
}

} // namespace cycast::test
