// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QObject>

namespace cycast
{

class MainWindow;
class Mpris;
class StationControl;
class SuspendInhibitor;
class TrayIcon;

/// What a desktop expects of a program that runs for hours: a tray icon with notifications, media keys
/// (MPRIS), and no sleep while on the air.
class DesktopHabits : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it. Tests bring buses of their own.
    DesktopHabits(StationControl &control, MainWindow &window, const QDBusConnection &sessionBus,
                  const QDBusConnection &systemBus, QObject *parent = nullptr);

    TrayIcon &tray() { return *m_tray; }
    const Mpris &mpris() const { return *m_mpris; }
    const SuspendInhibitor &inhibitor() const { return *m_inhibitor; }

private:
    TrayIcon *m_tray;
    Mpris *m_mpris;
    SuspendInhibitor *m_inhibitor;
};

} // namespace cycast
