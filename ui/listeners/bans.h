// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/values/ban.h"

/// What bans mean in words and in a file. Pure functions; the station itself decides who is let in.
namespace cycast::bans
{

/// Whether somebody with this address and player would be kept out now.
bool hits(const Ban &ban, const QString &address, const QString &player, const QDateTime &now);
/// The neighbourhood of an address: "192.0.2.0/24", for IPv6 "2001:db8:1:2::/64"; empty when it is none.
QString subnetOf(const QString &address);
/// Empty when `text` is an address or a subnet; otherwise a sentence.
QString addressProblem(const QString &text);
/// A ban that names nobody would keep everybody out.
bool isEmpty(const Ban &ban);
/// "192.0.2.7, player VLC"
QString who(const Ban &ban);
/// "for good", "until 3 May 2027 18:00"
QString howLong(const Ban &ban);

QByteArray toJson(const QList<Ban> &bans);
Result<QList<Ban>> fromJson(const QByteArray &json);

} // namespace cycast::bans
