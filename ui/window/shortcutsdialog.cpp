// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcutsdialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

void addMenu(QTreeWidgetItem *parent, const QMenu &menu)
{
    const QList<QAction *> actions = menu.actions();
    for (const QAction *action : actions) {
        if (action->isSeparator())
            continue;
        if (action->menu() != nullptr) {
            addMenu(parent, *action->menu());
            continue;
        }
        if (action->shortcut().isEmpty())
            continue;
        QString name = action->text();
        name.remove(u'&');
        new QTreeWidgetItem(parent, {name, action->shortcut().toString(QKeySequence::NativeText)});
    }
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QMenuBar &menus, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"shortcutsDialog"_s);
    setWindowTitle(tr("Keyboard shortcuts"));
    auto *layout = new QVBoxLayout(this);
    auto *tree = new QTreeWidget(this);
    tree->setAccessibleName(windowTitle());
    tree->setHeaderLabels({tr("Action"), tr("Keys")});
    tree->setRootIsDecorated(false);
    const QList<QAction *> tops = menus.actions();
    for (const QAction *top : tops) {
        if (top->menu() == nullptr)
            continue;
        QString name = top->text();
        name.remove(u'&');
        auto *group = new QTreeWidgetItem(tree, {name});
        QFont bold = font();
        bold.setBold(true);
        group->setFont(0, bold);
        addMenu(group, *top->menu());
        if (group->childCount() == 0)
            delete group;
    }
    auto *rows = new QTreeWidgetItem(tree, {tr("In the playlist")});
    QFont bold = font();
    bold.setBold(true);
    rows->setFont(0, bold);
    new QTreeWidgetItem(rows, {tr("Play from the selected track"), tr("Enter")});
    new QTreeWidgetItem(rows, {tr("Leave the search"), tr("Esc")});
    tree->expandAll();
    // Both columns whole, whatever the language calls its keys.
    const int gap = fontMetrics().averageCharWidth() * 3;
    tree->header()->setStretchLastSection(false);
    tree->resizeColumnToContents(0);
    tree->resizeColumnToContents(1);
    const int width = tree->columnWidth(0) + tree->columnWidth(1) + 3 * gap;
    tree->setColumnWidth(0, tree->columnWidth(0) + gap);
    tree->header()->setStretchLastSection(true);
    tree->setMinimumWidth(width);
    layout->addWidget(tree);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    resize(width + 2 * gap, fontMetrics().height() * 32);
}

} // namespace cycast
