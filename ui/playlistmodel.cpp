// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlistmodel.h"

#include "core/advice/delivery.h"
#include "ui/coretexts.h"
#include "ui/elidedlabel.h"
#include "ui/humanize.h"
#include "ui/icons.h"
#include "ui/playlistmime.h"
#include "ui/theme.h"

#include <QFileInfo>
#include <QFont>
#include <QSet>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

/// More scattered changes than this are cheaper as one step for model and view.
constexpr int manySteps = 64;

/// Rows that follow each other.
struct Run {
    int first;
    int last;
};

QList<Run> runsOf(const QList<int> &rows)
{
    QList<Run> runs;
    for (const int row : rows) {
        if (!runs.isEmpty() && runs.last().last == row - 1)
            runs.last().last = row;
        else
            runs.append({row, row});
    }
    return runs;
}

QString titleOf(const PlaylistEntry &entry)
{
    return entry.track.title.isEmpty() ? QFileInfo(entry.path).completeBaseName() : entry.track.title;
}

} // namespace

int PlaylistModel::rowOf(quint64 id) const
{
    if (m_rowsAreOld) {
        m_rows.clear();
        m_rows.reserve(m_entries.size());
        for (int row = 0; row < m_entries.size(); ++row)
            m_rows.insert(m_entries.at(row).id, row);
        m_rowsAreOld = false;
    }
    return m_rows.value(id, -1);
}

void PlaylistModel::count(const PlaylistEntry &entry, int sign)
{
    m_problems += needsAttention(entry) ? sign : 0;
    m_totalMs += sign * entry.track.durationMs;
}

void PlaylistModel::rowsMoved()
{
    m_rowsAreOld = true;
    emit listChanged();
    emit totalsChanged();
}

void PlaylistModel::setEntries(const QList<PlaylistEntry> &entries)
{
    beginResetModel();
    m_entries = entries;
    m_problems = 0;
    m_totalMs = 0;
    for (const PlaylistEntry &entry : std::as_const(m_entries))
        count(entry, 1);
    m_rowsAreOld = true;
    endResetModel();
    rowsMoved();
}

void PlaylistModel::insertEntries(int row, const QList<PlaylistEntry> &entries)
{
    if (entries.isEmpty())
        return;
    const int size = static_cast<int>(m_entries.size());
    const int at = row < 0 || row > size ? size : row;
    beginInsertRows({}, at, at + static_cast<int>(entries.size()) - 1);
    if (at == size) {
        m_entries.append(entries);
    } else {
        QList<PlaylistEntry> joined;
        joined.reserve(size + entries.size());
        std::move(m_entries.begin(), m_entries.begin() + at, std::back_inserter(joined));
        joined.append(entries);
        std::move(m_entries.begin() + at, m_entries.end(), std::back_inserter(joined));
        m_entries = std::move(joined);
    }
    for (const PlaylistEntry &entry : entries)
        count(entry, 1);
    m_rowsAreOld = true;
    endInsertRows();
    rowsMoved();
}

void PlaylistModel::removeRowList(const QList<int> &rows)
{
    if (rows.isEmpty())
        return;
    for (const int row : rows)
        count(m_entries.at(row), -1);
    const QList<Run> runs = runsOf(rows);
    m_rowsAreOld = true;
    if (runs.size() > manySteps) {
        beginResetModel();
        QList<PlaylistEntry> kept;
        kept.reserve(m_entries.size() - rows.size());
        qsizetype next = 0;
        for (int row = 0; row < m_entries.size(); ++row) {
            if (next < rows.size() && rows.at(next) == row)
                ++next;
            else
                kept.append(m_entries.at(row));
        }
        m_entries = std::move(kept);
        endResetModel();
    } else {
        for (auto run = runs.crbegin(); run != runs.crend(); ++run) {
            beginRemoveRows({}, run->first, run->last);
            m_entries.remove(run->first, run->last - run->first + 1);
            m_rowsAreOld = true;
            endRemoveRows();
        }
    }
    rowsMoved();
}

void PlaylistModel::insertRowList(const QList<int> &rows, const QList<PlaylistEntry> &entries)
{
    Q_ASSERT(rows.size() == entries.size());
    if (rows.isEmpty())
        return;
    const QList<Run> runs = runsOf(rows);
    if (runs.size() <= manySteps) {
        qsizetype taken = 0;
        for (const Run &run : runs) {
            const qsizetype length = run.last - run.first + 1;
            insertEntries(run.first, entries.mid(taken, length));
            taken += length;
        }
        return;
    }
    beginResetModel();
    QList<PlaylistEntry> joined;
    joined.reserve(m_entries.size() + entries.size());
    qsizetype back = 0;
    qsizetype old = 0;
    while (back < rows.size() || old < m_entries.size()) {
        if (back < rows.size() && (rows.at(back) == joined.size() || old >= m_entries.size()))
            joined.append(entries.at(back++));
        else
            joined.append(m_entries.at(old++));
    }
    m_entries = std::move(joined);
    for (const PlaylistEntry &entry : entries)
        count(entry, 1);
    m_rowsAreOld = true;
    endResetModel();
    rowsMoved();
}

