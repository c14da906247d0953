// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/entrylist.h"
#include "core/values/playlistentry.h"

#include <QUndoCommand>

namespace cycast
{

class PlaylistModel;

/// Undoable steps on a PlaylistModel, which must outlive them. Rows that leave the list take their newest
/// tags along, so that undo brings back what was shown.

/// A batch in front of `row`. Batches of one import (same number, not 0) that follow each other become one
/// step.
class InsertTracks : public QUndoCommand
{
public:
    InsertTracks(PlaylistModel &model, int row, QList<PlaylistEntry> entries, quint64 import);

    void redo() override;
    void undo() override;
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand *other) override;

private:
    void setWords();

    PlaylistModel &m_model;
    int m_row;
    int m_count;
    QList<PlaylistEntry> m_entries; ///< only while they are not in the list
    quint64 m_import;
};

class RemoveTracks : public QUndoCommand
{
public:
    /// `rows` ascending.
    RemoveTracks(PlaylistModel &model, QList<int> rows);

    void redo() override;
    void undo() override;

private:
    PlaylistModel &m_model;
    QList<int> m_rows;
    QList<PlaylistEntry> m_entries;
};

/// A new order: moved rows, a sorted list.
class ReorderTracks : public QUndoCommand
{
public:
    /// order[new row] = old row.
    ReorderTracks(PlaylistModel &model, QList<int> order, const QString &words);

    void redo() override;
    void undo() override;

private:
    PlaylistModel &m_model;
    QList<int> m_order;
};

/// The order after moving `rows` (ascending) in front of row `to` (0..size). Empty when nothing would move.
QList<int> orderAfterMove(int size, const QList<int> &rows, int to);

/// The stable order by a column of PlaylistModel, as people sort (numbers by value, case aside, empty last).
QList<int> orderByColumn(const EntryList &entries, int column, Qt::SortOrder direction);

} // namespace cycast
