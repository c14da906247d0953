// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QMainWindow;
class QMenu;

namespace cycast
{

class BroadcastActions;
class ListenersView;
class PaneCycle;
class WindowDialogs;
struct PlaylistActions;

/// The menus of the main window: which entry stands where. What an entry does is the business of the part
/// that made it; those of the window itself are made here.
class MainMenu : public QObject
{
    Q_OBJECT

public:
    /// What the menus show; all of it must outlive the window's menu bar.
    struct Parts {
        const PlaylistActions &playlist;
        const BroadcastActions &broadcast;
        WindowDialogs &dialogs;
        PaneCycle &panes;
        QMenu *recent;
        QMenu *presets;
        QAction *jingles;
        QAction *log;
        QAction *knocks;
        QList<QAction *> exports; ///< of the chart
        ListenersView *listeners; ///< for its bans
        QString languageFile;     ///< see language::load
    };

    MainMenu(QMainWindow &window, const Parts &parts);

signals:
    /// A code of language::codes(); it is kept already.
    void languageChosen(const QString &code);

private:
    QMenu *add(const QString &title);
    void makeFile(const Parts &parts);
    void makeBroadcast(const Parts &parts);
    void makePlaylist(const Parts &parts);
    void makePresets(const Parts &parts);
    void makeView(const Parts &parts);
    void makeLanguage(QMenu &menu, const QString &file);
    void makeTools(const Parts &parts);
    void makeHelp(const Parts &parts);

    QMainWindow &m_window;
};

} // namespace cycast