void PlaylistModel::reorder(const QList<int> &order)
{
    Q_ASSERT(order.size() == m_entries.size());
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    QList<PlaylistEntry> sorted;
    sorted.reserve(order.size());
    QList<int> newRow(order.size());
    for (int row = 0; row < order.size(); ++row) {
        sorted.append(m_entries.at(order.at(row)));
        newRow[order.at(row)] = row;
    }
    m_entries = std::move(sorted);
    m_rowsAreOld = true;
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &at : before)
        after.append(index(newRow.at(at.row()), at.column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    rowsMoved();
}

void PlaylistModel::updateTags(const QList<PlaylistEntry> &entries)
{
    QList<int> rows;
    rows.reserve(entries.size());
    for (const PlaylistEntry &fresh : entries) {
        const int row = rowOf(fresh.id);
        if (row < 0)
            continue;
        count(m_entries.at(row), -1);
        m_entries[row] = fresh;
        count(fresh, 1);
        rows.append(row);
    }
    if (rows.isEmpty())
        return;
    std::sort(rows.begin(), rows.end());
    if (rows.size() > manySteps && rows.last() - rows.first() + 1 > 2 * rows.size()) {
        emit dataChanged(index(rows.first(), 0), index(rows.last(), ColumnCount - 1));
    } else {
        for (qsizetype first = 0; first < rows.size();) {
            qsizetype last = first;
            while (last + 1 < rows.size() && rows.at(last + 1) <= rows.at(last) + 1)
                ++last;
            emit dataChanged(index(rows.at(first), 0), index(rows.at(last), ColumnCount - 1));
            first = last + 1;
        }
    }
    emit totalsChanged();
}

void PlaylistModel::setProblem(quint64 id, const QString &reason)
{
    const int row = rowOf(id);
    if (row < 0 || m_entries.at(row).problem == reason)
        return;
    count(m_entries.at(row), -1);
    m_entries[row].problem = reason;
    m_entries[row].fault = EntryFault::None;
    count(m_entries.at(row), 1);
    emitRow(row);
    emit totalsChanged();
}

void PlaylistModel::markMissing(const QStringList &paths)
{
    const QSet<QString> gone(paths.cbegin(), paths.cend());
    bool isChanged = false;
    for (int row = 0; row < m_entries.size(); ++row) {
        if (m_entries.at(row).fault == EntryFault::Missing || !gone.contains(m_entries.at(row).path))
            continue;
        PlaylistEntry &entry = m_entries[row];
        count(entry, -1);
        entry.fault = EntryFault::Missing;
        entry.problem = tr("\u201c%1\u201d is not there: it was moved, renamed or deleted.")
                            .arg(QFileInfo(entry.path).fileName());
        count(entry, 1);
        emitRow(row);
        isChanged = true;
    }
    if (isChanged)
        emit totalsChanged();
}

QMap<AttentionKind, int> PlaylistModel::attentionCounts() const
{
    QMap<AttentionKind, int> counts;
    for (const PlaylistEntry &entry : m_entries) {
        if (needsAttention(entry))
            ++counts[worstAttention(entry)];
    }
    return counts;
}

QString attentionWord(AttentionKind kind)
{
    switch (kind) {
    case AttentionKind::Missing:
        return PlaylistModel::tr("Missing");
    case AttentionKind::Unreadable:
        return PlaylistModel::tr("Cannot be read");
    case AttentionKind::Protected:
        return PlaylistModel::tr("Copy-protected");
    case AttentionKind::NoSound:
        return PlaylistModel::tr("No sound");
    case AttentionKind::CannotPlay:
        return PlaylistModel::tr("Cannot play");
    case AttentionKind::TooShort:
        return PlaylistModel::tr("Very short");
    case AttentionKind::SilentEnd:
        return PlaylistModel::tr("Silent end");
    case AttentionKind::FarTooLoud:
        return PlaylistModel::tr("Far too loud");
    case AttentionKind::FarTooQuiet:
        return PlaylistModel::tr("Far too quiet");
    }
    return {};
}

void PlaylistModel::setPlaying(quint64 id)
{
    if (id == m_playing)
        return;
    const int before = rowOf(m_playing);
    m_playing = id;
    emitRow(before);
    emitRow(rowOf(id));
}

void PlaylistModel::emitRow(int row)
{
    if (row >= 0)
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void PlaylistModel::setEncoder(const Settings &settings)
{
    if (settings.encoder == m_settings.encoder)
        return;
    m_settings = settings;
    if (!m_entries.isEmpty())
        emit dataChanged(index(0, FormatColumn), index(static_cast<int>(m_entries.size()) - 1, FormatColumn));
}

/// One line about what becomes of the file; empty while that is not known.
QString PlaylistModel::deliveryText(const PlaylistEntry &entry) const
{
    if (entry.sound.codec.isEmpty() || !entry.problem.isEmpty())
        return {};
    const Delivery delivery = deliveryOf(entry, m_settings);
    return delivery.isPassed ? tr("Sent as it is, bit for bit") : tr("Encoded anew: %1").arg(delivery.reason);
}

QString PlaylistModel::formatText(const PlaylistEntry &entry) const
{
    if (entry.sound.codec.isEmpty() || deliveryOf(entry, m_settings).isPassed)
        return entry.format;
    return tr("%1 → %2", "format of a file, format of the stream")
        .arg(entry.format, m_settings.encoder.format.toUpper());
}

int PlaylistModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int PlaylistModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
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
            lines.prepend(reason->sentence == entry.problem
                              ? tr("Cannot play: %1").arg(coreText(entry.problem))
                              : coreText(reason->sentence));
        if (asksAttention && !entry.format.isEmpty())
            lines.append(entry.format);
        if (const QString delivery = deliveryText(entry); !delivery.isEmpty())
            lines.append(delivery);
        lines.append(entry.path);
        return plainToolTip(lines.join(u'\n'));
    }
    case Qt::AccessibleTextRole:
        if (isTitle && isBad)
            return tr("%1, cannot play: %2").arg(titleOf(entry), coreText(entry.problem));
        if (isTitle && asksAttention)
            return tr("%1, %2").arg(titleOf(entry), coreText(attentionOf(entry).constFirst().sentence));
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
