// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace cycast
{

/// The address under which the world knows this station, in one spelling: http or https, the host in small
/// letters, the port only when it is not the usual one, a path of plain characters, no slash at the end.
/// "https://radio.example.org/radio". Nothing when it is no such address (a user name, a query or a fragment
/// in it is none). Pure.
std::optional<QString> normalisedPublicUrl(const QString &given);

/// Whether a link with this host is good at home only: loopback, the private ranges and those of carriers
/// (100.64.0.0/10), link-local ones, names without a point and those that no name server of the world knows
/// (.local, .lan, .home.arpa, .internal, .localdomain). `host` as in a URL, IPv6 with or without brackets;
/// empty is at home. Pure.
bool isHomeHost(const QString &host);

/// The same of a whole address.
bool isHomeUrl(const QString &url);

} // namespace cycast
