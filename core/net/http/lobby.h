// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/crowd.h"
#include "core/net/http/handshakequeue.h"
#include "core/net/http/httpresponse.h"
#include "core/net/http/visitor.h"
#include "core/net/socket/readiness.h"

#include <QTimer>

#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>

namespace cycast
{

class TlsHandshakes;

struct LobbyOptions {
    double headerSeconds = 15.0;       ///< for a request head, from its connection on
    int maxConnections = 400;          ///< 0: no limit
    int maxConnectionsPerAddress = 64; ///< 0: no limit
    double answerSeconds = 30.0;       ///< for an answer in all
    AddressSet trustedProxies = {};    ///< many people come through these: no limit for each
};

/// Everybody who is connected and neither listens nor broadcasts: those whose request is on its way, and
/// those whose answer is. Reads request heads within limits of size and time, hands them on as arrivals, and
/// takes them back with an answer, which goes out as the peer takes it: 30 s for all of it; the next request
/// of the same connection is looked at when the last byte has left. There is room for so many in all and of
/// one address; who has to go for somebody new, the Crowd says. Whoever begins with a TLS handshake goes away
/// for it first, when the HandshakeQueue says, and comes back protected, otherwise like all others. No
/// QObject, timer or notifier for each of them; what is closed is closed at once. Lives in the station's
/// thread.
class Lobby : public QObject
{
    Q_OBJECT

public:
    /// The kernel's buffers for each connection (it doubles the figures for its own bookkeeping).
    static constexpr int sendBufferBytes = 65'536;
    static constexpr int receiveBufferBytes = 32'768;
    /// Descriptors kept for files, the helper, the recording and whoever broadcasts.
    static constexpr qint64 reservedDescriptors = 64;
    static constexpr int mostInReserve = 16;

    explicit Lobby(ArrivalHandler handler, QObject *parent = nullptr);
    ~Lobby() override;

    void setOptions(const LobbyOptions &options) { m_options = options; }
    /// Who takes connections that begin with a TLS handshake; outlives this. None: they are refused.
    void setTls(TlsHandshakes *tls);

    /// There is a certificate now, or none any more: looks after those who wait for it.
    void startHandshakes();

    /// Somebody new at `port`.
    void admit(native::Socket socket, const QHostAddress &peer, quint16 port);
    /// Answers; the connection goes on when both sides want to. `delayMs`: after a while.
    void answer(Arrival &&arrival, const HttpResponse &response, int delayMs = 0);
    /// A ready answer, then the end.
    void answerRaw(Arrival &&arrival, const QByteArray &bytes, int delayMs = 0);
    /// Nothing is read or said until release(); `onGone`: the peer has hung up, release() would find nothing.
    quint64 hold(Arrival &&arrival, std::function<void()> onGone);
    std::optional<Arrival> release(quint64 id);

    void closeAll();
    int count() const { return m_crowd.count(); }
    int countFrom(const QHostAddress &peer) const { return m_crowd.countOf(AddressKey(peer)); }

signals:
    void refused(const cycast::Refusal &refusal);

private:
    using State = Visitor::State;
    using Step = Visitor::Step;
    /// A visitor in his place.
    struct Connection : Visitor {
        using Visitor::Visitor;

        quint64 id = 0;        ///< 0: not kept (yet)
        bool isQueued = false; ///< for its next request
        int interest = -1;     ///< of Readiness; -1: not watched
        AddressKey key;
        std::function<void()> onGone;
    };
    using Owned = std::unique_ptr<Connection>;

    void ready(const Readiness::Event &event);
    Step proceed(Connection &connection);
    Step told(Connection &connection, Step step);

    Owned connectionFor(Arrival &arrival) const;
    void settle(Owned connection);
    quint64 keep(Owned connection);
    Owned takeOut(quint64 id);
    void part(Owned connection);
    bool isInReserve(native::Socket socket) const;
    bool makeRoomFor(const Connection &connection);
    void apply(quint64 id, Step step);
    void handOn(Owned connection);
    void follow(Connection &connection);
    void queue(Connection &connection);
    void delay(Owned connection, int delayMs);
    void heldReady(Connection &connection, const Readiness::Event &event);
    void readPipelined();
    HandshakeQueue::Guest sendToHandshake(quint64 id);
    void handshakeEnded(quint64 id, Transport transport);
    void sweep();
    qint64 headerMs() const { return qRound64(m_options.headerSeconds * 1000); }
    qint64 answerMs() const { return qRound64(m_options.answerSeconds * 1000); }

    ArrivalHandler m_handler;
    LobbyOptions m_options;
    HandshakeQueue m_handshakes;
    Readiness m_readiness;
    std::unordered_map<quint64, Owned> m_connections;
    Crowd m_crowd;
    std::deque<quint64> m_pipelined; ///< have sent their next request already
    quint64 m_lastId = 0;
    qint64 m_descriptorLimit;
    QTimer m_sweep; ///< runs only while somebody is in here
};

} // namespace cycast
