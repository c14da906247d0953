// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/playlistcommands.h"

#include "ui/look/humanize.h"
#include "ui/playlist/playlistmodel.h"

#include <QCollator>
#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace cycast
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("PlaylistCommands", text);
}

QList<int> rowsFrom(int first, qsizetype count)
{
    QList<int> rows(count);
    std::iota(rows.begin(), rows.end(), first);
    return rows;
}

} // namespace

InsertTracks::InsertTracks(PlaylistModel &model, int row, QList<PlaylistEntry> entries, quint64 import)
    : m_model(model)
    , m_row(row)
    , m_count(static_cast<int>(entries.size()))
    , m_entries(std::move(entries))
    , m_import(import)
{
    setWords();
}

void InsertTracks::setWords()
{
    setText(tr("adding %1").arg(humanize::tracks(m_count)));
}

void InsertTracks::redo()
{
    m_model.insertEntries(m_row, std::exchange(m_entries, {}));
}

void InsertTracks::undo()
{
    m_entries = m_model.entries().mid(m_row, m_count);
    m_model.removeRowList(rowsFrom(m_row, m_count));
}

bool InsertTracks::mergeWith(const QUndoCommand *other)
{
    const auto *next = dynamic_cast<const InsertTracks *>(other);
    if (next == nullptr || m_import == 0 || next->m_import != m_import || next->m_row != m_row + m_count)
        return false;
    m_count += next->m_count;
    setWords();
    return true;
}

RemoveTracks::RemoveTracks(PlaylistModel &model, QList<int> rows)
    : m_model(model)
    , m_rows(std::move(rows))
{
    setText(tr("removing %1").arg(humanize::tracks(static_cast<int>(m_rows.size()))));
}

void RemoveTracks::redo()
{
    m_entries.clear();
    m_entries.reserve(m_rows.size());
    for (const int row : std::as_const(m_rows))
        m_entries.append(m_model.entries().at(row));
    m_model.removeRowList(m_rows);
}

void RemoveTracks::undo()
{
    m_model.insertRowList(m_rows, m_entries);
}

ReorderTracks::ReorderTracks(PlaylistModel &model, QList<int> order, const QString &words)
    : QUndoCommand(words)
    , m_model(model)
    , m_order(std::move(order))
{
}

void ReorderTracks::redo()
{
    m_model.reorder(m_order);
}

void ReorderTracks::undo()
{
    QList<int> back(m_order.size());
    for (int row = 0; row < m_order.size(); ++row)
        back[m_order.at(row)] = row;
    m_model.reorder(back);
}

QList<int> orderAfterMove(int size, const QList<int> &rows, int to)
{
    QList<int> order;
    order.reserve(size);
    qsizetype next = 0;
    for (int row = 0; row <= size; ++row) {
        if (row == to)
            order.append(rows);
        if (next < rows.size() && rows.at(next) == row)
            ++next;
        else if (row < size)
            order.append(row);
    }
    return std::is_sorted(order.cbegin(), order.cend()) ? QList<int>() : order;
}

QList<int> orderByColumn(const EntryList &entries, int column, Qt::SortOrder direction)
{
    QList<int> order = rowsFrom(0, entries.size());
    const bool isDown = direction == Qt::DescendingOrder;
    if (column == PlaylistModel::LengthColumn) {
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
            const qint64 left = entries.at(a).track.durationMs;
            const qint64 right = entries.at(b).track.durationMs;
            if (left == 0 || right == 0)
                return left != 0 && right == 0;
            return isDown ? left > right : left < right;
        });
        return order;
    }
    QCollator collator(humanize::displayLocale());
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    const auto textOf = [column](const PlaylistEntry &entry) -> const QString & {
        if (column == PlaylistModel::ArtistColumn)
            return entry.track.artist;
        if (column == PlaylistModel::FormatColumn)
            return entry.format;
        return entry.track.title;
    };
    std::vector<QCollatorSortKey> keys;
    keys.reserve(static_cast<std::size_t>(entries.size()));
    for (const PlaylistEntry &entry : entries)
        keys.push_back(collator.sortKey(textOf(entry)));
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        const bool leftIsEmpty = textOf(entries.at(a)).isEmpty();
        const bool rightIsEmpty = textOf(entries.at(b)).isEmpty();
        if (leftIsEmpty || rightIsEmpty)
            return !leftIsEmpty && rightIsEmpty;
        const int found = keys[static_cast<std::size_t>(a)].compare(keys[static_cast<std::size_t>(b)]);
        return isDown ? found > 0 : found < 0;
    });
    return order;
}

} // namespace cycast
