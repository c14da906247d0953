// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/playlistactions.h"

#include "ui/look/icons.h"
#include "ui/playlist/playlistdialogs.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/playlist/playlistmodel.h"

#include <QCoreApplication>
#include <QUndoStack>
#include <QWidget>

namespace cycast
{

namespace
{

/// ActionTexts of the actions, marked for the translators.
struct ActionTexts {
    Q_DECLARE_TR_FUNCTIONS(ActionTexts)
};

QAction *makeAction(QWidget *parent, const QString &text, const QKeySequence &key)
{
    auto *action = new QAction(text, parent);
    action->setShortcut(key);
    return action;
}

} // namespace

PlaylistActions::PlaylistActions(PlaylistEditor &editor, QWidget *parent)
{
    makeFiles(editor, parent);
    makeRows(editor, parent);
    makePlayback(editor, parent);
}

void PlaylistActions::makeFiles(PlaylistEditor &editor, QWidget *parent)
{
    const auto asking = [&](const QString &text, const QKeySequence &key, auto ask) {
        QAction *action = makeAction(parent, text, key);
        QObject::connect(action, &QAction::triggered, parent,
                         [&editor, parent, ask] { ask(editor, parent); });
        return action;
    };
    addFiles = asking(ActionTexts::tr("Add &files\u2026"), QKeySequence::Open, playlistdialogs::askForFiles);
    addFolder = asking(ActionTexts::tr("Add f&older\u2026"), ActionTexts::tr("Ctrl+Shift+O"),
                       playlistdialogs::askForFolder);
    openPlaylist = asking(ActionTexts::tr("Open &playlist\u2026"), ActionTexts::tr("Ctrl+L"),
                          playlistdialogs::askForPlaylist);
    savePlaylist = asking(ActionTexts::tr("&Save playlist as\u2026"), QKeySequence::Save,
                          playlistdialogs::askWhereToSave);

    undo = editor.undoStack().createUndoAction(parent, ActionTexts::tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    redo = editor.undoStack().createRedoAction(parent, ActionTexts::tr("&Redo"));
    redo->setShortcut(QKeySequence::Redo);
}

void PlaylistActions::makeRows(const PlaylistEditor &editor, QWidget *parent)
{
    remove = makeAction(parent, ActionTexts::tr("Re&move from playlist"), QKeySequence::Delete);
    playFrom = makeAction(parent, ActionTexts::tr("&Play from here"), ActionTexts::tr("Ctrl+Return"));
    playNext = makeAction(parent, ActionTexts::tr("Play &next"), ActionTexts::tr("Ctrl+Shift+Return"));
    selectAll = makeAction(parent, ActionTexts::tr("Select &all"), QKeySequence::SelectAll);
    // Keys that mean something else in text fields and other tables: only while the rows have the focus.
    for (QAction *action : {remove, playFrom, playNext, selectAll})
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    selectProblems = makeAction(parent, ActionTexts::tr("Select tracks that need a&ttention"),
                                ActionTexts::tr("Ctrl+Shift+N"));
    showProblems = makeAction(parent, ActionTexts::tr("&Only tracks that need attention"),
                              ActionTexts::tr("Ctrl+Shift+A"));
    showProblems->setCheckable(true);
    showProblems->setIcon(icon(Glyph::Warning));
    showProblems->setToolTip(ActionTexts::tr("Show only the tracks that need attention, with the reason"));
    find = makeAction(parent, ActionTexts::tr("&Find in playlist"), QKeySequence::Find);
    for (int column = 0; column < PlaylistModel::ColumnCount; ++column) {
        const QString name = editor.model().headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        sortBy.append(makeAction(parent, name, {}));
    }
}

void PlaylistActions::makePlayback(PlaylistEditor &editor, QWidget *parent)
{
    shuffle = makeAction(parent, ActionTexts::tr("S&huffle"), ActionTexts::tr("Ctrl+Shift+H"));
    shuffle->setIcon(icon(Glyph::Shuffle));
    repeat = makeAction(parent, ActionTexts::tr("Rep&eat the whole list"), ActionTexts::tr("Ctrl+Shift+R"));
    repeat->setIcon(icon(Glyph::Repeat));
    repeat->setToolTip(ActionTexts::tr("Repeat the whole list"));
    for (QAction *action : {shuffle, repeat})
        action->setCheckable(true);
    QObject::connect(shuffle, &QAction::triggered, &editor, &PlaylistEditor::setShuffle);
    QObject::connect(repeat, &QAction::triggered, &editor, &PlaylistEditor::setRepeat);
    QObject::connect(&editor, &PlaylistEditor::shuffleChanged, shuffle, &QAction::setChecked);
    QObject::connect(&editor, &PlaylistEditor::repeatChanged, repeat, &QAction::setChecked);
    shuffle->setChecked(editor.playbackSettings().shuffle);
    repeat->setChecked(editor.playbackSettings().repeat);
}

} // namespace cycast
