// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/mainmenu.h"

#include "ui/listeners/listenersview.h"
#include "ui/look/language.h"
#include "ui/onair/broadcastactions.h"
#include "ui/playlist/playlistactions.h"
#include "ui/window/panecycle.h"
#include "ui/window/windowdialogs.h"

#include <QActionGroup>
#include <QMainWindow>
#include <QMenuBar>

namespace cycast
{

MainMenu::MainMenu(QMainWindow &window, const Parts &parts)
    : QObject(&window)
    , m_window(window)
{
    makeFile(parts);
    makeBroadcast(parts);
    makePlaylist(parts);
    makePresets(parts);
    makeView(parts);
    makeTools(parts);
    makeHelp(parts);
}

QMenu *MainMenu::add(const QString &title)
{
    return m_window.menuBar()->addMenu(title);
}

void MainMenu::makeFile(const Parts &parts)
{
    const PlaylistActions &list = parts.playlist;
    QMenu *menu = add(tr("&File"));
    menu->addActions({list.addFiles, list.addFolder, list.openPlaylist});
    menu->addMenu(parts.recent);
    menu->addSeparator();
    menu->addAction(list.savePlaylist);
    menu->addSeparator();
    QAction *quit = menu->addAction(tr("&Quit"), QKeySequence(tr("Ctrl+Q")), &m_window, &QWidget::close);
    quit->setMenuRole(QAction::QuitRole);
}

void MainMenu::makeBroadcast(const Parts &parts)
{
    const BroadcastActions &broadcast = parts.broadcast;
    QMenu *menu = add(tr("&Broadcast"));
    menu->addAction(broadcast.air());
    menu->addAction(broadcast.skip());
    menu->addAction(broadcast.record());
    menu->addSeparator();
    menu->addActions({broadcast.listen(), broadcast.copyLink(), broadcast.share(), broadcast.outside()});
    menu->addAction(tr("Use h&ttps\u2026"), &parts.dialogs, &WindowDialogs::showHttps);
    menu->addAction(tr("&Directories\u2026"), &parts.dialogs, &WindowDialogs::showDirectories);
}

void MainMenu::makePlaylist(const Parts &parts)
{
    const PlaylistActions &list = parts.playlist;
    QMenu *menu = add(tr("&Playlist"));
    menu->addActions({list.undo, list.redo});
    menu->addSeparator();
    menu->addActions({list.playFrom, list.playNext, list.remove});
    QMenu *sort = menu->addMenu(tr("&Sort by"));
    sort->addActions(list.sortBy);
    menu->addSeparator();
    menu->addActions({list.shuffle, list.repeat, parts.jingles});
    menu->addSeparator();
    menu->addActions({list.selectAll, list.selectProblems, list.showProblems, list.find});
}

void MainMenu::makePresets(const Parts &parts)
{
    if (parts.presets->title().isEmpty())
        parts.presets->setTitle(tr("P&resets"));
    m_window.menuBar()->addMenu(parts.presets);
}

void MainMenu::makeView(const Parts &parts)
{
    QMenu *menu = add(tr("&View"));
    parts.log->setText(tr("&Log"));
    parts.log->setShortcut(tr("Ctrl+Shift+G"));
    menu->addAction(parts.log);
    parts.knocks->setText(tr("&Who knocked"));
    parts.knocks->setShortcut(tr("Ctrl+Shift+W"));
    menu->addAction(parts.knocks);
    menu->addSeparator();
    PaneCycle &panes = parts.panes;
    menu->addAction(tr("&Next pane"), QKeySequence(Qt::Key_F6), &m_window, [&panes] { panes.step(1); });
    menu->addAction(tr("&Previous pane"), QKeySequence(Qt::SHIFT | Qt::Key_F6), &m_window,
                    [&panes] { panes.step(-1); });
    menu->addSeparator();
    menu->addActions(parts.exports);
    makeLanguage(*menu->addMenu(tr("Lan&guage")), parts.languageFile);
    menu->addSeparator();
    QAction *full = menu->addAction(tr("&Full screen"));
    full->setShortcut(Qt::Key_F11);
    full->setCheckable(true);
    connect(full, &QAction::triggered, &m_window, [&window = m_window](bool on) {
        window.setWindowState(window.windowState().setFlag(Qt::WindowFullScreen, on));
    });
}

void MainMenu::makeLanguage(QMenu &menu, const QString &file)
{
    auto *group = new QActionGroup(&menu);
    const QString chosen = language::load(file);
    for (const QString &code : language::codes()) {
        QAction *action = menu.addAction(language::name(code));
        action->setCheckable(true);
        action->setChecked(code == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, file, code] {
            language::save(file, code);
            emit languageChosen(code);
        });
    }
}

void MainMenu::makeTools(const Parts &parts)
{
    WindowDialogs *dialogs = &parts.dialogs;
    QMenu *menu = add(tr("&Tools"));
    QAction *settings = menu->addAction(tr("&Settings\u2026"), QKeySequence(tr("Ctrl+,")), dialogs,
                                        &WindowDialogs::showSettings);
    settings->setMenuRole(QAction::PreferencesRole);
    menu->addSeparator();
    menu->addAction(tr("Connect a &DJ\u2026"), QKeySequence(tr("Ctrl+D")), dialogs,
                    &WindowDialogs::showConnectDj);
    menu->addAction(tr("&Banned listeners\u2026"), parts.listeners, &ListenersView::showBans);
    menu->addAction(tr("S&elf-test\u2026"), QKeySequence(tr("Ctrl+T")), dialogs,
                    &WindowDialogs::showSelfTest);
}

void MainMenu::makeHelp(const Parts &parts)
{
    WindowDialogs *dialogs = &parts.dialogs;
    QMenu *menu = add(tr("&Help"));
    menu->addAction(tr("&Keyboard shortcuts"), QKeySequence(Qt::Key_F1), dialogs,
                    &WindowDialogs::showShortcuts);
    QAction *about = menu->addAction(tr("&About Cycast Desktop"), dialogs, &WindowDialogs::showAbout);
    about->setMenuRole(QAction::AboutRole);
}

} // namespace cycast
