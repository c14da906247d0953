// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/playlistview.h"

#include "ui/look/elidedlabel.h"
#include "ui/look/humanize.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/playlist/attentiontexts.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/playlist/playlistfilter.h"
#include "ui/playlist/playlistmime.h"
#include "ui/playlist/playlisttable.h"
#include "ui/playlist/rowwords.h"

#include <QDropEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QUndoStack>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

PlaylistView::PlaylistView(PlaylistEditor &editor, QWidget *parent)
    : Card(tr("Playlist"), parent)
    , m_editor(editor)
    , m_actions(editor, this)
    , m_filter(new PlaylistFilter(this))
    , m_table(new PlaylistTable(this))
    , m_filterField(new QLineEdit(this))
    , m_pages(new QStackedWidget(this))
{
    setObjectName(u"playlistView"_s);
    setAcceptDrops(true);
    m_filter->setSourceModel(&editor.model());
    m_table->setModel(m_filter);
    m_table->setObjectName(u"playlistTable"_s);
    m_table->setKnowsRow([&editor](quint64 id) { return editor.model().rowOf(id) >= 0; });
    m_table->setAccessibleName(tr("Playlist"));
    titleLabel()->setBuddy(m_table);

    connectActions();
    makeProgress();
    makeHeader();
    m_filterField->setPlaceholderText(tr("Find title, artist, album or file"));
    m_filterField->setAccessibleName(tr("Find in the playlist"));
    m_filterField->setClearButtonEnabled(true);
    m_filterField->hide();
    body()->addWidget(m_filterField);
    body()->addWidget(m_progress);
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(m_table);
    body()->addWidget(m_pages, 1);
    makeFooter();
    connectEditor();
    updateFooter();
    updateActions();
}

void PlaylistView::connectActions()
{
    const auto does = [this](QAction *action, auto slot) {
        connect(action, &QAction::triggered, this, slot);
    };
    m_table->addActions({m_actions.remove, m_actions.playFrom, m_actions.playNext, m_actions.selectAll});
    does(m_actions.remove, [this] { m_editor.remove(selectedRows()); });
    does(m_actions.playFrom, [this] { playFromSelected(); });
    does(m_actions.playNext, [this] { m_editor.playNext(selectedRows()); });
    does(m_actions.selectAll, [this] {
        m_table->selectAll();
        m_table->setFocus();
    });
    does(m_actions.selectProblems, [this] { selectRows(m_editor.problemRows()); });
    does(m_actions.showProblems, [this](bool on) { showAttention(on); });
    does(m_actions.find, [this] { showFilter(); });
    for (int column = 0; column < m_actions.sortBy.size(); ++column)
        does(m_actions.sortBy.at(column), [this, column] { sortFromHeader(column); });
    auto *escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &PlaylistView::leaveFilter);
}

/// From the current row when it is selected, otherwise from the first that is.
void PlaylistView::playFromSelected()
{
    const QModelIndex at = m_table->currentIndex();
    const QList<int> rows = m_table->selectedRows();
    if (!rows.isEmpty())
        m_editor.playFrom(sourceRow(rows.contains(at.row()) ? at.row() : rows.first()));
}

void PlaylistView::showFilter()
{
    m_filterField->show();
    m_filterField->setFocus(Qt::ShortcutFocusReason);
    m_filterField->selectAll();
}

void PlaylistView::leaveFilter()
{
    m_filterField->clear();
    m_filterField->hide();
    showAttention(false);
    m_table->setFocus();
}

void PlaylistView::makeHeader()
{
    const auto button = [this](QAction *action) {
        auto *result = new QToolButton(this);
        result->setProperty("boxed", true);
        result->setDefaultAction(action);
        result->setToolButtonStyle(Qt::ToolButtonIconOnly);
        result->setIconSize(QSize(1, 1) * fontMetrics().height());
        result->setAccessibleName(action->toolTip());
        result->setFocusPolicy(Qt::StrongFocus);
        addToHeader(result);
    };
    button(m_actions.shuffle);
    button(m_actions.repeat);
    auto *add = new QToolButton(this);
    add->setObjectName(u"addButton"_s);
    add->setProperty("boxed", true);
    add->setText(tr("Add"));
    add->setAccessibleName(tr("Add to the playlist"));
    add->setIcon(icon(Glyph::Add));
    add->setIconSize(QSize(1, 1) * fontMetrics().height());
    add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    add->setPopupMode(QToolButton::InstantPopup);
    add->setFocusPolicy(Qt::StrongFocus);
    auto *menu = new QMenu(add);
    menu->addActions({m_actions.addFiles, m_actions.addFolder, m_actions.openPlaylist});
    add->setMenu(menu);
    addToHeader(add);
}

