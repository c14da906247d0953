// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/banlistdialog.h"

#include "ui/listeners/banlist.h"
#include "ui/listeners/bans.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

BanListDialog::BanListDialog(BanList &list, BanDialog::Preview preview, QWidget *parent)
    : QDialog(parent)
    , m_list(list)
    , m_preview(std::move(preview))
    , m_rows(new QTreeWidget(this))
    , m_edit(new QPushButton(tr("&Edit\u2026"), this))
    , m_remove(new QPushButton(tr("&Lift the ban"), this))
{
    setObjectName(u"banListDialog"_s);
    setWindowTitle(tr("Banned listeners"));
    m_rows->setHeaderLabels({tr("Who"), tr("How long"), tr("Note")});
    m_rows->setAccessibleName(tr("Banned listeners"));
    m_rows->setRootIsDecorated(false);
    m_rows->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_rows->setAlternatingRowColors(true);
    m_rows->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_rows->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto *add = new QPushButton(tr("&Add\u2026"), this);
    auto *close = new QPushButton(tr("Close"), this);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {add, m_edit, m_remove}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_rows, 1);
    column->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, [this] { edit(-1); });
    connect(m_edit, &QPushButton::clicked, this,
            [this] { edit(m_rows->indexOfTopLevelItem(m_rows->currentItem())); });
    connect(m_remove, &QPushButton::clicked, this, &BanListDialog::remove);
    connect(m_rows, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem *item) { edit(m_rows->indexOfTopLevelItem(item)); });
    const auto enable = [this] {
        const qsizetype count = m_rows->selectedItems().size();
        m_edit->setEnabled(count == 1);
        m_remove->setEnabled(count > 0);
    };
    connect(m_rows, &QTreeWidget::itemSelectionChanged, this, enable);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&m_list, &BanList::changed, this, &BanListDialog::fill);
    fill();
    enable();
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 20);
}

void BanListDialog::fill()
{
    m_rows->clear();
    for (const Ban &ban : m_list.bans())
        m_rows->addTopLevelItem(new QTreeWidgetItem({bans::who(ban), bans::howLong(ban), ban.note}));
}

void BanListDialog::edit(int row)
{
    const Ban before = row >= 0 && row < m_list.bans().size() ? m_list.bans().at(row) : Ban();
    auto *dialog = new BanDialog(before, m_preview, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, before] {
        // By value: the list may have been shortened meanwhile.
        QList<Ban> list = m_list.bans();
        list.removeAll(before);
        list.append(dialog->ban());
        m_list.setBans(list);
    });
    dialog->open();
}

void BanListDialog::remove()
{
    QList<Ban> list = m_list.bans();
    QList<Ban> lifted;
    for (QTreeWidgetItem *item : m_rows->selectedItems())
        lifted.append(list.at(m_rows->indexOfTopLevelItem(item)));
    for (const Ban &ban : std::as_const(lifted))
        list.removeAll(ban);
    m_list.setBans(list);
}

} // namespace cycast
