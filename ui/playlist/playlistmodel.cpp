// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/playlistmodel.h"

#include "core/base/filename.h"
#include "ui/playlist/playlistmime.h"
#include "ui/playlist/playlistrow.h"

#include <QFileInfo>
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

} // namespace

int PlaylistModel::rowOf(quint64 id) const
{
    if (m_rowsAreOld) {
        m_rows.clear();
        m_rows.reserve(m_entries.size());
        int row = 0;
        for (const PlaylistEntry &entry : m_entries)
            m_rows.insert(entry.id, row++);
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
    emit listChanged();
    emit totalsChanged();
}

void PlaylistModel::setEntries(const EntryList &entries)
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
    m_entries.insert(at, entries);
    for (const PlaylistEntry &entry : entries)
        count(entry, 1);
    // At the end the numbers of all other rows stay.
    m_rowsAreOld = m_rowsAreOld || at < size;
    for (int i = 0; i < entries.size() && !m_rowsAreOld; ++i)
        m_rows.insert(entries.at(i).id, at + i);
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
        int row = 0;
        for (const PlaylistEntry &entry : std::as_const(m_entries)) {
            if (next < rows.size() && rows.at(next) == row)
                ++next;
            else
                kept.append(entry);
            ++row;
        }
        m_entries = kept;
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
    m_entries = joined;
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
    QList<int> newRow(order.size());
    int first = static_cast<int>(order.size());
    int last = -1;
    for (int row = 0; row < order.size(); ++row) {
        newRow[order.at(row)] = row;
        if (order.at(row) != row) {
            first = std::min(first, row);
            last = row;
        }
    }
    QList<PlaylistEntry> moved; // what is before and behind stays where it is
    for (int row = first; row <= last; ++row)
        moved.append(m_entries.at(order.at(row)));
    m_entries.replace(first, moved);
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
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    tellChanged(rows);
}

/// `rows` ascending, without doubles.
void PlaylistModel::tellChanged(const QList<int> &rows)
{
    if (rows.isEmpty())
        return;
    const QList<Run> runs = runsOf(rows);
    if (runs.size() > manySteps) {
        emit dataChanged(index(rows.first(), 0), index(rows.last(), ColumnCount - 1));
    } else {
        for (const Run &run : runs)
            emit dataChanged(index(run.first, 0), index(run.last, ColumnCount - 1));
    }
    emit totalsChanged();
}

void PlaylistModel::setProblem(quint64 id, const Sentence &reason, EntryFault fault)
{
    const int row = rowOf(id);
    if (row < 0 || m_entries.at(row).problem == reason)
        return;
    count(m_entries.at(row), -1);
    m_entries[row].problem = reason;
    m_entries[row].fault = fault;
    count(m_entries.at(row), 1);
    emitRow(row);
    emit totalsChanged();
}

void PlaylistModel::setMeasured(quint64 id, double lufs, int silentEndMs)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    count(m_entries.at(row), -1);
    m_entries[row].loudnessLufs = static_cast<float>(lufs);
    m_entries[row].silentEndMs = silentEndMs;
    count(m_entries.at(row), 1);
    emitRow(row);
    emit totalsChanged();
}

void PlaylistModel::markMissing(const QStringList &paths)
{
    const QSet<QString> gone(paths.cbegin(), paths.cend());
    QList<int> rows;
    int row = 0;
    for (const PlaylistEntry &entry : std::as_const(m_entries)) {
        if (entry.fault != EntryFault::Missing && gone.contains(entry.path))
            rows.append(row);
        ++row;
    }
    for (const int missing : std::as_const(rows)) {
        PlaylistEntry &entry = m_entries[missing];
        count(entry, -1);
        entry.fault = EntryFault::Missing;
        entry.problem =
            Core::tr("“%1” is not there: it was moved, renamed or deleted.").arg(shownName(entry.path));
        count(entry, 1);
    }
    tellChanged(rows);
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
    const PlaylistRow row{entry, m_settings, entry.id == m_playing && m_playing != 0};
    return row.data(index.column(), role);
}

QVariant PlaylistModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? PlaylistRow::header(section, role) : QVariant();
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