/// The words and the button stand in the header, the thin line below keeps its place when it is hidden: the
/// rows do not jump.
void PlaylistView::makeProgress()
{
    m_progressRow = new QWidget(this);
    m_progressRow->setObjectName(u"tagProgress"_s);
    auto *layout = new QHBoxLayout(m_progressRow);
    layout->setContentsMargins(0, 0, 0, 0);
    m_progressWords = new ElidedLabel(m_progressRow);
    m_progressWords->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    theme::setTone(m_progressWords, Tone::Neutral);
    auto *cancel = new QToolButton(m_progressRow);
    cancel->setObjectName(u"cancelImport"_s);
    cancel->setIcon(icon(Glyph::Close));
    cancel->setProperty("flatIcon", true);
    cancel->setAccessibleName(tr("Stop reading tags"));
    cancel->setToolTip(tr("Stop reading tags. The tracks stay, and are read when their turn comes."));
    connect(cancel, &QToolButton::clicked, &m_editor, &PlaylistEditor::cancelImport);
    layout->addWidget(m_progressWords, 1);
    layout->addWidget(cancel);
    m_progressRow->hide();
    addToHeader(m_progressRow);
    m_progress = new QProgressBar(this);
    m_progress->setProperty("thin", true);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Reading tags"));
    QSizePolicy keepsPlace = m_progress->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keepsPlace);
    m_progress->hide();
}

QWidget *PlaylistView::makeEmptyPage()
{
    auto *page = new QFrame(this);
    page->setObjectName(u"dropZone"_s);
    auto *layout = new QVBoxLayout(page);
    auto *words = new QLabel(tr("Drop music or a playlist here,\nor press Ctrl+O"), page);
    words->setAlignment(Qt::AlignCenter);
    words->setWordWrap(true);
    words->setFont(theme::scaled(font(), 1.2));
    auto *more = new QLabel(tr("Files, folders, M3U, PLS and XSPF"), page);
    more->setAlignment(Qt::AlignCenter);
    more->setWordWrap(true);
    theme::setTone(more, Tone::Neutral);
    auto *button = new QPushButton(tr("Add folder\u2026"), page);
    connect(button, &QPushButton::clicked, m_actions.addFolder, &QAction::trigger);
    layout->addStretch(1);
    layout->addWidget(words);
    layout->addWidget(more);
    layout->addSpacing(8);
    layout->addWidget(button, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    return page;
}

void PlaylistView::makeFooter()
{
    m_noticeRow = new QWidget(this);
    auto *noticeLayout = new QHBoxLayout(m_noticeRow);
    noticeLayout->setContentsMargins(0, 0, 0, 0);
    m_notice = new ElidedLabel(m_noticeRow);
    m_notice->setObjectName(u"playlistNotice"_s);
    auto *close = new QToolButton(m_noticeRow);
    close->setIcon(icon(Glyph::Close));
    close->setProperty("flatIcon", true);
    close->setAccessibleName(tr("Close this message"));
    close->setToolTip(tr("Close this message"));
    connect(close, &QToolButton::clicked, m_noticeRow, &QWidget::hide);
    noticeLayout->addWidget(m_notice, 1);
    noticeLayout->addWidget(close);
    m_noticeRow->hide();
    body()->addWidget(m_noticeRow);

    auto *row = new QHBoxLayout;
    m_footer = new ElidedLabel(this);
    m_footer->setObjectName(u"playlistFooter"_s);
    theme::setTone(m_footer, Tone::Neutral);
    m_attention = new QToolButton(this);
    m_attention->setObjectName(u"needAttention"_s);
    m_attention->setProperty("flatIcon", true);
    m_attention->setDefaultAction(m_actions.showProblems);
    m_attention->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *reasons = new QMenu(m_attention);
    reasons->setObjectName(u"attentionReasons"_s);
    connect(reasons, &QMenu::aboutToShow, this, [this, reasons] { fillAttentionMenu(reasons); });
    connect(m_attention, &QWidget::customContextMenuRequested, reasons,
            [this, reasons](const QPoint &at) { reasons->popup(m_attention->mapToGlobal(at)); });
    m_attention->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_attention->setFocusPolicy(Qt::StrongFocus);
    theme::setTone(m_attention, Tone::Warning);
    row->addWidget(m_footer, 1);
    row->addWidget(m_attention);
    body()->addLayout(row);
}

void PlaylistView::connectEditor()
{
    connect(&m_editor.model(), &PlaylistModel::totalsChanged, this, &PlaylistView::updateFooter);
    connect(&m_editor, &PlaylistEditor::noticed, this, &PlaylistView::showNotice);
    connect(m_filterField, &QLineEdit::textChanged, this, &PlaylistView::setFilter);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &PlaylistView::updateActions);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &PlaylistView::updateActions);
    connect(m_table, &PlaylistTable::playAsked, this, [this](int row) { m_editor.playFrom(sourceRow(row)); });
    connect(m_table, &PlaylistTable::pathsDropped, this,
            [this](const QStringList &paths, int row) { m_editor.importPaths(paths, sourceRow(row)); });
    connect(m_table, &PlaylistTable::rowsDropped, this, [this](const QList<quint64> &ids, int row) {
        QList<int> rows;
        for (const quint64 id : ids) {
            const int from = m_editor.model().rowOf(id);
            if (from >= 0)
                rows.append(from);
        }
        m_editor.move(rows, sourceRow(row));
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, &PlaylistView::showContextMenu);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, &PlaylistView::sortFromHeader);
}

