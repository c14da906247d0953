// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/attention.h"
#include "core/config/settings.h"
#include "core/values/entrylist.h"
#include "core/values/playlistentry.h"
#include "ui/playlist/playlistrow.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QMap>

namespace cycast
{

/// The playlist as rows. Made for 100,000 of them: whole batches in one step, ids looked up in a table,
/// totals kept up to date. Knows nothing of undo or of the station; PlaylistEditor drives it.
class PlaylistModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using Column = PlaylistRow::Column;
    using enum PlaylistRow::Column;

    using QAbstractTableModel::QAbstractTableModel;

    const EntryList &entries() const { return m_entries; }
    bool isEmpty() const { return m_entries.isEmpty(); }
    /// Row of an entry, -1 when it is not in the list.
    int rowOf(quint64 id) const;
    quint64 playing() const { return m_playing; }
    /// Rows that ask for a look: those that cannot be played, and others (core/advice/attention.h).
    int problemCount() const { return m_problems; }
    /// How many for each reason; a row counts once, with its worst.
    QMap<AttentionKind, int> attentionCounts() const;
    qint64 totalMs() const { return m_totalMs; } ///< of the rows whose length is known

    /// Replaces everything.
    void setEntries(const EntryList &entries);
    /// In front of `row`; anything outside the list means its end.
    void insertEntries(int row, const QList<PlaylistEntry> &entries);
    /// `rows` ascending, without doubles, within the list.
    void removeRowList(const QList<int> &rows);
    /// Puts entries back: entries[i] comes to stand at rows[i]; rows ascending.
    void insertRowList(const QList<int> &rows, const QList<PlaylistEntry> &entries);
    /// order[new row] = old row; a permutation of all rows. Selections follow their rows.
    void reorder(const QList<int> &order);

    /// Takes tags, length, format and problem over into the rows with the same ids.
    void updateTags(const QList<PlaylistEntry> &entries);
    void setProblem(quint64 id, const Sentence &reason, EntryFault fault = EntryFault::None);
    /// See StationControl::entryMeasured.
    void setMeasured(quint64 id, double lufs, int silentEndMs);
    /// Rows whose files have gone: greyed, they stay.
    void markMissing(const QStringList &paths);
    void setPlaying(quint64 id);
    /// By which rows say whether they are sent as they are or encoded.
    void setEncoder(const Settings &settings);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    Qt::DropActions supportedDropActions() const override { return Qt::CopyAction | Qt::MoveAction; }
    /// A file manager that gets a track gets a copy: it must never take the file itself away.
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
    QStringList mimeTypes() const override;
    /// The ids of the rows for moving within the list, and their files for other programs.
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

signals:
    /// Rows, order or problems changed what totalMs(), problemCount() or the number of rows say.
    void totalsChanged();
    /// Which rows there are, or their order.
    void listChanged();

private:
    void count(const PlaylistEntry &entry, int sign);
    void rowsMoved();
    void emitRow(int row);
    void tellChanged(const QList<int> &rows);

    EntryList m_entries;
    mutable QHash<quint64, int> m_rows; ///< id -> row, rebuilt when asked for after a change
    mutable bool m_rowsAreOld = false;
    quint64 m_playing = 0;
    Settings m_settings; ///< its block "encoder" is what counts
    int m_problems = 0;
    qint64 m_totalMs = 0;
};

} // namespace cycast
