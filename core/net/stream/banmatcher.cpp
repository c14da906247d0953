// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/banmatcher.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

/// An address of IPv6 means its network (/64), within which anybody has as many as he likes; so does a part
/// of one.
QString widened(const QString &address)
{
    constexpr int networkBits = 64;
    const auto subnet = AddressSet::parse(address);
    const bool isPart =
        subnet && subnet->address.protocol() == QAbstractSocket::IPv6Protocol && subnet->bits > networkBits;
    return isPart ? u"%1/%2"_s.arg(subnet->address.toString()).arg(networkBits) : address;
}

} // namespace

BanMatcher::BanMatcher(const QList<Ban> &bans)
{
    for (const Ban &ban : bans) {
        Entry entry{AddressSet({widened(ban.address)}), ban.player.trimmed(), ban.until};
        const bool isUnreadable = !ban.address.trimmed().isEmpty() && entry.addresses.isEmpty();
        if (!isUnreadable && (!entry.addresses.isEmpty() || !entry.player.isEmpty()))
            m_entries.append(entry);
    }
}

bool BanMatcher::matches(const QHostAddress &address, const QString &program, const QString &player,
                         const QDateTime &now) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        if (entry.until.isValid() && now >= entry.until)
            return false;
        if (!entry.addresses.isEmpty() && !entry.addresses.contains(address))
            return false;
        return entry.player.isEmpty() || program.contains(entry.player, Qt::CaseInsensitive) ||
               player.contains(entry.player, Qt::CaseInsensitive);
    });
}

} // namespace cycast
