// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/playlisttable.h"

#include "ui/look/tablelook.h"
#include "ui/look/theme.h"
#include "ui/playlist/playlistmime.h"
#include "ui/playlist/playlistmodel.h"

#include <QDropEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace cycast
{

namespace
{

/// The row with the keyboard is framed as a whole; the style's own frame around one cell says less.
class RowDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state.setFlag(QStyle::State_HasFocus, false);
        option->state.setFlag(QStyle::State_MouseOver, false);
    }
};

} // namespace

PlaylistTable::PlaylistTable(QWidget *parent)
    : QTableView(parent)
{
    applyTableLook(*this);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setDragEnabled(true);
    setAcceptDrops(true);
    setDragDropMode(DragDrop);
    setDragDropOverwriteMode(false);
    setDropIndicatorShown(false); // its own line goes across the whole row
    setDefaultDropAction(Qt::CopyAction);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setCornerButtonEnabled(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setMinimumSectionSize(40);
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { emit playAsked(index.row()); });
    setItemDelegate(new RowDelegate(this));
    setRowHeight();
}

QList<int> PlaylistTable::selectedRows() const
{
    QList<int> rows;
    if (selectionModel() == nullptr)
        return rows;
    // By ranges: asking for 100,000 indexes to get 100,000 numbers takes its time.
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

void PlaylistTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update(); // the frame goes across all columns
}

int PlaylistTable::dropRow(const QPoint &position) const
{
    const int row = rowAt(position.y());
    if (row < 0)
        return model()->rowCount();
    const int middle = rowViewportPosition(row) + rowHeight(row) / 2;
    return position.y() > middle ? row + 1 : row;
}

void PlaylistTable::setDropRow(int row)
{
    m_dropRow = row;
    viewport()->update();
}

void PlaylistTable::dragEnterEvent(QDragEnterEvent *event)
{
    if (!draggedRows(event->mimeData()).isEmpty() || !droppedPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
    else
        event->ignore();
}

void PlaylistTable::dragMoveEvent(QDragMoveEvent *event)
{
    QTableView::dragMoveEvent(event); // scrolls near the edges
    setDropRow(dropRow(event->position().toPoint()));
    event->acceptProposedAction();
}

void PlaylistTable::dragLeaveEvent(QDragLeaveEvent *event)
{
    setDropRow(-1);
    QTableView::dragLeaveEvent(event);
}

void PlaylistTable::dropEvent(QDropEvent *event)
{
    const int row = dropRow(event->position().toPoint());
    setDropRow(-1);
    stopAutoScroll();
    setState(NoState);
    QList<quint64> ids = draggedRows(event->mimeData());
    if (!ids.isEmpty() && m_knowsRow && !m_knowsRow(ids.constFirst()))
        ids.clear();
    const QStringList paths = ids.isEmpty() ? droppedPaths(event->mimeData()) : QStringList();
    if (ids.isEmpty() && paths.isEmpty()) {
        event->ignore();
        return;
    }
    // Always a copy as far as the other side is concerned: a "move" would make this view, or a file
    // manager, take away what it handed over.
    event->setDropAction(Qt::CopyAction);
    event->accept();
    if (ids.isEmpty())
        emit pathsDropped(paths, row);
    else
        emit rowsDropped(ids, row);
}

void PlaylistTable::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers() == (event->modifiers() & Qt::KeypadModifier) &&
        currentIndex().isValid()) {
        emit playAsked(currentIndex().row());
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void PlaylistTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    const int current = currentIndex().row();
    if (current >= 0 && hasFocus()) {
        painter.setPen(QPen(theme::accent(palette()), 1));
        painter.drawRect(0, rowViewportPosition(current), viewport()->width() - 1, rowHeight(current) - 1);
    }
    if (m_dropRow < 0)
        return;
    const int rows = model()->rowCount();
    int y = 1;
    if (m_dropRow < rows)
        y = rowViewportPosition(m_dropRow);
    else if (rows > 0)
        y = rowViewportPosition(rows - 1) + rowHeight(rows - 1);
    painter.setPen(QPen(theme::accent(palette()), 2));
    painter.drawLine(0, std::max(1, y), viewport()->width(), std::max(1, y));
}

void PlaylistTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        setRowHeight();
}

void PlaylistTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fitColumns();
}

void PlaylistTable::setRowHeight()
{
    const int line = fontMetrics().height();
    verticalHeader()->setDefaultSectionSize(line * 7 / 4);
    setIconSize({line * 4 / 5, line * 4 / 5});
}

/// Length and format take what their texts need, title and artist share the rest. Measured from the font,
/// never from the rows: there may be 100,000.
void PlaylistTable::fitColumns()
{
    if (model() == nullptr || model()->columnCount() < PlaylistModel::ColumnCount)
        return;
    const QFontMetrics metrics = fontMetrics();
    const int padding = metrics.averageCharWidth() * 3;
    const int length = metrics.horizontalAdvance(QStringLiteral("8:88:88")) + padding;
    const int format = metrics.horizontalAdvance(QStringLiteral("FLAC 8888 → MP3")) + padding;
    // In a narrow place (large text) the titles stay readable and the format is scrolled to.
    const int rest = std::max(viewport()->width() - length - format, metrics.averageCharWidth() * 30);
    setColumnWidth(PlaylistModel::TitleColumn, rest * 57 / 100);
    setColumnWidth(PlaylistModel::ArtistColumn, rest - rest * 57 / 100);
    setColumnWidth(PlaylistModel::LengthColumn, length);
    setColumnWidth(PlaylistModel::FormatColumn, format);
}

} // namespace cycast
