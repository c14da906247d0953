// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logdock.h"

#include "ui/log/logmodel.h"
#include "ui/look/sentences.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{
constexpr int batchMs = 100;
} // namespace

LogDock::LogDock(QWidget *parent)
    : QDockWidget(tr("Log"), parent)
    , m_model(new LogModel(lineLimit, this))
    , m_filter(new LogFilter(*m_model, this))
    , m_list(new QTreeView(this))
    , m_level(new QComboBox(this))
    , m_search(new QLineEdit(this))
    , m_verbose(new QCheckBox(tr("&Verbose"), this))
{
    setObjectName(u"logDock"_s);
    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 4, 12, 8);
    auto *tools = new QHBoxLayout;
    layout->addLayout(tools);
    layout->addWidget(m_list, 1);
    setWidget(content);

    m_level->setAccessibleName(tr("Show lines of this level and above"));
    for (const auto level :
         {LogEntry::Level::Debug, LogEntry::Level::Info, LogEntry::Level::Warning, LogEntry::Level::Error}) {
        m_level->addItem(level == LogEntry::Level::Debug ? tr("All levels")
                         : level == LogEntry::Level::Error
                             ? tr("Errors only")
                             : tr("%1 and above").arg(LogModel::levelWord(level)),
                         static_cast<int>(level));
    }
    connect(m_level, &QComboBox::currentIndexChanged, this,
            [this] { m_filter->setLeast(static_cast<LogEntry::Level>(m_level->currentData().toInt())); });
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setAccessibleName(tr("Search the log"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, m_filter, &LogFilter::setText);
    m_verbose->setToolTip(tr("Writes down every chunk read and sent, every change of the fill, and timing."));
    connect(m_verbose, &QCheckBox::toggled, this, &LogDock::verboseToggled);
    auto *copyButton = new QPushButton(tr("&Copy"), this);
    copyButton->setToolTip(tr("Copies the selected lines, or all that are shown."));
    connect(copyButton, &QPushButton::clicked, this, &LogDock::copy);
    auto *clearButton = new QPushButton(tr("C&lear"), this);
    clearButton->setToolTip(tr("Empties this view."));
    connect(clearButton, &QPushButton::clicked, this, &LogDock::clear);
    tools->addWidget(m_level);
    tools->addWidget(m_search, 1);
    tools->addWidget(m_verbose);
    tools->addWidget(copyButton);
    tools->addWidget(clearButton);

    buildList();
    m_batch.setSingleShot(true);
    m_batch.setInterval(batchMs);
    connect(&m_batch, &QTimer::timeout, this, &LogDock::flush);
    takeColours();
}

void LogDock::buildList()
{
    m_list->setModel(m_filter);
    m_list->setAccessibleName(tr("Log lines"));
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTextElideMode(Qt::ElideRight);
    QHeaderView *header = m_list->header();
    header->setSectionsMovable(false);
    header->setStretchLastSection(true);
    header->resizeSection(LogModel::Time, fontMetrics().horizontalAdvance(u"00:00:00.000"_s) + 24);
    header->resizeSection(LogModel::Level, fontMetrics().horizontalAdvance(tr("Warning")) + 24);
    header->resizeSection(LogModel::Room, fontMetrics().averageCharWidth() * 14);
    auto *copyAction = new QAction(
        tr("Copy") + u'\t' + QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText), this);
    m_list->installEventFilter(this);
    connect(copyAction, &QAction::triggered, this, &LogDock::copy);
    m_list->addAction(copyAction);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void LogDock::setVerbose(bool on)
{
    const QSignalBlocker quiet(m_verbose);
    m_verbose->setChecked(on);
}

int LogDock::shownCount() const
{
    return m_filter->rowCount();
}

void LogDock::append(const LogEntry &entry)
{
    m_waiting.append(entry);
    // Twice the limit before half of it is thrown away: the price of moving is paid seldom.
    if (m_waiting.size() >= 2 * lineLimit)
        m_waiting.remove(0, m_waiting.size() - lineLimit);
    if (isVisible() && !m_batch.isActive())
        m_batch.start();
}

bool LogDock::isAtEnd() const
{
    const QScrollBar *bar = m_list->verticalScrollBar();
    return bar->value() >= bar->maximum();
}

void LogDock::flush()
{
    if (m_waiting.isEmpty())
        return;
    const bool follows = isAtEnd();
    // What is only here for whoever hunts a fault stays as it is.
    for (LogEntry &entry : m_waiting) {
        if (entry.level != LogEntry::Level::Debug && !entry.sentence.isEmpty())
            entry.text = said(entry.sentence);
    }
    m_model->append(m_waiting);
    m_waiting.clear();
    if (follows)
        m_list->scrollToBottom();
}

void LogDock::copy()
{
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    if (rows.isEmpty()) {
        for (int row = 0; row < m_filter->rowCount(); ++row)
            lines.append(m_filter->index(row, 0).data(LogModel::LineRole).toString());
    } else {
        for (const QModelIndex &row : std::as_const(rows))
            lines.append(row.data(LogModel::LineRole).toString());
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void LogDock::clear()
{
    m_waiting.clear();
    m_model->clear();
}

void LogDock::takeColours()
{
    m_model->setColours(theme::mutedText(), theme::warning(), theme::critical());
}

/// The list's own key, so that it collides with no shortcut of the window.
bool LogDock::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list &&
        (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) &&
        static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        if (event->type() == QEvent::KeyPress)
            copy();
        return true;
    }
    return QDockWidget::eventFilter(watched, event);
}

void LogDock::showEvent(QShowEvent *event)
{
    QDockWidget::showEvent(event);
    flush();
}

void LogDock::changeEvent(QEvent *event)
{
    QDockWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_model)
        takeColours();
}

} // namespace cycast
