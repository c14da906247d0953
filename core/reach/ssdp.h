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
QHostAddress group();

/// One for each kind of router; an old one answers only to the first.
QList<QByteArray> searches();

/// Where its description is, when this is the answer of a router at `sender`. Empty otherwise; also when it
/// points to another computer: a stranger in the network shall not send us anywhere.
QUrl location(const QByteArray &datagram, const QHostAddress &sender);

} // namespace cycast::ssdp
