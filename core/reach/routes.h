// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QNetworkInterface>
#include <QString>

/// The way out of this computer, as Linux tells it in /proc.
namespace cycast::routes
{

struct Gateway {
    QHostAddress address; ///< null: there is none. A link-local one has its interface as zone
    QString interface;
    bool operator==(const Gateway &) const = default;
};

/// The default route with the lowest metric in the text of /proc/net/route, /proc/net/ipv6_route. Pure.
Gateway gatewayFrom4(const QByteArray &text);
Gateway gatewayFrom6(const QByteArray &text);

Gateway gateway4();
Gateway gateway6();

/// The address that this computer uses towards `gateway`; for a link-local one the first global one of that
/// interface. Null: none.
QHostAddress ownAddressTowards(const Gateway &gateway);
/// Any other address of those of `interfaces` that are up, for a network without a way out. Pure.
QHostAddress anyOwnAddress(QAbstractSocket::NetworkLayerProtocol protocol,
                           const QList<QNetworkInterface> &interfaces);

/// What, when it changes, makes a mapping worth nothing: ways out and own addresses. Asks the kernel, which
/// may let it wait: not in the station's thread.
QString fingerprint();

} // namespace cycast::routes
