// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/httprequest.h"
#include "core/net/socket/transport.h"

#include <functional>

namespace cycast
{

/// Both ends of a TCP connection, or what a trusted proxy says they are (PROXY protocol). Behind TLS the
/// socket is another one, which knows neither.
struct ConnectionEnds {
    QHostAddress peer;
    QHostAddress local;     ///< the address that the peer used to reach us
    bool isSecure = false;  ///< TLS
    bool wasSecure = false; ///< TLS up to a trusted proxy, which took it off (PROXY protocol)
};

/// Somebody at a port with a complete request head. Whoever takes it owns the connection.
struct Arrival {
    Transport transport;
    ConnectionEnds ends;
    QHostAddress address; ///< the client's: the peer's, or what a trusted proxy reports
    quint16 port = 0;     ///< ours
    HttpRequest request;
    QByteArray rest;       ///< what came after the head: body or audio
    QByteArray prefix;     ///< path at which a trusted proxy shows this station: "/radio", or nothing
    bool isSecure = false; ///< the client uses https, to us or to a trusted proxy
    bool isUnknown =
        false; ///< nobody knows who asks: it came through a proxy that is not trusted, or does not say
    bool isInReserve = false; ///< its descriptor is one of the last, which are kept for sources and files

    QString who() const; ///< "192.168.1.7, butt 0.1.37", escaped for logs
};
using ArrivalHandler = std::function<void(Arrival &&)>;

/// Somebody who was turned away before there was a request: what came was none.
struct Refusal {
    QString sentence;       ///< for the log, escaped
    QHostAddress peer = {}; ///< null: nobody in particular (no descriptors left)
    quint16 port = 0;       ///< ours
    QByteArray head = {};   ///< what was sent, raw
    QString reason = {};    ///< what the peer was told
};

} // namespace cycast
