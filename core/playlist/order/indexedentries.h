// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/entrylist.h"
#include "core/values/playlistentry.h"

#include <QHash>

namespace cycast
{

/// A list of entries that finds them by id, and knows how many cannot be played.
class IndexedEntries
{
public:
    IndexedEntries() = default;
    explicit IndexedEntries(const EntryList &entries);

    const EntryList &list() const { return m_entries; }
    int size() const { return static_cast<int>(m_entries.size()); }
    const PlaylistEntry &at(qsizetype index) const { return m_entries.at(index); }

    /// -1: not in the list.
    int indexOf(quint64 id) const { return m_index.value(id, -1); }
    bool contains(quint64 id) const { return m_index.contains(id); }
    const PlaylistEntry *find(quint64 id) const;

    bool isPlayable(qsizetype index) const { return m_entries.at(index).problem.isEmpty(); }
    bool hasPlayable() const { return m_unplayable < m_entries.size(); }

    /// Puts `entry` in the place of the one with its id, which is at `index`.
    void replace(int index, const PlaylistEntry &entry);

private:
    EntryList m_entries;
    QHash<quint64, int> m_index;
    qsizetype m_unplayable = 0;
};

} // namespace cycast
