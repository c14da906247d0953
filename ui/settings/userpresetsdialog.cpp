// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/userpresetsdialog.h"

#include "ui/look/theme.h"
#include "ui/settings/userpresets.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

UserPresetsDialog::UserPresetsDialog(UserPresets &presets, QWidget *parent)
    : QDialog(parent)
    , m_presets(presets)
    , m_list(new QListWidget(this))
    , m_rename(new QPushButton(tr("&Rename"), this))
    , m_remove(new QPushButton(tr("&Delete"), this))
    , m_export(new QPushButton(tr("&Export\u2026"), this))
    , m_message(new QLabel(this))
{
    setObjectName(u"userPresetsDialog"_s);
    setWindowTitle(tr("Your presets"));
    auto *import = new QPushButton(tr("&Import\u2026"), this);
    auto *close = new QPushButton(tr("Close"), this);
    m_list->setAccessibleName(tr("Your presets"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    auto *side = new QVBoxLayout;
    for (QPushButton *button : {m_rename, m_remove, m_export, import}) {
        button->setAutoDefault(false);
        side->addWidget(button);
    }
    side->addStretch(1);
    side->addWidget(close);
    auto *row = new QHBoxLayout;
    row->addWidget(m_list, 1);
    row->addLayout(side);
    auto *column = new QVBoxLayout(this);
    column->addLayout(row, 1);
    column->addWidget(m_message);
    const auto enable = [this] {
        const bool any = m_list->currentItem() != nullptr;
        m_rename->setEnabled(any);
        m_remove->setEnabled(any);
        m_export->setEnabled(m_list->count() > 0);
    };
    connect(m_rename, &QPushButton::clicked, this, [this] { m_list->editItem(m_list->currentItem()); });
    connect(m_remove, &QPushButton::clicked, this,
            [this] { m_presets.remove(m_list->currentItem()->data(Qt::UserRole).toString()); });
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        // The list is filled anew by this: not within its own signal.
        QMetaObject::invokeMethod(
            this,
            [this, from = item->data(Qt::UserRole).toString(), to = item->text()] {
                m_presets.rename(from, to);
                fill();
            },
            Qt::QueuedConnection);
    });
    connect(m_list, &QListWidget::currentItemChanged, this, enable);
    connect(m_export, &QPushButton::clicked, this, [this] { askFile(true); });
    connect(import, &QPushButton::clicked, this, [this] { askFile(false); });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&m_presets, &UserPresets::changed, this, &UserPresetsDialog::fill);
    fill();
    enable();
    resize(fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 18);
}

void UserPresetsDialog::fill()
{
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    for (const UserPreset &preset : m_presets.list()) {
        auto *item = new QListWidgetItem(preset.name, m_list);
        item->setData(Qt::UserRole, preset.name);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
    }
    m_list->setCurrentRow(m_list->count() > 0 ? 0 : -1);
    m_rename->setEnabled(m_list->count() > 0);
    m_remove->setEnabled(m_list->count() > 0);
    m_export->setEnabled(m_list->count() > 0);
}

void UserPresetsDialog::askFile(bool isExport)
{
    auto *dialog = new QFileDialog(this, isExport ? tr("Export presets") : tr("Import presets"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(isExport ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->setNameFilter(tr("Presets (*.json)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, isExport](const QString &path) {
        if (isExport)
            m_presets.exportTo(path, this, [this, path](const QString &problem) {
                say(problem, tr("Saved in %1.").arg(path));
            });
        else
            say(m_presets.importFrom(path), tr("Taken over."));
    });
    dialog->open();
}

void UserPresetsDialog::say(const QString &problem, const QString &success)
{
    m_message->setText(problem.isEmpty() ? success : problem);
    theme::setTone(m_message, problem.isEmpty() ? Tone::Good : Tone::Critical);
}

} // namespace cycast
