// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows of PlaylistModel show and carry.
#include "core/base/filename.h"
#include "ui/look/coretexts.h"
#include "ui/look/elidedlabel.h"
#include "ui/look/humanize.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/playlist/playlistmime.h"
#include "ui/playlist/playlistmodel.h"
#include "ui/playlist/rowwords.h"

#include <QFileInfo>
#include <QFont>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

QString titleOf(const PlaylistEntry &entry)
{
    return entry.track.title.isEmpty() ? QFileInfo(shownPath(entry.path)).completeBaseName()
                                       : entry.track.title;
}

} // namespace

/// One line about what becomes of the file; empty while that is not known.
QString PlaylistModel::deliveryText(const PlaylistEntry &entry) const
{
    if (entry.sound.codec.isEmpty() || !entry.problem.isEmpty())
        return {};
    return deliverySentence(deliveryOf(entry, m_settings));
}

QString PlaylistModel::formatText(const PlaylistEntry &entry) const
{
    if (entry.sound.codec.isEmpty() || deliveryOf(entry, m_settings).isPassed)
        return entry.format;
    return tr("%1 → %2", "format of a file, format of the stream")
        .arg(entry.format, m_settings.encoder.format.toUpper());
}

QVariant PlaylistModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PlaylistEntry &entry = m_entries.at(index.row());
    const bool isBad = !entry.problem.isEmpty();
    const bool asksAttention = needsAttention(entry);
    const bool isPlaying = entry.id == m_playing && m_playing != 0;
    const bool isTitle = index.column() == TitleColumn;
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case TitleColumn:
            return titleOf(entry);
        case ArtistColumn:
            return entry.track.artist;
        case LengthColumn:
            return entry.track.durationMs > 0 ? humanize::clock(entry.track.durationMs) : QString();
        case FormatColumn:
            return asksAttention ? attentionWord(worstAttention(entry)) : formatText(entry);
        default:
            return {};
        }
    case Qt::DecorationRole:
        if (isTitle && asksAttention)
            return icon(Glyph::Warning);
        if (isTitle && isPlaying)
            return icon(Glyph::Play);
        return {};
    case Qt::ToolTipRole: {
        QStringList lines{titleOf(entry)};
        if (!entry.track.artist.isEmpty())
            lines.append(entry.track.artist);
        if (!entry.track.album.isEmpty())
            lines.append(entry.track.album);
        const QList<Attention> reasons = attentionOf(entry);
        for (auto reason = reasons.crbegin(); reason != reasons.crend(); ++reason)
            lines.prepend(attentionSentence(reason->kind, entry));
        if (asksAttention && !entry.format.isEmpty())
            lines.append(entry.format);
        if (const QString delivery = deliveryText(entry); !delivery.isEmpty())
            lines.append(delivery);
        lines.append(shownPath(entry.path));
        return plainToolTip(lines.join(u'\n'));
    }
    case Qt::AccessibleTextRole:
        if (isTitle && isBad)
            return tr("%1, cannot play: %2").arg(titleOf(entry), coreText(entry.problem));
        if (isTitle && asksAttention)
            return tr("%1, %2").arg(titleOf(entry), attentionSentence(worstAttention(entry), entry));
        if (isTitle && isPlaying)
            return tr("%1, playing now").arg(titleOf(entry));
        return {};
    case Qt::ForegroundRole:
        return isBad ? QVariant(theme::mutedText()) : QVariant();
    case Qt::FontRole:
        if (isPlaying) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case Qt::TextAlignmentRole:
        return index.column() == LengthColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant PlaylistModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == LengthColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return tr("Click to sort the playlist. Undo brings the old order back.");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TitleColumn:
        return tr("Title");
    case ArtistColumn:
        return tr("Artist");
    case LengthColumn:
        return tr("Length");
    case FormatColumn:
        return tr("Format");
    default:
        return {};
    }
}

Qt::ItemFlags PlaylistModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between rows, never onto one
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList PlaylistModel::mimeTypes() const
{
    return playlistMimeTypes();
}

QMimeData *PlaylistModel::mimeData(const QModelIndexList &indexes) const
{
    QList<int> rows;
    for (const QModelIndex &at : indexes) {
        if (at.column() == indexes.first().column())
            rows.append(at.row());
    }
    std::sort(rows.begin(), rows.end());
    QList<PlaylistEntry> dragged;
    dragged.reserve(rows.size());
    for (const int row : std::as_const(rows))
        dragged.append(m_entries.at(row));
    return mimeOfEntries(dragged);
}

} // namespace cycast
