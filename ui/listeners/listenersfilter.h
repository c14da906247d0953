// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/listeners/listenersmodel.h"

#include <QSortFilterProxyModel>

namespace cycast
{

/// Order and filter of the listeners table. Not dynamic: rows that change four times a second would run
/// under the pointer. The view asks for a new order now and then with sortAgain().
class ListenersFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ListenersFilter(ListenersModel &model, QObject *parent = nullptr)
        : QSortFilterProxyModel(parent)
        , m_model(model)
    {
        setDynamicSortFilter(false);
        setSourceModel(&model);
    }

    /// Words that must all occur in id, address, player or state.
    void setWords(const QString &text)
    {
        m_words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
        invalidateFilter();
    }

    void sortAgain() { sort(sortColumn(), sortOrder()); }

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override
    {
        return m_model.isLess(left.row(), right.row(), static_cast<ListenersModel::Column>(left.column()));
    }

    bool filterAcceptsRow(int row, const QModelIndex &) const override
    {
        if (m_words.isEmpty())
            return true;
        QString text;
        for (const int column :
             {ListenersModel::Id, ListenersModel::Address, ListenersModel::Player, ListenersModel::State})
            text += m_model.index(row, column).data().toString() + QLatin1Char('\n');
        return std::all_of(m_words.begin(), m_words.end(),
                           [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
    }

private:
    ListenersModel &m_model;
    QStringList m_words;
};

} // namespace cycast
