// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QList>
#include <QStringList>

#include <optional>

namespace cycast
{

/// Addresses and subnets, IPv4 and IPv6. An IPv4 address inside IPv6 (::ffff:192.0.2.1) counts as IPv4.
class AddressSet
{
public:
    AddressSet() = default;
    /// "192.0.2.7", "192.0.2.0/24", "2001:db8::/32"; what cannot be read is left out.
    explicit AddressSet(const QStringList &texts);

    bool contains(const QHostAddress &address) const;
    bool isEmpty() const { return m_subnets.isEmpty(); }

    struct Subnet {
        QHostAddress address;
        int bits = 0; ///< 0-32, or 0-128
    };
    /// Stricter than QHostAddress::parseSubnet(), which takes "10" and "10." too: that would ban millions.
    static std::optional<Subnet> parse(const QString &text);
    /// An IPv4 address as IPv4, without a zone ("%eth0").
    static QHostAddress plain(const QHostAddress &address);

private:
    QList<Subnet> m_subnets;
};

/// Whether the address belongs to this computer or to a network at home: loopback, the private ranges of
/// RFC 1918 and RFC 4193, link-local ones, and the subnets of this machine's own interfaces (a home network
/// with public IPv6 addresses).
bool isLocalNetwork(const QHostAddress &address);

} // namespace cycast
