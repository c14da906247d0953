// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/order/indexedentries.h"

namespace cycast
{

IndexedEntries::IndexedEntries(const EntryList &entries)
    : m_entries(entries)
{
    m_index.reserve(entries.size());
    int count = 0;
    for (const PlaylistEntry &entry : entries) {
        m_index.insert(entry.id, count++);
        m_unplayable += entry.problem.isEmpty() ? 0 : 1;
    }
}

const PlaylistEntry *IndexedEntries::find(quint64 id) const
{
    const int index = indexOf(id);
    return index < 0 ? nullptr : &m_entries.at(index);
}

void IndexedEntries::replace(int index, const PlaylistEntry &entry)
{
    m_unplayable += (isPlayable(index) ? 0 : -1) + (entry.problem.isEmpty() ? 0 : 1);
    m_entries[index] = entry;
}

} // namespace cycast
