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

QHostAddress group()
{
    return QHostAddress(u"239.255.255.250"_s);
}

QList<QByteArray> searches()
{
    QList<QByteArray> all;
    for (const char *kind : {"1", "2"})
        all.append(QByteArray("M-SEARCH * HTTP/1.1\r\n"
                              "HOST: 239.255.255.250:1900\r\n"
                              "MAN: \"ssdp:discover\"\r\n"
                              "MX: 1\r\n"
                              "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:") +
                   kind + "\r\n\r\n");
    return all;
}

QUrl location(const QByteArray &datagram, const QHostAddress &sender)
{
    if (datagram.size() > longestAnswer || !datagram.startsWith("HTTP/1.") ||
        !datagram.sliced(8, qMin<qsizetype>(5, datagram.size() - 8)).contains("200"))
        return {};
    if (!valueOf(datagram, "ST").contains("InternetGatewayDevice"))
        return {};
    const QUrl url = QUrl::fromEncoded(valueOf(datagram, "LOCATION"), QUrl::StrictMode);
    const QHostAddress host(url.host());
    if (!url.isValid() || url.scheme() != "http"_L1 || host.isNull() || !url.userInfo().isEmpty() ||
        plainAddress(host) != plainAddress(sender))
        return {};
    return url;
}

} // namespace cycast::ssdp
