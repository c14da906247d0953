// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowdialogs.h"

#include "ui/buffer/selftestdialog.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/directoriesdialog.h"
#include "ui/onair/httpsdialog.h"
#include "ui/onair/reachdialog.h"
#include "ui/onair/sharedialog.h"
#include "ui/settings/settingsdialog.h"
#include "ui/sources/connectdjdialog.h"
#include "ui/window/shortcutsdialog.h"

#include <QMainWindow>
#include <QMenuBar>
#include <QMessageBox>

namespace cycast
{

WindowDialogs::WindowDialogs(StationControl &control, QUndoStack &undo, BroadcastActions &broadcast,
                             QMainWindow &window)
    : QObject(&window)
    , m_control(control)
    , m_undo(undo)
    , m_broadcast(broadcast)
    , m_window(window)
{
}

void WindowDialogs::bringUp(QDialog *dialog)
{
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void WindowDialogs::showShare()
{
    if (m_share == nullptr) {
        m_share = new ShareDialog(&m_window);
        connect(&m_broadcast, &BroadcastActions::addressesChanged, m_share,
                [this] { m_share->setAddresses(m_broadcast.addresses()); });
        connect(m_share, &ShareDialog::copied, this, &WindowDialogs::copied);
        connect(m_share, &ShareDialog::httpsAsked, this, &WindowDialogs::showHttps);
        connect(m_share, &ShareDialog::outsideAsked, this, &WindowDialogs::showReach);
    }
    m_share->setAddresses(m_broadcast.addresses());
    bringUp(m_share);
}

void WindowDialogs::showDirectories()
{
    if (m_directories == nullptr) {
        m_directories = new DirectoriesDialog(m_control, &m_window);
        connect(m_directories, &DirectoriesDialog::settingAsked, this, &WindowDialogs::showSetting);
    }
    bringUp(m_directories);
}

void WindowDialogs::showHttps()
{
    if (m_https == nullptr)
        m_https = new HttpsDialog(m_control, &m_window);
    bringUp(m_https);
}

void WindowDialogs::showReach()
{
    if (m_reach == nullptr) {
        m_reach = new ReachDialog(m_control, &m_window);
        connect(m_reach, &ReachDialog::copied, this, &WindowDialogs::copied);
    }
    bringUp(m_reach);
}

void WindowDialogs::showSettings()
{
    if (m_settings == nullptr) {
        m_settings = new SettingsDialog(m_control, &m_window);
        m_settings->setUndoStack(&m_undo);
    }
    bringUp(m_settings);
}

void WindowDialogs::showSetting(const QString &key)
{
    showSettings();
    m_settings->showField(key);
}

void WindowDialogs::showConnectDj()
{
    if (m_connectDj == nullptr)
        m_connectDj = new ConnectDjDialog(m_control, &m_window);
    bringUp(m_connectDj);
}

void WindowDialogs::showSelfTest()
{
    if (m_selfTest == nullptr)
        m_selfTest = new SelfTestDialog(m_control, &m_window);
    bringUp(m_selfTest);
}

void WindowDialogs::showShortcuts()
{
    auto *dialog = new ShortcutsDialog(*m_window.menuBar(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void WindowDialogs::showAbout()
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Cycast Desktop"),
                        tr("<h3>Cycast Desktop %1</h3>"
                           "<p>Your own internet radio station, on your own computer.</p>"
                           "<p>Free software under the GNU General Public License, version 3 or later. "
                           "Built with Qt %2.</p>")
                            .arg(QStringLiteral(CYCAST_VERSION), QString::fromLatin1(qVersion())),
                        QMessageBox::Close, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace cycast
