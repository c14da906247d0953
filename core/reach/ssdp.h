// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QUrl>

/// How a router that speaks UPnP is found: one datagram to everybody, answered by those who are one. Pure.
namespace cycast::ssdp
{

inline constexpr quint16 port = 1900;
/// Where everybody listens: in the own network, and for IPv6 on the wire of that interface.
QHostAddress group4();
QHostAddress group6(const QString &interface);

/// One for each kind of router; an old one answers only to the first.
QList<QByteArray> searches(bool isV4);

/// Where its description is, when this is the answer of a router at `sender`. Empty otherwise; also when it
/// points to another computer: a stranger in the network shall not send us anywhere. By IPv6 a router speaks
/// with its address on the wire and names one of its others: the `gateway` may name one in `own`'s network.
QUrl location(const QByteArray &datagram, const QHostAddress &sender, const QHostAddress &gateway = {},
              const QHostAddress &own = {});

} // namespace cycast::ssdp
