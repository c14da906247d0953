// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>

namespace cycast
{

/// What an address says about who can reach it (IANA's special-purpose registries).
enum class AddressClass : quint8 {
    None, ///< no address, or "any"
    Loopback,
    LinkLocal,
    Private,     ///< RFC 1918
    Shared,      ///< 100.64/10: a provider's own network behind its NAT (RFC 6598)
    DsLite,      ///< 192.0.0/24 (RFC 6333): IPv4 in a tunnel to the provider's NAT
    UniqueLocal, ///< fc00::/7
    Documentation,
    Reserved, ///< benchmarks, multicast, translation and the like: nobody's own
    Global,
};

/// Pure. An IPv4 address in IPv6 clothes is taken for what it is.
AddressClass addressClass(const QHostAddress &address);

inline bool isGlobal(const QHostAddress &address)
{
    return addressClass(address) == AddressClass::Global;
}

/// IPv4 in IPv6 clothes (::ffff:1.2.3.4) undressed; everything else as it is, without its zone.
QHostAddress plainAddress(const QHostAddress &address);

/// In one network by the usual prefix: /64 of IPv6. For IPv4 the address itself.
bool isSameHousehold(const QHostAddress &left, const QHostAddress &right);

} // namespace cycast
