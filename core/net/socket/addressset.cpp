// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/addressset.h"

#include "core/base/machineinterfaces.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

QHostAddress AddressSet::plain(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    if (isIpv4 && address != QHostAddress(QHostAddress::AnyIPv6) &&
        address != QHostAddress(QHostAddress::Any))
        return QHostAddress(ipv4);
    QHostAddress result = address;
    result.setScopeId({});
    return result;
}

std::optional<AddressSet::Subnet> AddressSet::parse(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    const QString host = text.left(slash < 0 ? text.size() : slash).trimmed();
    const QHostAddress given(host);
    // "10" and "10.1" are addresses to inet_aton(), and to QHostAddress.
    if (given.isNull() || (!host.contains(u':') && host.count(u'.') != 3))
        return std::nullopt;
    Subnet subnet;
    subnet.address = plain(given);
    const bool isIpv4 = subnet.address.protocol() == QAbstractSocket::IPv4Protocol;
    const bool wasMapped = isIpv4 && host.contains(u':');
    subnet.bits = isIpv4 ? 32 : 128;
    if (slash < 0)
        return subnet;
    bool ok = false;
    const QString bits = text.mid(slash + 1).trimmed();
    int prefix = bits.toInt(&ok);
    if (wasMapped)
        prefix -= 96;
    if (!ok || prefix < 0 || prefix > subnet.bits || !bits.front().isDigit())
        return std::nullopt;
    subnet.bits = prefix;
    return subnet;
}

AddressSet::AddressSet(const QStringList &texts)
{
    for (const QString &text : texts) {
        if (const auto subnet = parse(text))
            m_subnets.append(*subnet);
    }
}

bool AddressSet::contains(const QHostAddress &address) const
{
    const QHostAddress wanted = plain(address);
    return std::any_of(m_subnets.begin(), m_subnets.end(), [&wanted](const Subnet &subnet) {
        return wanted.protocol() == subnet.address.protocol() &&
               wanted.isInSubnet(subnet.address, subnet.bits);
    });
}

bool isLocalNetwork(const QHostAddress &address)
{
    static const AddressSet home({u"127.0.0.0/8"_s, u"10.0.0.0/8"_s, u"172.16.0.0/12"_s, u"192.168.0.0/16"_s,
                                  u"169.254.0.0/16"_s, u"::1"_s, u"fc00::/7"_s, u"fe80::/10"_s});
    if (home.contains(address))
        return true;
    const QHostAddress wanted = AddressSet::plain(address);
    // Only IPv6: an IPv4 subnet with public addresses is a data centre's, and its neighbours are strangers.
    if (wanted.protocol() != QAbstractSocket::IPv6Protocol)
        return false;
    for (const QNetworkInterface &interface : machineInterfaces()) {
        for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
            const int bits = entry.prefixLength();
            if (entry.ip().protocol() == QAbstractSocket::IPv6Protocol && bits >= 48 &&
                wanted.isInSubnet(AddressSet::plain(entry.ip()), bits))
                return true;
        }
    }
    return false;
}

} // namespace cycast
