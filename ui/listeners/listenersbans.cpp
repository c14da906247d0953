// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Banning out of the table of listeners.
#include "ui/listeners/bandialog.h"
#include "ui/listeners/banlist.h"
#include "ui/listeners/banlistdialog.h"
#include "ui/listeners/bans.h"
#include "ui/listeners/listenersfilter.h"
#include "ui/listeners/listenersmodel.h"
#include "ui/listeners/listenersview.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QTableView>

namespace cycast
{

void ListenersView::setBanList(BanList &list)
{
    m_bans = &list;
    buildBanMenu();
}

void ListenersView::buildBanMenu()
{
    const auto selected = [this]() -> const ListenerInfo * {
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        if (rows.isEmpty())
            return nullptr;
        return &m_model->row(m_filter->mapToSource(rows.first()).row()).info;
    };
    const auto add = [this, selected](const QString &text, auto makeBan) {
        auto *action = new QAction(text, this);
        connect(action, &QAction::triggered, this, [this, selected, makeBan] {
            if (const ListenerInfo *info = selected())
                banSelected(makeBan(*info));
        });
        return action;
    };
    m_banAddress = add(tr("Ban this address…"), [](const ListenerInfo &info) {
        return Ban{info.address, {}, {}, {}};
    });
    m_banSubnet = add(tr("Ban this subnet…"), [](const ListenerInfo &info) {
        return Ban{bans::subnetOf(info.address), {}, {}, {}};
    });
    m_banPlayer = add(tr("Ban this player…"), [](const ListenerInfo &info) {
        return Ban{{}, info.player, {}, {}};
    });
    auto *all = new QAction(tr("Banned listeners…"), this);
    connect(all, &QAction::triggered, this, &ListenersView::showBans);
    auto *line = new QAction(this);
    line->setSeparator(true);
    m_table->addActions({line, m_banAddress, m_banSubnet, m_banPlayer, all});
    const auto enable = [this] {
        const bool any = m_table->selectionModel()->hasSelection();
        for (QAction *action : {m_banAddress, m_banSubnet, m_banPlayer})
            action->setEnabled(any);
    };
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, enable);
    enable();
}

int ListenersView::hitsOf(const Ban &ban) const
{
    const QDateTime now = QDateTime::currentDateTime();
    int hits = 0;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const ListenerInfo &info = m_model->row(row).info;
        hits += bans::hits(ban, info.address, info.player, now) ? 1 : 0;
    }
    return hits;
}

void ListenersView::banSelected(const Ban &ban)
{
    auto *dialog = new BanDialog(
        ban, [this](const Ban &each) { return hitsOf(each); }, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_bans->add(dialog->ban()); });
    dialog->open();
}

void ListenersView::showBans()
{
    auto *dialog = new BanListDialog(
        *m_bans, [this](const Ban &each) { return hitsOf(each); }, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

} // namespace cycast