/// Also right for the place behind the last row that the filter shows.
int PlaylistView::sourceRow(int viewRow) const
{
    if (viewRow >= 0 && viewRow < m_filter->rowCount())
        return m_filter->mapToSource(m_filter->index(viewRow, 0)).row();
    return m_editor.model().rowCount();
}

QList<int> PlaylistView::selectedRows() const
{
    QList<int> rows = m_table->selectedRows();
    if (m_filter->isFiltering()) {
        for (int &row : rows)
            row = sourceRow(row);
    }
    return rows;
}

void PlaylistView::selectRows(const QList<int> &rows)
{
    if (m_filter->isFiltering()) {
        m_filterField->clear();
        showAttention(false);
    }
    QItemSelection selection;
    for (qsizetype first = 0; first < rows.size();) {
        qsizetype last = first;
        while (last + 1 < rows.size() && rows.at(last + 1) == rows.at(last) + 1)
            ++last;
        selection.append(QItemSelectionRange(m_filter->index(rows.at(first), 0),
                                             m_filter->index(rows.at(last), PlaylistModel::ColumnCount - 1)));
        first = last + 1;
    }
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (!rows.isEmpty()) {
        const QModelIndex at = m_filter->index(rows.first(), 0);
        m_table->selectionModel()->setCurrentIndex(at, QItemSelectionModel::NoUpdate);
        m_table->scrollTo(at);
        m_table->setFocus();
    }
}

void PlaylistView::showNotice(const QString &sentence, bool isProblem)
{
    m_notice->setFullText(sentence);
    theme::setTone(m_notice, isProblem ? Tone::Warning : Tone::Neutral);
    m_noticeRow->setVisible(!sentence.isEmpty());
}

void PlaylistView::showProgress(int done, int total)
{
    m_progressRow->setVisible(done < total);
    m_progress->setVisible(done < total);
    m_progressWords->setFullText(tr("%1 of %2").arg(humanize::number(done), humanize::number(total)));
    m_progress->setRange(0, std::max(1, total));
    m_progress->setValue(done);
}

void PlaylistView::setFilter(const QString &text)
{
    m_filter->setWords(text);
    updateFooter();
    updateActions();
}

void PlaylistView::showAttention(bool on, std::optional<AttentionKind> kind)
{
    m_filter->setAttentionOnly(on, kind);
    m_actions.showProblems->setChecked(on);
    updateFooter();
    updateActions();
}

