// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/addresses.h"

#include "core/base/machineinterfaces.h"

#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

// Lower is better.
int rank(const QHostAddress &address)
{
    const bool isV4 = address.protocol() == QAbstractSocket::IPv4Protocol;
    if (address.isLoopback())
        return 9;
    if (address.isLinkLocal())
        return 8;
    if (isV4 && address.isInSubnet(QHostAddress(u"192.168.0.0"_s), 16))
        return 0;
    if (isV4 && address.isInSubnet(QHostAddress(u"10.0.0.0"_s), 8))
        return 1;
    if (isV4 && address.isInSubnet(QHostAddress(u"172.16.0.0"_s), 12))
        return 3; // often a container bridge
    return isV4 ? 2 : 5;
}

QString url(const QString &host, int port, const QString &path)
{
    QUrl result;
    result.setScheme(u"http"_s);
    result.setHost(host);
    result.setPort(port);
    result.setPath(path);
    return result.toString(QUrl::FullyEncoded);
}

} // namespace

StationAddresses reachableAddresses(const QString &host, const QList<QHostAddress> &own, int sourcePort,
                                    int listenPort, const QString &mount)
{
    StationAddresses result;
    result.sourcePort = sourcePort;
    result.listenPort = listenPort;
    const QHostAddress bound(host);
    const bool everywhere =
        host.isEmpty() || bound == QHostAddress::AnyIPv4 || bound == QHostAddress::AnyIPv6;
    QList<QHostAddress> reachable = everywhere ? own : QList<QHostAddress>{};
    if (!everywhere && !bound.isNull())
        reachable.append(bound);
    std::stable_sort(reachable.begin(), reachable.end(),
                     [](const QHostAddress &a, const QHostAddress &b) { return rank(a) < rank(b); });
    const QString local = everywhere || bound.isNull() || bound.isLoopback() ? u"127.0.0.1"_s : host;
    result.localUrl = url(bound == QHostAddress::LocalHostIPv6 ? u"::1"_s : local, listenPort, mount);
    QStringList hosts;
    for (const QHostAddress &address : reachable) {
        // A link-local address needs a zone that is only good on this machine.
        if (!address.isLinkLocal())
            hosts.append(address.toString());
    }
    if (hosts.isEmpty())
        hosts.append(QUrl(result.localUrl).host());
    result.streamUrl = url(hosts.constFirst(), listenPort, mount);
    result.pageUrl = url(hosts.constFirst(), listenPort, u"/"_s);
    for (qsizetype i = 1; i < hosts.size(); ++i)
        result.otherUrls.append(url(hosts.at(i), listenPort, mount));
    return result;
}

QList<QHostAddress> machineAddresses()
{
    QList<QHostAddress> result;
    for (const QNetworkInterface &interface : machineInterfaces()) {
        if (!interface.flags().testFlag(QNetworkInterface::IsUp) ||
            interface.flags().testFlag(QNetworkInterface::IsLoopBack))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries())
            result.append(entry.ip());
    }
    return result;
}

} // namespace cycast
