// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/gatewayclient.h"

#include <QUdpSocket>

namespace cycast
{
namespace
{

constexpr int waitsMs[] = {250, 500, 1'000, 1'500};
/// More than that nobody says in a second to one who asked once.
constexpr int mostAnswers = 32;

} // namespace

GatewayClient::GatewayClient(const QHostAddress &router, const QHostAddress &own, QDeadlineTimer deadline)
    : m_router(router)
    , m_own(own)
    , m_deadline(deadline)
{
}

void GatewayClient::ask(const QList<QByteArray> &questions,
                        const std::function<bool(const QByteArray &)> &take) const
{
    QUdpSocket socket;
    // Connected: nobody else's answers come, and the router's word that nobody is there does.
    socket.connectToHost(m_router, natpmp::port);
    if (!socket.waitForConnected(100))
        return;
    int answers = 0;
    for (const int waitMs : waitsMs) {
        if (m_deadline.hasExpired())
            return;
        for (const QByteArray &question : questions)
            socket.write(question);
        const QDeadlineTimer until(std::min<qint64>(waitMs, m_deadline.remainingTime()));
        while (!until.hasExpired()) {
            if (!socket.waitForReadyRead(static_cast<int>(until.remainingTime()))) {
                if (socket.error() == QAbstractSocket::ConnectionRefusedError)
                    return;
                continue;
            }
            while (socket.hasPendingDatagrams()) {
                QByteArray datagram(1'200, Qt::Uninitialized);
                const qint64 size = socket.readDatagram(datagram.data(), datagram.size());
                if (size < 0)
                    return; // refused
                datagram.truncate(size);
                if (take(datagram) || ++answers >= mostAnswers)
                    return;
            }
        }
    }
}

GatewayClient::Greeting GatewayClient::greet() const
{
    const bool isV4 = m_own.protocol() == QAbstractSocket::IPv4Protocol;
    Greeting greeting;
    QList<QByteArray> questions{pcp::announceRequest(m_own)};
    if (isV4)
        questions.append(natpmp::addressRequest());
    ask(questions, [&greeting, isV4](const QByteArray &datagram) {
        if (const auto answer = natpmp::answer(datagram);
            answer && isV4 && answer->outcome != natpmp::Outcome::UnsupportedVersion && !answer->isMapping)
            greeting.natPmp = answer;
        else if (const auto newer = pcp::answer(datagram))
            greeting.pcp = newer;
        return greeting.pcp && (greeting.natPmp || !isV4);
    });
    return greeting;
}

std::optional<natpmp::Answer> GatewayClient::map(quint16 internal, quint16 external,
                                                 quint32 lifetimeSeconds) const
{
    std::optional<natpmp::Answer> found;
    ask({natpmp::mapRequest(internal, external, lifetimeSeconds)}, [&found,
                                                                    internal](const QByteArray &datagram) {
        const auto answer = natpmp::answer(datagram);
        const bool isOurs = answer && answer->isMapping &&
                            (answer->outcome != natpmp::Outcome::Success || answer->internalPort == internal);
        if (isOurs)
            found = answer;
        return isOurs;
    });
    return found;
}

std::optional<pcp::Answer> GatewayClient::map(const pcp::Nonce &nonce, quint16 internal, quint16 external,
                                              quint32 lifetimeSeconds) const
{
    std::optional<pcp::Answer> found;
    ask({pcp::mapRequest(m_own, nonce, internal, external, lifetimeSeconds)},
        [&found, &nonce, internal](const QByteArray &datagram) {
            const auto answer = pcp::answer(datagram);
            const bool isOurs =
                answer && (answer->outcome == pcp::Outcome::UnsupportedVersion ||
                           (answer->isMapping && answer->nonce == nonce && answer->internalPort == internal));
            if (isOurs)
                found = answer;
            return isOurs;
        });
    return found;
}

} // namespace cycast
