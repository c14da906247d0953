// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/stationcontrol.h"
#include "ui/buffer/buffercard.h"
#include "ui/buffer/selftestdialog.h"
#include "ui/desktop/recentfiles.h"
#include "ui/listeners/listenersview.h"
#include "ui/look/language.h"
#include "ui/onair/sharedialog.h"
#include "ui/playlist/jinglesview.h"
#include "ui/playlist/playlistview.h"
#include "ui/settings/presetsmenu.h"
#include "ui/settings/settingsdialog.h"
#include "ui/sources/connectdjdialog.h"
#include "ui/sources/knockdock.h"
#include "ui/window/broadcastactions.h"
#include "ui/window/mainwindow.h"
#include "ui/window/shortcutsdialog.h"

#include <QActionGroup>
#include <QDialog>
#include <QDockWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeBroadcastMenu();
    makePlaylistMenu();
    auto *presets = new PresetsMenu(m_control, m_undo, this);
    presets->setUserPresets(*m_userPresets);
    if (presets->title().isEmpty())
        presets->setTitle(tr("P&resets"));
    menuBar()->addMenu(presets);
    makeViewMenu();
    makeToolsAndHelp();
}

void MainWindow::makeFileMenu()
{
    const PlaylistActions &list = m_playlist->actions();
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    menu->addActions({list.addFiles, list.addFolder, list.openPlaylist});
    menu->addMenu(m_recent);
    menu->addSeparator();
    menu->addAction(list.savePlaylist);
    menu->addSeparator();
    QAction *quit = menu->addAction(tr("&Quit"), QKeySequence(tr("Ctrl+Q")), this, &QWidget::close);
    quit->setMenuRole(QAction::QuitRole);
}

void MainWindow::makeBroadcastMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Broadcast"));
    menu->addAction(m_broadcast->air());
    menu->addAction(m_broadcast->skip());
    menu->addAction(m_broadcast->record());
    menu->addSeparator();
    menu->addActions({m_broadcast->listen(), m_broadcast->copyLink(), m_broadcast->share()});
}

void MainWindow::makePlaylistMenu()
{
    const PlaylistActions &list = m_playlist->actions();
    QMenu *menu = menuBar()->addMenu(tr("&Playlist"));
    menu->addActions({list.undo, list.redo});
    menu->addSeparator();
    menu->addActions({list.playFrom, list.playNext, list.remove});
    QMenu *sort = menu->addMenu(tr("&Sort by"));
    sort->addActions(list.sortBy);
    menu->addSeparator();
    menu->addActions({list.shuffle, list.repeat, m_jingles->toggleAction()});
    menu->addSeparator();
    menu->addActions({list.selectAll, list.selectProblems, list.showProblems, list.find});
}

void MainWindow::makeViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    QAction *log = m_log->toggleViewAction();
    log->setText(tr("&Log"));
    log->setShortcut(tr("Ctrl+Shift+G"));
    menu->addAction(log);
    QAction *knocks = m_knocks->toggleViewAction();
    knocks->setText(tr("&Who knocked"));
    knocks->setShortcut(tr("Ctrl+Shift+W"));
    menu->addAction(knocks);
    menu->addSeparator();
    menu->addAction(tr("&Next pane"), QKeySequence(Qt::Key_F6), this, [this] { m_panes.step(1); });
    menu->addAction(tr("&Previous pane"), QKeySequence(Qt::SHIFT | Qt::Key_F6), this,
                    [this] { m_panes.step(-1); });
    menu->addSeparator();
    menu->addActions(m_buffer->exportActions());
    makeLanguageMenu(*menu->addMenu(tr("Lan&guage")));
    menu->addSeparator();
    QAction *full = menu->addAction(tr("&Full screen"));
    full->setShortcut(Qt::Key_F11);
    full->setCheckable(true);
    connect(full, &QAction::triggered, this,
            [this](bool on) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, on)); });
}

void MainWindow::makeLanguageMenu(QMenu &menu)
{
    auto *group = new QActionGroup(&menu);
    const QString chosen = language::load(m_languageFile);
    for (const QString &code : language::codes()) {
        QAction *action = menu.addAction(language::name(code));
        action->setCheckable(true);
        action->setChecked(code == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, code] {
            language::save(m_languageFile, code);
            emit languageChosen(code);
        });
    }
}

void MainWindow::makeToolsAndHelp()
{
    QMenu *tools = menuBar()->addMenu(tr("&Tools"));
    QAction *settings =
        tools->addAction(tr("&Settings\u2026"), QKeySequence(tr("Ctrl+,")), this, &MainWindow::showSettings);
    settings->setMenuRole(QAction::PreferencesRole);
    tools->addSeparator();
    tools->addAction(tr("Connect a &DJ\u2026"), QKeySequence(tr("Ctrl+D")), this, &MainWindow::showConnectDj);
    tools->addAction(tr("&Banned listeners\u2026"), m_listeners, &ListenersView::showBans);
    tools->addAction(tr("S&elf-test\u2026"), QKeySequence(tr("Ctrl+T")), this, &MainWindow::showSelfTest);
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Keyboard shortcuts"), QKeySequence(Qt::Key_F1), this, &MainWindow::showShortcuts);
    QAction *about = help->addAction(tr("&About Cycast Desktop"), this, &MainWindow::showAbout);
    about->setMenuRole(QAction::AboutRole);
}

void MainWindow::showShare()
{
    if (m_share == nullptr) {
        m_share = new ShareDialog(this);
        connect(m_broadcast, &BroadcastActions::addressesChanged, m_share,
                [this] { m_share->setAddresses(m_broadcast->addresses()); });
        connect(m_share, &ShareDialog::copied, this,
                [this](const QString &text) { statusBar()->showMessage(tr("Copied: %1").arg(text), 4000); });
    }
    m_share->setAddresses(m_broadcast->addresses());
    m_share->show();
    m_share->raise();
    m_share->activateWindow();
}

void MainWindow::showSettings()
{
    if (m_settings == nullptr) {
        m_settings = new SettingsDialog(m_control, this);
        m_settings->setUndoStack(&m_undo);
    }
    m_settings->show();
    m_settings->raise();
    m_settings->activateWindow();
}

void MainWindow::showSetting(const QString &key)
{
    showSettings();
    m_settings->showField(key);
}

void MainWindow::showConnectDj()
{
    if (m_connectDj == nullptr)
        m_connectDj = new ConnectDjDialog(m_control, this);
    m_connectDj->show();
    m_connectDj->raise();
    m_connectDj->activateWindow();
}

void MainWindow::showSelfTest()
{
    if (m_selfTest == nullptr)
        m_selfTest = new SelfTestDialog(m_control, this);
    m_selfTest->show();
    m_selfTest->raise();
    m_selfTest->activateWindow();
}

void MainWindow::showShortcuts()
{
    auto *dialog = new ShortcutsDialog(*menuBar(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Cycast Desktop"),
                        tr("<h3>Cycast Desktop %1</h3>"
                           "<p>Your own internet radio station, on your own computer.</p>"
                           "<p>Free software under the GNU General Public License, version 3 or later. "
                           "Built with Qt %2.</p>")
                            .arg(QStringLiteral(CYCAST_VERSION), QString::fromLatin1(qVersion())),
                        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace cycast
