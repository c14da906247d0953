// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/playlistentry.h"

#include <QHash>

#include <utility>

namespace cycast
{

/// Rows whose tags have been read, by their ids. Points into the list that it was made of.
using ReadRows = QHash<quint64, const PlaylistEntry *>;

inline ReadRows readRows(const QList<PlaylistEntry> &entries)
{
    ReadRows read;
    for (const PlaylistEntry &entry : entries)
        read.insert(entry.id, &entry);
    return read;
}

/// What was read takes the place of the rows with the same ids in a list of any kind.
template<class Rows>
void takeOver(const ReadRows &read, Rows &rows)
{
    for (qsizetype row = 0; row < rows.size(); ++row) {
        if (const PlaylistEntry *withTags = read.value(std::as_const(rows).at(row).id))
            rows[row] = *withTags;
    }
}

} // namespace cycast
