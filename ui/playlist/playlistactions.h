// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>

namespace cycast
{

class PlaylistEditor;

/// What can be done with the playlist: its words, keys and pictures. The menus and the buttons of the card
/// show the same actions. Adding, saving, undo, shuffle and repeat work by themselves; what concerns the rows
/// on the screen is connected by whoever shows them (PlaylistView).
struct PlaylistActions {
    /// `editor` must outlive `parent`, which owns the actions and the dialogs they open.
    PlaylistActions(PlaylistEditor &editor, QWidget *parent);

    QAction *addFiles = nullptr;
    QAction *addFolder = nullptr;
    QAction *openPlaylist = nullptr;
    QAction *savePlaylist = nullptr;
    QAction *undo = nullptr;
    QAction *redo = nullptr;
    QAction *remove = nullptr;
    QAction *playFrom = nullptr;
    QAction *playNext = nullptr;
    QAction *shuffle = nullptr;
    QAction *repeat = nullptr;
    QAction *selectAll = nullptr;
    QAction *selectProblems = nullptr;
    QAction *showProblems = nullptr; ///< checkable: only the rows that ask for attention
    QAction *find = nullptr;
    QList<QAction *> sortBy; ///< one for each column

private:
    void makeFiles(PlaylistEditor &editor, QWidget *parent);
    void makeRows(const PlaylistEditor &editor, QWidget *parent);
    void makePlayback(PlaylistEditor &editor, QWidget *parent);
};

} // namespace cycast
