// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/natpmp.h"

#include "core/reach/bigendian.h"

namespace cycast::natpmp
{
namespace
{

constexpr quint8 addressOpcode = 0;
constexpr quint8 mapTcpOpcode = 2;
constexpr quint8 answerBit = 0x80;

using bigendian::append;
using bigendian::at;

} // namespace

QByteArray addressRequest()
{
    return QByteArray(2, '\0');
}

QByteArray mapRequest(quint16 internal, quint16 external, quint32 lifetimeSeconds)
{
    QByteArray bytes;
    append(bytes, quint8{0});
    append(bytes, mapTcpOpcode);
    append(bytes, quint16{0});
    append(bytes, internal);
    append(bytes, external);
    append(bytes, lifetimeSeconds);
    return bytes;
}

std::optional<Answer> answer(const QByteArray &datagram)
{
    if (datagram.size() < 8 || datagram.at(0) != 0)
        return {};
    const auto opcode = at<quint8>(datagram, 1);
    if ((opcode & answerBit) == 0)
        return {};
    Answer answer;
    answer.outcome = static_cast<Outcome>(at<quint16>(datagram, 2));
    answer.epochSeconds = at<quint32>(datagram, 4);
    answer.isMapping = opcode == (answerBit | mapTcpOpcode);
    if (answer.outcome != Outcome::Success)
        return answer; // some routers send no more than that
    if (opcode == (answerBit | addressOpcode) && datagram.size() >= 12) {
        answer.external = QHostAddress(at<quint32>(datagram, 8));
        return answer;
    }
    if (!answer.isMapping || datagram.size() < 16)
        return {};
    answer.internalPort = at<quint16>(datagram, 8);
    answer.externalPort = at<quint16>(datagram, 10);
    answer.lifetimeSeconds = at<quint32>(datagram, 12);
    return answer;
}

} // namespace cycast::natpmp
