// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
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
/// Any other address of an interface that is up, for a network without a way out: IPv4, then IPv6.
QHostAddress anyOwnAddress(QAbstractSocket::NetworkLayerProtocol protocol);

/// What, when it changes, makes a mapping worth nothing: ways out and own addresses.
QString fingerprint();

} // namespace cycast::routes
