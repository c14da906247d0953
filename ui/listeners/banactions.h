// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/ban.h"

#include <QObject>

class QAction;
class QTableView;

namespace cycast
{

class BanList;
class ListenersModel;
struct ListenerInfo;

/// Banning out of a table of listeners: the entries of its menu and the dialogs they open. A ban is made for
/// the first row that is selected; the dialogs say whom of those who listen now it would hit.
class BanActions : public QObject
{
    Q_OBJECT

public:
    /// `table` shows `model`, through a proxy or directly; `list` gets the bans; all of them must outlive it.
    /// The dialogs are those of `parent`.
    BanActions(BanList &list, const ListenersModel &model, QTableView &table, QWidget *parent);

    /// Of those who listen now.
    static int hitsOf(const Ban &ban, const ListenersModel &model);
    void ban(const Ban &ban);
    void showAll();

private:
    const ListenerInfo *selected() const;
    template<typename MakeBan>
    QAction *add(const QString &text, MakeBan makeBan);

    BanList &m_list;
    const ListenersModel &m_model;
    QTableView &m_table;
    QWidget *m_parent;
};

} // namespace cycast