/// The reasons and how often each occurs; each leads to its rows.
void PlaylistView::fillAttentionMenu(QMenu *menu)
{
    menu->clear();
    const QMap<AttentionKind, int> counts = m_editor.model().attentionCounts();
    for (auto at = counts.cbegin(); at != counts.cend(); ++at) {
        QAction *reason =
            menu->addAction(tr("%1: %2").arg(attentionWord(at.key()), humanize::tracks(at.value())));
        connect(reason, &QAction::triggered, this, [this, kind = at.key()] { showAttention(true, kind); });
    }
    menu->addSeparator();
    menu->addAction(m_actions.selectProblems);
    QAction *all = menu->addAction(tr("Show all tracks"));
    all->setEnabled(m_filter->isAttentionOnly());
    connect(all, &QAction::triggered, this, [this] { showAttention(false); });
}

/// First click on a column sorts it upwards, the next one downwards.
void PlaylistView::sortFromHeader(int column)
{
    m_sortedDown = column == m_sortedBy && !m_sortedDown;
    m_sortedBy = column;
    m_editor.sort(column, m_sortedDown ? Qt::DescendingOrder : Qt::AscendingOrder);
}

/// "2 missing", "1 very short"
QStringList PlaylistView::attentionParts() const
{
    QStringList parts;
    const QMap<AttentionKind, int> counts = m_editor.model().attentionCounts();
    for (auto at = counts.cbegin(); at != counts.cend(); ++at)
        parts += attentionCount(at.key(), humanize::number(at.value()));
    return parts;
}

void PlaylistView::updateFooter()
{
    const PlaylistModel &list = m_editor.model();
    QStringList parts;
    if (m_filter->isFiltering()) {
        parts = {
            tr("%1 of %2").arg(humanize::number(m_filter->rowCount()), humanize::tracks(list.rowCount()))};
        if (m_filter->isAttentionOnly())
            parts += attentionParts();
        parts += tr("Esc shows all");
    } else if (list.isEmpty())
        parts = {tr("No tracks yet")};
    else
        parts = {humanize::tracks(list.rowCount()), humanize::duration(list.totalMs()),
                 tr("drop files, folders or playlists here")};
    m_footer->setFullText(parts.join(u" \u00b7 "_s));
    m_attention->setVisible(list.problemCount() > 0);
    m_actions.selectProblems->setEnabled(list.problemCount() > 0);
    m_actions.showProblems->setEnabled(list.problemCount() > 0 || m_filter->isAttentionOnly());
    m_actions.showProblems->setIconText(
        list.problemCount() == 1 ? tr("1 needs attention")
                                 : tr("%1 need attention").arg(humanize::number(list.problemCount())));
    m_attention->setAccessibleName(m_actions.showProblems->iconText());
    if (list.problemCount() == 0 && m_filter->isAttentionOnly())
        showAttention(false); // nothing is left to look at
    m_pages->setCurrentIndex(list.isEmpty() ? 0 : 1);
    m_actions.savePlaylist->setEnabled(!list.isEmpty());
    m_actions.selectAll->setEnabled(!list.isEmpty());
    for (QAction *action : std::as_const(m_actions.sortBy))
        action->setEnabled(list.rowCount() > 1);
}

void PlaylistView::updateActions()
{
    const bool hasSelection = m_table->selectionModel()->hasSelection();
    m_actions.remove->setEnabled(hasSelection);
    m_actions.playFrom->setEnabled(hasSelection);
    m_actions.playNext->setEnabled(hasSelection);
}

void PlaylistView::showContextMenu(const QPoint &position)
{
    auto *menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_actions.playFrom, m_actions.playNext});
    menu->addAction(m_actions.remove);
    menu->addSeparator();
    menu->addActions({m_actions.undo, m_actions.redo});
    menu->addSeparator();
    menu->addAction(m_actions.selectAll);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void PlaylistView::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedPaths(event->mimeData()).isEmpty() && draggedRows(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void PlaylistView::dropEvent(QDropEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_editor.importPaths(droppedPaths(event->mimeData()));
}

} // namespace cycast
