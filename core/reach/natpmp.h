// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>

#include <optional>

/// The messages of NAT-PMP (RFC 6886): 2 to 16 bytes by UDP to port 5351 of the router. Pure.
namespace cycast::natpmp
{

inline constexpr quint16 port = 5351;

/// The result codes; any other number is a failure, too.
enum class Outcome : quint16 {
    Success = 0,
    UnsupportedVersion = 1,
    NotAuthorized = 2,  ///< the router knows the protocol, and it is switched off
    NetworkFailure = 3, ///< the router itself has no address
    OutOfResources = 4,
    UnsupportedOpcode = 5,
};

QByteArray addressRequest();
/// TCP. A lifetime of 0 deletes it, then `external` has to be 0.
QByteArray mapRequest(quint16 internal, quint16 external, quint32 lifetimeSeconds);

struct Answer {
    Outcome outcome = Outcome::Success;
    quint32 epochSeconds = 0; ///< since the router's table was empty
    bool isMapping = false;
    QHostAddress external; ///< of addressRequest()
    quint16 internalPort = 0;
    quint16 externalPort = 0;
    quint32 lifetimeSeconds = 0;
};
/// Nothing for whatever is no answer.
std::optional<Answer> answer(const QByteArray &datagram);

} // namespace cycast::natpmp
