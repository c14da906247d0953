// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/ssdp.h"

#include "core/reach/addressclass.h"

#include <QList>

using namespace Qt::Literals::StringLiterals;

namespace cycast::ssdp
{
namespace
{

constexpr qsizetype longestAnswer = 4096;

QByteArray valueOf(const QByteArray &datagram, QByteArrayView name)
{
    for (const QByteArray &line : datagram.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).trimmed().compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

} // namespace

QHostAddress group4()
{
    return QHostAddress(u"239.255.255.250"_s);
}

QHostAddress group6(const QString &interface)
{
    QHostAddress group(u"ff02::c"_s);
    group.setScopeId(interface);
    return group;
}

QList<QByteArray> searches(bool isV4)
{
    QList<QByteArray> all;
    for (const char *kind : {"1", "2"})
        all.append(QByteArray("M-SEARCH * HTTP/1.1\r\nHOST: ") +
                   (isV4 ? "239.255.255.250:1900" : "[FF02::C]:1900") +
                   "\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\n"
                   "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:" +
                   kind + "\r\n\r\n");
    return all;
}

QUrl location(const QByteArray &datagram, const QHostAddress &sender, const QHostAddress &gateway,
              const QHostAddress &own)
{
    if (datagram.size() > longestAnswer || !datagram.startsWith("HTTP/1.") ||
        !datagram.mid(8, 5).contains("200"))
        return {};
    if (!valueOf(datagram, "ST").contains("InternetGatewayDevice"))
        return {};
    const QUrl url = QUrl::fromEncoded(valueOf(datagram, "LOCATION"), QUrl::StrictMode);
    const QHostAddress host(url.host());
    if (!url.isValid() || url.scheme() != "http"_L1 || host.isNull() || !url.userInfo().isEmpty())
        return {};
    const bool isGatewaysOther = !gateway.isNull() && plainAddress(sender) == plainAddress(gateway) &&
                                 host.protocol() == QAbstractSocket::IPv6Protocol &&
                                 isSameHousehold(host, own);
    return plainAddress(host) == plainAddress(sender) || isGatewaysOther ? url : QUrl();
}

} // namespace cycast::ssdp
