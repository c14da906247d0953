// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/publicurl.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

bool isPlainPath(const QString &path)
{
    const auto isPlain = [](QChar c) {
        return (c >= 'a'_L1 && c <= 'z'_L1) || (c >= 'A'_L1 && c <= 'Z'_L1) || (c >= '0'_L1 && c <= '9'_L1) ||
               QStringView(u"/-._~").contains(c);
    };
    return std::all_of(path.begin(), path.end(), isPlain) && !path.contains("//"_L1) &&
           !path.contains("/."_L1);
}

bool isIn(const QHostAddress &address, const QString &network)
{
    return address.isInSubnet(QHostAddress::parseSubnet(network));
}

bool isHomeAddress(const QHostAddress &address)
{
    bool isIpv4 = false;
    const QHostAddress ipv4(address.toIPv4Address(&isIpv4));
    if (!isIpv4)
        return address.isLoopback() || address.isLinkLocal() || address.isUniqueLocalUnicast() ||
               address.isMulticast() || address.isSiteLocal() || address == QHostAddress::AnyIPv6;
    static const QStringList networks{
        u"0.0.0.0/8"_s,     u"10.0.0.0/8"_s,   u"100.64.0.0/10"_s,  u"127.0.0.0/8"_s,   u"169.254.0.0/16"_s,
        u"172.16.0.0/12"_s, u"192.0.0.0/24"_s, u"192.168.0.0/16"_s, u"198.18.0.0/15"_s, u"224.0.0.0/3"_s};
    return std::any_of(networks.begin(), networks.end(),
                       [&ipv4](const QString &network) { return isIn(ipv4, network); });
}

} // namespace

std::optional<QString> normalisedPublicUrl(const QString &given)
{
    QUrl url(given.trimmed(), QUrl::StrictMode);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasQuery() ||
        url.hasFragment() || !isPlainPath(url.path()))
        return std::nullopt;
    if (url.port() == (url.scheme() == "https"_L1 ? 443 : 80))
        url.setPort(-1);
    QString text = url.toString(QUrl::FullyEncoded);
    while (text.endsWith('/'_L1))
        text.chop(1);
    return text;
}

bool isHomeHost(const QString &host)
{
    QString name = host.trimmed().toLower();
    if (name.startsWith('['_L1) && name.endsWith(']'_L1))
        name = name.sliced(1, name.size() - 2);
    const QHostAddress address(name);
    if (!address.isNull())
        return isHomeAddress(address);
    while (name.endsWith('.'_L1))
        name.chop(1);
    if (!name.contains('.'_L1))
        return true;
    const QStringList ends{u".local"_s, u".lan"_s,         u".home.arpa"_s, u".internal"_s,
                           u".home"_s,  u".localdomain"_s, u".localhost"_s, u".fritz.box"_s};
    return std::any_of(ends.begin(), ends.end(), [&name](const QString &end) { return name.endsWith(end); });
}

bool isHomeUrl(const QString &url)
{
    return isHomeHost(QUrl(url).host());
}

} // namespace cycast
