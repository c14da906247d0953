// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/proxyheader.h"

#include "core/net/socket/addressset.h"

#include <QtEndian>

#include <algorithm>

namespace cycast
{
namespace
{

constexpr QByteArrayView lineBegin = "PROXY ";
constexpr qsizetype mostLineBytes = 107; // with its CRLF
constexpr QByteArrayView signature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr qsizetype fixedBytes = 16;
constexpr quint8 tlsElement = 0x20;

bool begins(QByteArrayView bytes, QByteArrayView with)
{
    return bytes.first(std::min(bytes.size(), with.size())) ==
           with.first(std::min(bytes.size(), with.size()));
}

ProxyHeader bad(const char *reason)
{
    ProxyHeader header;
    header.state = ProxyHeader::State::Bad;
    header.reason = reason;
    return header;
}

ProxyHeader incomplete()
{
    ProxyHeader header;
    header.state = ProxyHeader::State::Incomplete;
    return header;
}

QHostAddress addressIn(const QByteArray &text, QAbstractSocket::NetworkLayerProtocol family)
{
    const auto parsed = AddressSet::parse(QString::fromLatin1(text));
    if (!parsed || text.contains('/') || QHostAddress(QString::fromLatin1(text)).protocol() != family)
        return {};
    return parsed->address;
}

bool isPort(const QByteArray &text)
{
    return !text.isEmpty() && text.size() <= 5 && text.toUInt() <= 65535 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "PROXY TCP4 192.0.2.7 192.0.2.1 56324 443\r\n"
ProxyHeader parseLine(QByteArrayView bytes)
{
    const qsizetype end = bytes.first(std::min(bytes.size(), mostLineBytes)).indexOf('\n');
    if (end < 0)
        return bytes.size() < mostLineBytes ? incomplete() : bad("The PROXY line is too long.");
    ProxyHeader header;
    header.state = ProxyHeader::State::Complete;
    header.bytes = end + 1;
    const QByteArray line = bytes.first(end).toByteArray();
    if (!line.endsWith('\r'))
        return bad("The PROXY line has no proper end.");
    const QByteArrayList words = line.chopped(1).split(' ');
    if (words.value(1) == "UNKNOWN")
        return header;
    const bool isIpv4 = words.value(1) == "TCP4";
    const auto family = isIpv4 ? QAbstractSocket::IPv4Protocol : QAbstractSocket::IPv6Protocol;
    if ((!isIpv4 && words.value(1) != "TCP6") || words.size() != 6 || !isPort(words.at(4)) ||
        !isPort(words.at(5)))
        return bad("The PROXY line cannot be understood.");
    header.source = addressIn(words.at(2), family);
    header.destination = addressIn(words.at(3), family);
    if (header.source.isNull() || header.destination.isNull())
        return bad("The PROXY line names no proper addresses.");
    return header;
}

QHostAddress ipv4At(QByteArrayView bytes)
{
    return QHostAddress(qFromBigEndian<quint32>(bytes.data()));
}

QHostAddress ipv6At(QByteArrayView bytes)
{
    return AddressSet::plain(QHostAddress(reinterpret_cast<const quint8 *>(bytes.data())));
}

/// What comes behind the addresses: type, length, value, one after the other. False: torn.
bool readElements(QByteArrayView rest, bool &isSecure)
{
    while (!rest.isEmpty()) {
        if (rest.size() < 3)
            return false;
        const auto type = static_cast<quint8>(rest.front());
        const qsizetype length = qFromBigEndian<quint16>(rest.data() + 1);
        if (rest.size() < 3 + length)
            return false;
        if (type == tlsElement && length >= 1)
            isSecure = (static_cast<quint8>(rest.at(3)) & 0x01U) != 0;
        rest = rest.sliced(3 + length);
    }
    return true;
}

ProxyHeader parseBinary(QByteArrayView bytes)
{
    if (bytes.size() < fixedBytes)
        return incomplete();
    const auto versionAndCommand = static_cast<quint8>(bytes.at(12));
    const auto family = static_cast<quint8>(bytes.at(13));
    const qsizetype length = qFromBigEndian<quint16>(bytes.data() + 14);
    const quint8 command = versionAndCommand & 0x0fU;
    if (versionAndCommand >> 4U != 2 || command > 1 || family >> 4U > 3 || (family & 0x0fU) > 2)
        return bad("The PROXY header cannot be understood.");
    if (fixedBytes + length > ProxyHeader::mostBytes)
        return bad("The PROXY header is too long.");
    if (bytes.size() < fixedBytes + length)
        return incomplete();
    ProxyHeader header;
    header.state = ProxyHeader::State::Complete;
    header.bytes = fixedBytes + length;
    const QByteArrayView body = bytes.sliced(fixedBytes, length);
    constexpr quint8 tcpOverIpv4 = 0x11;
    constexpr quint8 tcpOverIpv6 = 0x21;
    const qsizetype addressBytes = family == tcpOverIpv4 ? 12 : family == tcpOverIpv6 ? 36 : 0;
    // LOCAL: the proxy itself, asking whether anybody is there. Everything else says nothing that is of use.
    if (command == 0 || addressBytes == 0)
        return header;
    if (body.size() < addressBytes)
        return bad("The PROXY header ends before its addresses do.");
    header.source = family == tcpOverIpv4 ? ipv4At(body) : ipv6At(body);
    header.destination = family == tcpOverIpv4 ? ipv4At(body.sliced(4)) : ipv6At(body.sliced(16));
    if (!readElements(body.sliced(addressBytes), header.isSecure))
        return bad("The PROXY header is torn.");
    return header;
}

} // namespace

ProxyHeader parseProxyHeader(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return incomplete();
    if (begins(bytes, lineBegin))
        return bytes.size() < lineBegin.size() ? incomplete() : parseLine(bytes);
    if (begins(bytes, signature))
        return parseBinary(bytes);
    return {};
}

bool isProxyHeader(QByteArrayView bytes)
{
    // What both an empty line or two and the binary form begin with is not certain yet.
    return bytes.startsWith(lineBegin) || (bytes.size() > 4 && begins(bytes, signature));
}

} // namespace cycast
