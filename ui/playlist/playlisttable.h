// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include <functional>

namespace cycast
{

/// The rows on the screen: rows of one height, files dropped between them, rows dragged to another place.
/// What happens then is for whoever listens; rows are those of this view's model.
class PlaylistTable : public QTableView
{
    Q_OBJECT

public:
    explicit PlaylistTable(QWidget *parent = nullptr);

    QList<int> selectedRows() const;
    /// Whether a row that is dropped here is one of this list's own; one of another list comes as its file.
    void setKnowsRow(std::function<bool(quint64 id)> knows) { m_knowsRow = std::move(knows); }

signals:
    /// In front of `row`; equal to the number of rows: at the end.
    void pathsDropped(const QStringList &paths, int row);
    void rowsDropped(const QList<quint64> &ids, int row);
    void playAsked(int row);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int dropRow(const QPoint &position) const;
    void setDropRow(int row);
    void setRowHeight();
    void fitColumns();

    std::function<bool(quint64)> m_knowsRow;
    int m_dropRow = -1; ///< where the line is drawn while something hovers
};

} // namespace cycast
