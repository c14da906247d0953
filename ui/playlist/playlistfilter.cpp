// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/playlistfilter.h"

#include "core/base/filename.h"
#include "ui/playlist/playlistmodel.h"

namespace cycast
{

void PlaylistFilter::setWords(const QString &text)
{
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

void PlaylistFilter::setAttentionOnly(bool on, std::optional<AttentionKind> kind)
{
    if (on == m_attentionOnly && kind == m_kind)
        return;
    m_attentionOnly = on;
    m_kind = kind;
    invalidateFilter();
}

bool PlaylistFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    if (!isFiltering())
        return true;
    // Straight from the rows: 100,000 of them are looked at for each letter typed.
    const auto *list = static_cast<const PlaylistModel *>(sourceModel());
    const PlaylistEntry &entry = list->entries().at(row);
    if (m_attentionOnly && (!needsAttention(entry) || (m_kind && worstAttention(entry) != *m_kind)))
        return false;
    const QString shown = hasForeignBytes(entry.path) ? shownPath(entry.path) : QString();
    const QStringView path = shown.isEmpty() ? entry.path : shown;
    const QStringView file = path.mid(path.lastIndexOf(u'/') + 1);
    for (const QString &word : m_words) {
        const bool isThere = entry.track.title.contains(word, Qt::CaseInsensitive) ||
                             entry.track.artist.contains(word, Qt::CaseInsensitive) ||
                             entry.track.album.contains(word, Qt::CaseInsensitive) ||
                             file.contains(word, Qt::CaseInsensitive);
        if (!isThere)
            return false;
    }
    return true;
}

} // namespace cycast
