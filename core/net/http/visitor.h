// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/arrival.h"

#include <memory>
#include <optional>

namespace cycast
{

/// Somebody who is connected and neither listens nor broadcasts, and the one step that he takes whenever his
/// connection is ready: reading a request head, writing an answer, waiting for the end. Knows nothing of
/// others. Lives in the station's thread.
class Visitor
{
public:
    static constexpr qint64 idleMs = 15'000; ///< until the next request of a connection that stays open
    static constexpr qint64 drainMs = 5'000; ///< for what is still sent to us meanwhile

    enum class State : quint8 {
        Head,      ///< its request is on its way
        WaitsTls,  ///< until a handshake may begin
        Handshake, ///< elsewhere, with its connection
        Held,      ///< until its turn, or until the answer is due
        Answer,    ///< its answer is on its way
        Drain,     ///< has it all, or nearly; what it still sends is read, so that no reset takes the answer
                   ///< along
    };
    /// What becomes of the connection after a step.
    enum class Step : quint8 { Stays, Ends, Arrives };

    /// New at a port of ours; `forAnswerMs`: the time that each answer has in all.
    Visitor(Transport &&connected, const ConnectionEnds &between, quint16 ourPort, qint64 forAnswerMs);
    /// Back for an answer: takes the connection of the arrival, and what came behind its request.
    Visitor(Arrival &arrival, qint64 forAnswerMs);

    /// As far as the connection takes it. `offersTls`: a handshake is welcome. Arrives: `held` is the
    /// request.
    Step proceed(bool offersTls);
    /// Its next request, as much as is there already.
    Step parseHead();
    /// What it sent is no request, or took too long: `refusal` says so.
    Step refuse(int status, const QByteArray &reason);
    /// From now on it gets this; the next step writes.
    void begin(QByteArray head, QByteArray body, bool staysOpenAfterwards);
    Step drain();

    State state = State::Head;
    bool isInReserve = false;
    bool mayBeProxied = false; ///< a trusted proxy: it may say first whom it speaks for
    bool hasAsked = false;     ///< this is not its first request
    bool isPipelined = false;  ///< has sent (a part of) its next request already
    bool mayStillSend = false; ///< the body of a request that was refused
    bool isAtEnd = false;      ///< has finished sending
    quint16 port = 0;
    qint64 untilMs = 0; ///< of monotonicMs()
    Transport transport;
    ConnectionEnds ends;
    QByteArray input;
    std::unique_ptr<Arrival> held;
    std::optional<Refusal> refusal; ///< to be told, once

private:
    Step readHead(bool offersTls);
    std::optional<Step> takeProxyHeader();
    Step flush();
    Step answered();

    qint64 m_answerMs;
    bool m_staysOpen = false;
    QByteArray m_answerHead;
    QByteArray m_answerBody; ///< shared with whoever else gets it
    qsizetype m_sent = 0;    ///< of both
    qsizetype m_drained = 0;
};

/// Sends audio; what follows its head is no request.
bool isUpload(const HttpRequest &request);
/// A request body is not read: nothing behind it can be understood.
bool hasBody(const HttpRequest &request);

} // namespace cycast
