// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/sourceattempt.h"

#include <QAbstractTableModel>

namespace cycast
{

/// What helps against a refused attempt, with one click.
enum class Cure : quint8 { None, ShowValues, EndOtherSource, TlsSettings };

/// Who asked to broadcast, newest first; bounded. Lives in the GUI thread.
class KnockModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int limit = 200;
    enum Column { When, From, Program, Request, What, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void add(const SourceAttempt &attempt);
    const SourceAttempt &attempt(int row) const { return m_rows.at(row); }
    static Cure cureFor(const SourceAttempt &attempt);
    static QString outcomeWord(SourceAttempt::Outcome outcome);
    static QString cureText(Cure cure);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const SourceAttempt &attempt, Column column) const;

    QList<SourceAttempt> m_rows;
};

} // namespace cycast
