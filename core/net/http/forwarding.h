// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/httprequest.h"
#include "core/net/socket/addressset.h"

namespace cycast
{

/// What a web server in front of this one reports about the client it speaks for.
struct Forwarding {
    QHostAddress client;      ///< whom to show, limit and ban
    bool isSecure = false;    ///< the client came by https
    bool isUntrusted = false; ///< the request came through a proxy that is not in the list
    bool isUnsaid =
        false; ///< the proxy is in the list, but whom it speaks for cannot be read: `client` is a proxy
    QByteArray prefix; ///< the path at which the proxy shows this station: "/radio", or nothing
};

/// `peer` is who holds the other end of the connection. X-Forwarded-For is read from its end: the last
/// address that is no trusted proxy is the client; what stands before it anybody can have written. Nothing
/// of it is believed when `peer` is not trusted.
Forwarding forwardingOf(const HttpRequest &request, const QHostAddress &peer, const AddressSet &trusted);

} // namespace cycast
