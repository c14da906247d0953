// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/routes.h"

#include "core/reach/addressclass.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QNetworkInterface>
#include <QUdpSocket>
#include <QtEndian>

#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace cycast::routes
{
namespace
{

constexpr uint isUp = 0x1;
constexpr uint hasGateway = 0x2;

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<QByteArrayList> table(const QByteArray &text)
{
    QList<QByteArrayList> rows;
    for (const QByteArray &line : text.split('\n'))
        rows.append(line.simplified().split(' '));
    return rows;
}

/// Those of an interface that is up, but for loopback.
QList<QNetworkAddressEntry> entriesOf(const QNetworkInterface &interface)
{
    const auto flags = interface.flags();
    return flags.testFlag(QNetworkInterface::IsUp) && !flags.testFlag(QNetworkInterface::IsLoopBack)
               ? interface.addressEntries()
               : QList<QNetworkAddressEntry>();
}

/// A temporary address changes by the day; the one that stays is worth more.
QHostAddress bestOf(const QList<QNetworkAddressEntry> &entries,
                    QAbstractSocket::NetworkLayerProtocol protocol)
{
    QHostAddress best;
    QDeadlineTimer longest;
    for (const QNetworkAddressEntry &entry : entries) {
        const QHostAddress address = plainAddress(entry.ip());
        const bool isUsable = address.protocol() == protocol && !address.isLinkLocal();
        const QDeadlineTimer until = entry.preferredLifetime();
        const bool isBetter = best.isNull() || (isGlobal(address) && !isGlobal(best)) ||
                              (isGlobal(address) == isGlobal(best) && !longest.isForever() &&
                               (until.isForever() || longest < until));
        if (isUsable && isBetter) {
            best = address;
            longest = until;
        }
    }
    return best;
}

} // namespace

Gateway gatewayFrom4(const QByteArray &text)
{
    Gateway found;
    uint best = std::numeric_limits<uint>::max();
    for (const QByteArrayList &row : table(text)) {
        if (row.size() < 8 || row.at(1) != "00000000" || row.at(7) != "00000000")
            continue;
        bool ok = false;
        const quint32 address = row.at(2).toUInt(&ok, 16); // in the byte order of this machine
        const uint metric = row.at(6).toUInt();
        if (!ok || address == 0 ||
            (row.at(3).toUInt(nullptr, 16) & (isUp | hasGateway)) != (isUp | hasGateway) || metric >= best)
            continue;
        best = metric;
        found = {QHostAddress(qFromBigEndian(address)), QString::fromUtf8(row.at(0))};
    }
    return found;
}

Gateway gatewayFrom6(const QByteArray &text)
{
    Gateway found;
    uint best = std::numeric_limits<uint>::max();
    for (const QByteArrayList &row : table(text)) {
        if (row.size() < 10 || row.at(0) != QByteArray(32, '0') || row.at(1) != "00")
            continue;
        const QByteArray bytes = QByteArray::fromHex(row.at(4));
        const uint metric = row.at(5).toUInt(nullptr, 16);
        if (bytes.size() != 16 || bytes == QByteArray(16, '\0') || metric >= best ||
            (row.at(8).toUInt(nullptr, 16) & (isUp | hasGateway)) != (isUp | hasGateway))
            continue;
        best = metric;
        found = {QHostAddress(reinterpret_cast<const quint8 *>(bytes.constData())),
                 QString::fromUtf8(row.at(9))};
        if (found.address.isLinkLocal())
            found.address.setScopeId(found.interface);
    }
    return found;
}

Gateway gateway4()
{
    return gatewayFrom4(read(u"/proc/net/route"_s));
}

Gateway gateway6()
{
    return gatewayFrom6(read(u"/proc/net/ipv6_route"_s));
}

QHostAddress ownAddressTowards(const Gateway &gateway)
{
    if (gateway.address.isNull())
        return {};
    if (gateway.address.isLinkLocal())
        return bestOf(entriesOf(QNetworkInterface::interfaceFromName(gateway.interface)),
                      QAbstractSocket::IPv6Protocol);
    QUdpSocket socket; // nothing is sent
    socket.connectToHost(gateway.address, 9);
    socket.waitForConnected(100);
    return plainAddress(socket.localAddress());
}

QHostAddress anyOwnAddress(QAbstractSocket::NetworkLayerProtocol protocol,
                           const QList<QNetworkInterface> &interfaces)
{
    QList<QNetworkAddressEntry> all;
    for (const QNetworkInterface &interface : interfaces)
        all += entriesOf(interface);
    return bestOf(all, protocol);
}

QString fingerprint()
{
    QStringList all;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        for (const QNetworkAddressEntry &entry : entriesOf(interface)) {
            if (!entry.ip().isLinkLocal())
                all.append(interface.name() + u' ' + entry.ip().toString());
        }
    }
    all.sort();
    for (const Gateway &gateway : {gateway4(), gateway6()})
        all.append(gateway.interface + u'>' + gateway.address.toString());
    return all.join(u'\n');
}

} // namespace cycast::routes
