// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/desktophabits.h"

#include "core/station/stationcontrol.h"
#include "ui/buffer/adviserbar.h"
#include "ui/desktop/alarmbell.h"
#include "ui/desktop/mpris.h"
#include "ui/desktop/suspendinhibitor.h"
#include "ui/desktop/trayicon.h"
#include "ui/sources/knockdock.h"
#include "ui/window/mainwindow.h"

namespace cycast
{

DesktopHabits::DesktopHabits(StationControl &control, MainWindow &window, const QDBusConnection &sessionBus,
                             const QDBusConnection &systemBus, QObject *parent)
    : QObject(parent)
    , m_tray(new TrayIcon(control, window.broadcast(), &window))
    , m_mpris(new Mpris(control, window.broadcast(), sessionBus, this))
    , m_inhibitor(new SuspendInhibitor(control, systemBus, this))
{
    connect(m_tray, &TrayIcon::raiseAsked, &window, &MainWindow::bringToFront);
    connect(m_mpris, &Mpris::raiseAsked, &window, &MainWindow::bringToFront);
    connect(m_mpris, &Mpris::quitAsked, &window, &QWidget::close);
    connect(&window.bell(), &AlarmBell::rang, m_tray, &TrayIcon::notify);
    connect(&window.adviserBar(), &AdviserBar::proposed, m_tray,
            [this](const QString &sentence) { m_tray->notify(tr("Advice"), sentence); });
    connect(&window.knockDock(), &KnockDock::refused, m_tray, [this](const QString &sentence) {
        m_tray->notifyOfStrangers(tr("A live program was refused"), sentence);
    });
    m_tray->showIfPossible();
}

} // namespace cycast
