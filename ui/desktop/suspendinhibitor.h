// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QObject>

namespace cycast
{

class StationControl;

/// While the station is on the air the computer does not fall asleep by itself: a "sleep" lock of
/// org.freedesktop.login1 (Inhibit), given back off the air and, by the system, when the program ends.
class SuspendInhibitor : public QObject
{
    Q_OBJECT

public:
    SuspendInhibitor(StationControl &control, const QDBusConnection &bus, QObject *parent = nullptr);

    bool isHeld() const { return m_lock.isValid(); }

signals:
    void changed();

private:
    void follow(bool onAir);
    void ask();

    QDBusConnection m_bus;
    QDBusUnixFileDescriptor m_lock;
    bool m_isWanted = false;
    bool m_isAsking = false;
};

} // namespace cycast
