// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/attention.h"
#include "ui/look/card.h"
#include "ui/playlist/playlistactions.h"

#include <optional>

class QLineEdit;
class QMenu;
class QProgressBar;
class QStackedWidget;
class QToolButton;

namespace cycast
{

class ElidedLabel;
class PlaylistEditor;
class PlaylistFilter;
class PlaylistTable;

/// The playlist card: rows, filter, empty state, footer.
class PlaylistView : public Card
{
    Q_OBJECT

public:
    /// `editor` must outlive it.
    explicit PlaylistView(PlaylistEditor &editor, QWidget *parent = nullptr);

    const PlaylistActions &actions() const { return m_actions; }
    PlaylistTable *table() const { return m_table; }
    QLineEdit *filterField() const { return m_filterField; }

    /// A line of news above the footer, until closed or followed by the next one.
    void showNotice(const QString &sentence, bool isProblem);
    void showProgress(int done, int total);
    /// Rows of the playlist (not of the filtered view).
    QList<int> selectedRows() const;
    void selectRows(const QList<int> &rows);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void connectActions();
    void makeHeader();
    QWidget *makeEmptyPage();
    void makeFooter();
    void connectEditor();
    void showContextMenu(const QPoint &position);
    void setFilter(const QString &text);
    void showAttention(bool on, std::optional<AttentionKind> kind = {});
    void fillAttentionMenu(QMenu *menu);
    void makeProgress();
    QStringList attentionParts() const;
    void playFromSelected();
    void showFilter();
    void leaveFilter();
    void sortFromHeader(int column);
    void updateFooter();
    void updateActions();
    int sourceRow(int viewRow) const;

    PlaylistEditor &m_editor;
    PlaylistActions m_actions;
    PlaylistFilter *m_filter;
    PlaylistTable *m_table;
    QLineEdit *m_filterField;
    QStackedWidget *m_pages;
    QWidget *m_progressRow = nullptr;
    QProgressBar *m_progress = nullptr;
    ElidedLabel *m_progressWords = nullptr;
    QWidget *m_noticeRow = nullptr;
    ElidedLabel *m_notice = nullptr;
    ElidedLabel *m_footer = nullptr;
    QToolButton *m_attention = nullptr;
    int m_sortedBy = -1;
    bool m_sortedDown = false;
};

} // namespace cycast
