// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/addressset.h"

#include <array>
#include <cstring>

namespace cycast
{

/// Whom limits, bans and the guard against guessing mean by "an address": one of IPv4 (also where it comes as
/// ::ffff:192.0.2.1), a network of IPv6 (/64), within which anybody has as many as he likes.
class AddressKey
{
public:
    AddressKey() = default;
    explicit AddressKey(const QHostAddress &address)
    {
        bool isIpv4 = false;
        const quint32 ipv4 = address.toIPv4Address(&isIpv4);
        if (isIpv4) {
            m_bytes[0] = 4;
            std::memcpy(m_bytes.data() + 1, &ipv4, sizeof ipv4);
        } else if (!address.isNull()) {
            const Q_IPV6ADDR ipv6 = address.toIPv6Address();
            m_bytes[0] = 6;
            std::memcpy(m_bytes.data() + 1, ipv6.c, networkBytes);
        }
    }

    bool operator==(const AddressKey &) const = default;
    friend size_t qHash(const AddressKey &key, size_t seed = 0) noexcept
    {
        return qHashBits(key.m_bytes.data(), key.m_bytes.size(), seed);
    }

private:
    static constexpr size_t networkBytes = 8;
    std::array<quint8, 1 + networkBytes> m_bytes{};
};

} // namespace cycast
