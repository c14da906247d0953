// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/listenerinfo.h"

#include <QAbstractTableModel>

namespace cycast
{

/// Who has stopped listening lately: newest first, at most mostRecentlyLeft of them, with why and for how
/// long they listened. Fed with the same updates as ListenersModel. GUI thread.
class LeftModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { LeftAt, Address, Player, Listened, BytesSent, Why, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void apply(const ListenersUpdate &update);
    /// In words: "Closed the player".
    static QString word(LeftBecause why);
    /// What it means, a sentence.
    static QString meaning(LeftBecause why);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const ListenerGone &gone, Column column) const;

    QList<ListenerGone> m_rows;
};

} // namespace cycast
