// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>

namespace cycast
{

/// What a proxy that passes whole connections on (a tunnel, a load balancer) says of them before their first
/// byte: the PROXY protocol, version 1 (a line of text) and 2 (binary).
struct ProxyHeader {
    /// Of what is looked at in one go; a header that says it is longer is bad.
    static constexpr qsizetype mostBytes = 2048;

    enum class State : quint8 {
        None,       ///< it begins with something else
        Incomplete, ///< all of it belongs to the header, and more is needed
        Complete,   ///< `bytes` of it are the header
        Bad         ///< `reason` says what is wrong
    };
    State state = State::None;
    qsizetype bytes = 0;
    QHostAddress
        source; ///< whom it speaks for; null: it does not say (LOCAL, UNKNOWN, no TCP of the internet)
    QHostAddress destination; ///< where that one wanted to; null likewise
    bool isSecure = false;    ///< the proxy took TLS off
    QByteArray reason;        ///< a sentence for the answer
};

/// Pure; every prefix of a good header is incomplete, but the empty one and "P", "\r", ... are too.
ProxyHeader parseProxyHeader(QByteArrayView bytes);

/// Whether this is certainly the beginning of one: no request and no source begins so.
bool isProxyHeader(QByteArrayView bytes);

} // namespace cycast
