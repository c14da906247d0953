// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>

#include <array>
#include <optional>

/// The messages of PCP (RFC 6887), NAT-PMP's successor on the same port; it opens IPv6 as well. Pure.
namespace cycast::pcp
{

using Nonce = std::array<quint8, 12>;

/// The result codes that say something; any other number is a failure, too.
enum class Outcome : quint8 {
    Success = 0,
    UnsupportedVersion = 1,
    NotAuthorized = 2,
    MalformedRequest = 3,
    UnsupportedOpcode = 4,
    NetworkFailure = 7,
    NoResources = 8,
    UnsupportedProtocol = 9,
    UserExceededQuota = 10,
    CannotProvideExternal = 11, ///< the port is taken
    AddressMismatch = 12,       ///< a NAT between here and the router
};

/// Asks nothing but whether somebody speaks PCP. `client`: the own address, as the router sees it.
QByteArray announceRequest(const QHostAddress &client);
/// TCP. A lifetime of 0 deletes it. The same nonce is needed to renew and to delete.
QByteArray mapRequest(const QHostAddress &client, const Nonce &nonce, quint16 internal, quint16 external,
                      quint32 lifetimeSeconds);

struct Answer {
    Outcome outcome = Outcome::Success;
    quint32 epochSeconds = 0;
    quint32 lifetimeSeconds = 0; ///< of a failure: for how long it will stay one
    bool isMapping = false;
    Nonce nonce{};
    quint16 internalPort = 0;
    quint16 externalPort = 0;
    QHostAddress external;
};
/// Nothing for whatever is no answer. That of a router with NAT-PMP only is UnsupportedVersion.
std::optional<Answer> answer(const QByteArray &datagram);

} // namespace cycast::pcp
