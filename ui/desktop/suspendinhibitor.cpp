// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/suspendinhibitor.h"

#include "core/station/stationcontrol.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

SuspendInhibitor::SuspendInhibitor(StationControl &control, const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
    , m_bus(bus)
{
    connect(&control, &StationControl::onAir, this, [this] { follow(true); });
    connect(&control, &StationControl::offAir, this, [this] { follow(false); });
}

void SuspendInhibitor::follow(bool onAir)
{
    m_isWanted = onAir;
    if (onAir) {
        ask();
    } else if (m_lock.isValid()) {
        m_lock = QDBusUnixFileDescriptor(); // closing it is giving it back
        emit changed();
    }
}

void SuspendInhibitor::ask()
{
    if (m_isAsking || m_lock.isValid() || !m_bus.isConnected())
        return;
    m_isAsking = true;
    QDBusMessage call =
        QDBusMessage::createMethodCall(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
                                       u"org.freedesktop.login1.Manager"_s, u"Inhibit"_s);
    call << u"sleep"_s << u"Cycast Desktop"_s << tr("The station is on the air") << u"block"_s;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *done) {
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *done;
        done->deleteLater();
        m_isAsking = false;
        // A system without login1 sleeps as it always did; off the air again, the lock is not kept.
        if (reply.isError() || !m_isWanted)
            return;
        m_lock = reply.value();
        emit changed();
    });
}

} // namespace cycast
