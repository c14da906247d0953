// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/stationcontrol.h"
#include "ui/look/icons.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/playlist/playlistmodel.h"
#include "ui/playlist/playlisttable.h"
#include "ui/playlist/playlistview.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QShortcut>
#include <QStandardPaths>
#include <QUndoStack>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

/// Opened, never executed: no event loop inside another. Deletes itself.
QFileDialog *makeDialog(QWidget *parent, const QString &title, QFileDialog::FileMode mode)
{
    auto *dialog =
        new QFileDialog(parent, title, QStandardPaths::writableLocation(QStandardPaths::MusicLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(mode);
    return dialog;
}

} // namespace

void PlaylistView::makeActions()
{
    PlaylistActions &a = m_actions;
    const auto action = [this](const QString &text, const QKeySequence &key, auto slot) {
        auto *result = new QAction(text, this);
        result->setShortcut(key);
        connect(result, &QAction::triggered, this, slot);
        return result;
    };
    a.addFiles = action(tr("Add &files\u2026"), QKeySequence::Open, [this] { askForFiles(); });
    a.addFolder = action(tr("Add f&older\u2026"), tr("Ctrl+Shift+O"), [this] { askForFolder(); });
    a.openPlaylist = action(tr("Open &playlist\u2026"), tr("Ctrl+L"), [this] { askForPlaylist(); });
    a.savePlaylist = action(tr("&Save playlist as\u2026"), QKeySequence::Save, [this] { askWhereToSave(); });

    a.undo = m_editor.undoStack().createUndoAction(this, tr("&Undo"));
    a.undo->setShortcut(QKeySequence::Undo);
    a.redo = m_editor.undoStack().createRedoAction(this, tr("&Redo"));
    a.redo->setShortcut(QKeySequence::Redo);

    // Keys that mean something else in text fields and other tables: only while the rows have the focus.
    const auto forRows = [this](QAction *one) {
        one->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_table->addAction(one);
        return one;
    };
    a.remove = forRows(action(tr("Re&move from playlist"), QKeySequence::Delete,
                              [this] { m_editor.remove(selectedRows()); }));
    a.playFrom = forRows(action(tr("&Play from here"), tr("Ctrl+Return"), [this] {
        const QModelIndex at = m_table->currentIndex();
        const QList<int> rows = m_table->selectedRows();
        if (!rows.isEmpty())
            m_editor.playFrom(sourceRow(rows.contains(at.row()) ? at.row() : rows.first()));
    }));
    a.playNext = forRows(
        action(tr("Play &next"), tr("Ctrl+Shift+Return"), [this] { m_editor.playNext(selectedRows()); }));
    a.selectAll = forRows(action(tr("Select &all"), QKeySequence::SelectAll, [this] {
        m_table->selectAll();
        m_table->setFocus();
    }));
    a.selectProblems = action(tr("Select tracks that need a&ttention"), tr("Ctrl+Shift+N"),
                              [this] { selectRows(m_editor.problemRows()); });
    a.showProblems = action(tr("&Only tracks that need attention"), tr("Ctrl+Shift+A"),
                            [this](bool on) { showAttention(on); });
    a.showProblems->setCheckable(true);
    a.showProblems->setIcon(icon(Glyph::Warning));
    a.showProblems->setToolTip(tr("Show only the tracks that need attention, with the reason"));

    a.find = action(tr("&Find in playlist"), QKeySequence::Find, [this] {
        m_filterField->show();
        m_filterField->setFocus(Qt::ShortcutFocusReason);
        m_filterField->selectAll();
    });
    auto *escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, [this] {
        m_filterField->clear();
        m_filterField->hide();
        showAttention(false);
        m_table->setFocus();
    });

    a.shuffle = action(tr("S&huffle"), tr("Ctrl+Shift+H"), [this](bool on) { m_editor.setShuffle(on); });
    a.shuffle->setIcon(icon(Glyph::Shuffle));
    a.repeat =
        action(tr("Rep&eat the whole list"), tr("Ctrl+Shift+R"), [this](bool on) { m_editor.setRepeat(on); });
    a.repeat->setIcon(icon(Glyph::Repeat));
    a.repeat->setToolTip(tr("Repeat the whole list"));
    for (QAction *one : {a.shuffle, a.repeat})
        one->setCheckable(true);
    connect(&m_editor, &PlaylistEditor::shuffleChanged, a.shuffle, &QAction::setChecked);
    connect(&m_editor, &PlaylistEditor::repeatChanged, a.repeat, &QAction::setChecked);
    a.shuffle->setChecked(m_editor.playbackSettings().shuffle);
    a.repeat->setChecked(m_editor.playbackSettings().repeat);

    for (int column = 0; column < PlaylistModel::ColumnCount; ++column) {
        const QString name = m_editor.model().headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        a.sortBy.append(action(name, {}, [this, column] { sortFromHeader(column); }));
    }
}

QStringList PlaylistView::filePatterns() const
{
    QStringList patterns;
    for (const QString &extension : m_editor.playbackSettings().extensions)
        patterns.append(u'*' + extension);
    return patterns;
}

void PlaylistView::askForFiles()
{
    auto *dialog = makeDialog(this, tr("Add files"), QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Music (%1)").arg(filePatterns().join(u' ')), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this,
            [this](const QStringList &files) { m_editor.importPaths(files); });
    dialog->open();
}

void PlaylistView::askForFolder()
{
    auto *dialog = makeDialog(this, tr("Add a folder with everything in it"), QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::filesSelected, this,
            [this](const QStringList &folders) { m_editor.importPaths(folders); });
    dialog->open();
}

void PlaylistView::askForPlaylist()
{
    auto *dialog = makeDialog(this, tr("Open a playlist"), QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Playlists (*.m3u *.m3u8 *.pls *.xspf *.cue)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this,
            [this](const QStringList &files) { m_editor.importPaths(files); });
    dialog->open();
}

void PlaylistView::askWhereToSave()
{
    auto *dialog = makeDialog(this, tr("Save the playlist"), QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"m3u8"_s);
    dialog->setNameFilters({tr("Playlist (*.m3u8)"), tr("Playlist for older players (*.m3u)"),
                            tr("PLS playlist (*.pls)"), tr("XSPF playlist (*.xspf)")});
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        const qsizetype dot = filter.lastIndexOf("*."_L1);
        dialog->setDefaultSuffix(filter.mid(dot + 2).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &file) { m_editor.exportTo(file); });
    dialog->open();
}

} // namespace cycast
