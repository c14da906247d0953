// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/banactions.h"

#include "ui/listeners/bandialog.h"
#include "ui/listeners/banlist.h"
#include "ui/listeners/banlistdialog.h"
#include "ui/listeners/bans.h"
#include "ui/listeners/listenersmodel.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QTableView>

namespace cycast
{

BanActions::BanActions(BanList &list, const ListenersModel &model, QTableView &table, QWidget *parent)
    : QObject(parent)
    , m_list(list)
    , m_model(model)
    , m_table(table)
    , m_parent(parent)
{
    auto *line = new QAction(this);
    line->setSeparator(true);
    const QList<QAction *> one{add(tr("Ban this address…"),
                                   [](const ListenerInfo &info) {
                                       return Ban{info.address, {}, {}, {}};
                                   }),
                               add(tr("Ban this subnet…"),
                                   [](const ListenerInfo &info) {
                                       return Ban{bans::subnetOf(info.address), {}, {}, {}};
                                   }),
                               add(tr("Ban this player…"), [](const ListenerInfo &info) {
                                   return Ban{{}, info.player, {}, {}};
                               })};
    auto *all = new QAction(tr("Banned listeners…"), this);
    connect(all, &QAction::triggered, this, &BanActions::showAll);
    m_table.addAction(line);
    m_table.addActions(one);
    m_table.addAction(all);
    const auto enable = [this, one] {
        const bool any = m_table.selectionModel()->hasSelection();
        for (QAction *action : one)
            action->setEnabled(any);
    };
    connect(m_table.selectionModel(), &QItemSelectionModel::selectionChanged, this, enable);
    enable();
}

template<typename MakeBan>
QAction *BanActions::add(const QString &text, MakeBan makeBan)
{
    auto *action = new QAction(text, this);
    connect(action, &QAction::triggered, this, [this, makeBan] {
        if (const ListenerInfo *info = selected())
            ban(makeBan(*info));
    });
    return action;
}

const ListenerInfo *BanActions::selected() const
{
    const QModelIndexList rows = m_table.selectionModel()->selectedRows();
    if (rows.isEmpty())
        return nullptr;
    return m_model.find(rows.first().data(ListenersModel::IdRole).toULongLong());
}

int BanActions::hitsOf(const Ban &ban, const ListenersModel &model)
{
    const QDateTime now = QDateTime::currentDateTime();
    int hits = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const ListenerInfo &info = model.row(row).info;
        hits += bans::hits(ban, info.address, info.player, now) ? 1 : 0;
    }
    return hits;
}

void BanActions::ban(const Ban &ban)
{
    auto *dialog = new BanDialog(
        ban, [this](const Ban &each) { return hitsOf(each, m_model); }, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_list.add(dialog->ban()); });
    dialog->open();
}

void BanActions::showAll()
{
    auto *dialog = new BanListDialog(
        m_list, [this](const Ban &each) { return hitsOf(each, m_model); }, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

} // namespace cycast
