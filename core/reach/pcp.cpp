// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/pcp.h"

#include "core/reach/addressclass.h"
#include "core/reach/bigendian.h"

#include <algorithm>

namespace cycast::pcp
{
namespace
{

constexpr quint8 version = 2;
constexpr quint8 announceOpcode = 0;
constexpr quint8 mapOpcode = 1;
constexpr quint8 answerBit = 0x80;
constexpr quint8 tcp = 6;
constexpr qsizetype headSize = 24;
constexpr qsizetype mapSize = 36;

using bigendian::append;
using bigendian::at;

/// All addresses take 16 bytes, IPv4 in IPv6 clothes; by hand, for Qt leaves 0.0.0.0 bare.
void appendAddress(QByteArray &bytes, const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        bytes.append(10, '\0').append(2, '\xff');
        append(bytes, address.toIPv4Address());
        return;
    }
    const Q_IPV6ADDR whole = address.toIPv6Address();
    bytes.append(reinterpret_cast<const char *>(whole.c), sizeof whole.c);
}

QHostAddress addressAt(const QByteArray &bytes, qsizetype offset)
{
    return plainAddress(QHostAddress(reinterpret_cast<const quint8 *>(bytes.constData() + offset)));
}

QByteArray head(quint8 opcode, quint32 lifetimeSeconds, const QHostAddress &client)
{
    QByteArray bytes;
    append(bytes, version);
    append(bytes, opcode);
    append(bytes, quint16{0});
    append(bytes, lifetimeSeconds);
    appendAddress(bytes, client);
    return bytes;
}

} // namespace

QByteArray announceRequest(const QHostAddress &client)
{
    return head(announceOpcode, 0, client);
}

QByteArray mapRequest(const QHostAddress &client, const Nonce &nonce, quint16 internal, quint16 external,
                      quint32 lifetimeSeconds)
{
    QByteArray bytes = head(mapOpcode, lifetimeSeconds, client);
    bytes.append(reinterpret_cast<const char *>(nonce.data()), static_cast<qsizetype>(nonce.size()));
    append(bytes, tcp);
    bytes.append(3, '\0');
    append(bytes, internal);
    append(bytes, external);
    // Any address: all zeros of the right kind.
    const bool isV4 = plainAddress(client).protocol() == QAbstractSocket::IPv4Protocol;
    appendAddress(bytes, isV4 ? QHostAddress(quint32{0}) : QHostAddress(QHostAddress::AnyIPv6));
    return bytes;
}

std::optional<Answer> answer(const QByteArray &datagram)
{
    if (datagram.size() < 4)
        return {};
    const auto opcode = at<quint8>(datagram, 1);
    if ((opcode & answerBit) == 0)
        return {};
    Answer answer;
    if (at<quint8>(datagram, 0) != version) {
        // NAT-PMP says so in its own form, with two bytes for the result.
        if (at<quint16>(datagram, 2) != quint16(Outcome::UnsupportedVersion))
            return {};
        answer.outcome = Outcome::UnsupportedVersion;
        return answer;
    }
    if (datagram.size() < headSize)
        return {};
    answer.outcome = static_cast<Outcome>(at<quint8>(datagram, 3));
    answer.lifetimeSeconds = at<quint32>(datagram, 4);
    answer.epochSeconds = at<quint32>(datagram, 8);
    answer.isMapping = opcode == (answerBit | mapOpcode);
    if (!answer.isMapping)
        return opcode == (answerBit | announceOpcode) ? std::optional(answer) : std::nullopt;
    if (datagram.size() < headSize + mapSize) {
        return answer.outcome != Outcome::Success ? std::optional(answer) : std::nullopt;
    }
    std::copy_n(datagram.constData() + headSize, answer.nonce.size(), answer.nonce.begin());
    answer.internalPort = at<quint16>(datagram, headSize + 16);
    answer.externalPort = at<quint16>(datagram, headSize + 18);
    answer.external = addressAt(datagram, headSize + 20);
    return answer;
}

} // namespace cycast::pcp
