// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/listeners/listenerrow.h"

#include <QAbstractTableModel>
#include <QColor>
#include <QHash>
#include <QPixmap>

namespace cycast
{

/// The listeners as a table, fed with ListenersUpdate values: one batch per update, differences by id, so
/// that rows keep their place, their selection and their persistent indexes while the numbers change.
///
/// Display texts are made for the rows that are looked at only; SortRole gives raw numbers. Time is an
/// argument (wall clock, as connectedAt is). Lives in the GUI thread; knows no engine.
class ListenersModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using Row = ListenerRow;
    using Column = ListenerRow::Column;
    using enum ListenerRow::Column;
    enum Role { SortRole = Qt::UserRole, IdRole };

    using QAbstractTableModel::QAbstractTableModel;

    void apply(const ListenersUpdate &update, qint64 nowMs);
    void clear();
    /// Colours of "OK" and "Stalled" in the theme in force.
    void setStateColours(const QColor &good, const QColor &bad);

    const Row &row(int row) const { return m_rows.at(row); }
    /// Null when nobody with this id is in the table.
    const ListenerInfo *find(quint64 id) const;
    int stalledCount() const;
    /// Different people, as far as an address and a player tell: one person may have several connections.
    int peopleCount() const { return static_cast<int>(m_people.size()); }
    /// Ordering by raw values, without the detour through QVariant (10,000 rows are sorted in one frame).
    bool isLess(int leftRow, int rightRow, Column column) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void removeListeners(const QList<ListenerGone> &left);
    QList<int> movedToEnd(const QList<int> &gone);
    void addListeners(const QList<ListenerInfo> &joined);
    QVariant sortValue(const Row &row, Column column) const;
    void updateFigures(const QList<ListenerFigures> &figures, qint64 nowMs);

    QList<Row> m_rows;
    QHash<quint64, int> m_rowOf;
    QHash<QString, int> m_people; ///< connections of each
    qint64 m_nowMs = 0;
    QColor m_good, m_bad;
    QPixmap m_goodDot, m_badDot;
};

} // namespace cycast
