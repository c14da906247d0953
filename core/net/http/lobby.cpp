// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/lobby.h"

#include "core/base/escaping.h"
#include "core/base/monotonic.h"
#include "core/net/socket/tlshandshakes.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qint64 longestHoldMs = 120'000;
constexpr qint64 pipelineNs = 2'000'000;

} // namespace

QString Arrival::who() const
{
    const QByteArray agent = request.header("User-Agent");
    const QString program = agent.isEmpty() ? u"unnamed program"_s : logEscaped(QString::fromUtf8(agent), 80);
    return u"%1, %2"_s.arg(address.toString(), program);
}

Lobby::Lobby(ArrivalHandler handler, QObject *parent)
    : QObject(parent)
    , m_handler(std::move(handler))
    , m_readiness([this](const Readiness::Event &event) { ready(event); })
    , m_descriptorLimit(native::descriptorLimit())
{
    m_sweep.setInterval(500);
    connect(&m_sweep, &QTimer::timeout, this, &Lobby::sweep);
}

Lobby::~Lobby()
{
    closeAll();
}

void Lobby::setTls(TlsHandshakes *tls)
{
    m_handshakes.setTls(tls);
    tls->setHandler(
        [this](quint64 ticket, Transport transport) { handshakeEnded(ticket, std::move(transport)); });
}

// ---------------------------------------------------------------- in and out

void Lobby::admit(native::Socket socket, const QHostAddress &peer, quint16 port)
{
    auto connection = std::make_unique<Connection>(
        Transport(socket), ConnectionEnds{peer, native::localAddress(socket)}, port, answerMs());
    connection->untilMs = monotonicMs() + headerMs();
    connection->isInReserve = isInReserve(socket);
    connection->mayBeProxied = m_options.trustedProxies.contains(peer);
    settle(std::move(connection));
}

// Descriptors are numbered from below: the last ones are in use when there are no others.
bool Lobby::isInReserve(native::Socket socket) const
{
    return m_descriptorLimit > 0 && socket >= m_descriptorLimit - reservedDescriptors;
}

// Takes its connection, and what came behind the request.
Lobby::Owned Lobby::connectionFor(Arrival &arrival) const
{
    return std::make_unique<Connection>(arrival, answerMs());
}

void Lobby::answer(Arrival &&arrival, const HttpResponse &response, int delayMs)
{
    const HttpRequest &request = arrival.request;
    // An encoder that was refused sends its audio all the same, some before they read what they are told.
    const bool isProbe = isUpload(request) && !request.hasHeader("Authorization") && arrival.rest.isEmpty() &&
                         request.header("Content-Length") == "0";
    const bool staysOpen = request.wantsKeepAlive() && !hasBody(request) && (!isUpload(request) || isProbe) &&
                           response.status < 500 && !arrival.isInReserve;
    const bool withBody = request.method != "HEAD";
    QByteArray head = serializedHead(response, staysOpen);
    Owned connection = connectionFor(arrival);
    connection->begin(std::move(head),
                      withBody && mayHaveBody(response.status) ? response.body : QByteArray(), staysOpen);
    delay(std::move(connection), delayMs);
}

void Lobby::answerRaw(Arrival &&arrival, const QByteArray &bytes, int delayMs)
{
    Owned connection = connectionFor(arrival);
    connection->begin(bytes, {}, false);
    delay(std::move(connection), delayMs);
}

void Lobby::delay(Owned connection, int delayMs)
{
    if (delayMs <= 0) {
        settle(std::move(connection));
        return;
    }
    connection->state = State::Held;
    connection->untilMs = monotonicMs() + delayMs + answerMs();
    const quint64 id = keep(std::move(connection));
    QTimer::singleShot(delayMs, this, [this, id] {
        const auto it = m_connections.find(id);
        if (it == m_connections.end() || it->second->state != State::Held)
            return;
        it->second->state = State::Answer;
        apply(id, proceed(*it->second));
    });
}

quint64 Lobby::hold(Arrival &&arrival, std::function<void()> onGone)
{
    Owned connection = connectionFor(arrival);
    arrival.rest = std::exchange(connection->input, {});
    connection->state = State::Held;
    connection->untilMs = monotonicMs() + longestHoldMs;
    connection->held = std::make_unique<Arrival>(std::move(arrival));
    connection->onGone = std::move(onGone);
    return keep(std::move(connection));
}

std::optional<Arrival> Lobby::release(quint64 id)
{
    const auto it = m_connections.find(id);
    if (it == m_connections.end() || !it->second->held)
        return std::nullopt;
    const Owned connection = takeOut(id);
    Arrival arrival = std::move(*connection->held);
    arrival.transport = std::move(connection->transport);
    return arrival;
}

void Lobby::closeAll()
{
    while (!m_connections.empty())
        takeOut(m_connections.begin()->first);
    m_pipelined.clear();
    m_sweep.stop();
}

void Lobby::handOn(Owned connection)
{
    Arrival arrival = std::move(*connection->held);
    arrival.transport = std::move(connection->transport);
    connection.reset();
    m_handler(std::move(arrival));
}

// ---------------------------------------------------------------- the table

// The request is mostly there already, and the answer gone at once: then it never needs a place.
void Lobby::settle(Owned connection)
{
    switch (proceed(*connection)) {
    case Step::Stays:
        keep(std::move(connection));
        break;
    case Step::Arrives:
        handOn(std::move(connection));
        break;
    case Step::Ends:
        break;
    }
}

bool Lobby::makeRoomFor(const Connection &connection)
{
    const Crowd::Limits limits{m_options.maxConnections, m_options.maxConnectionsPerAddress, mostInReserve,
                               m_options.trustedProxies.contains(connection.ends.peer)};
    for (;;) {
        const Crowd::Room room = m_crowd.roomFor(connection.key, connection.isInReserve, limits);
        if (room.isFree || room.mustGo == 0)
            return room.isFree;
        part(takeOut(room.mustGo));
    }
}

// 0: there was no room, and it has been closed.
quint64 Lobby::keep(Owned connection)
{
    connection->key = AddressKey(connection->ends.peer); // as far as is known now whose it is
    if (!makeRoomFor(*connection)) {
        connection->transport.abort();
        return 0;
    }
    const quint64 id = ++m_lastId;
    Connection &kept = *connection;
    kept.id = id;
    m_crowd.add(id, kept.key, kept.isInReserve, !kept.held);
    m_connections.emplace(id, std::move(connection));
    if (!m_sweep.isActive())
        m_sweep.start();
    follow(kept);
    return id;
}

Lobby::Owned Lobby::takeOut(quint64 id)
{
    const auto it = m_connections.find(id);
    Owned connection = std::move(it->second);
    m_connections.erase(it);
    if (connection->interest >= 0 && connection->transport.isOpen())
        m_readiness.forget(connection->transport.descriptor());
    m_crowd.remove(id);
    m_handshakes.leave(id);
    connection->id = 0;
    return connection;
}

/// What it waits for, in its state.
void Lobby::follow(Connection &connection)
{
    int interest = 0;
    switch (connection.state) {
    case State::Head:
        interest = Readiness::Read;
        break;
    case State::Answer:
        interest = Readiness::Write;
        break;
    case State::Drain:
        interest = connection.isAtEnd ? 0 : Readiness::Read;
        break;
    case State::Held:
    case State::WaitsTls:
        interest = connection.isAtEnd ? 0 : Readiness::End;
        break;
    case State::Handshake:
        return;
    }
    queue(connection);
    if (connection.interest == interest)
        return;
    const native::Socket socket = connection.transport.descriptor();
    if (std::exchange(connection.interest, interest) >= 0)
        m_readiness.change(socket, connection.id, interest);
    else
        m_readiness.watch(socket, connection.id, interest);
}

// Not from within the step that found it out: others come first.
void Lobby::queue(Connection &connection)
{
    if (connection.state == State::WaitsTls) {
        if (m_handshakes.wait(connection.id, connection.key))
            QMetaObject::invokeMethod(this, &Lobby::startHandshakes, Qt::QueuedConnection);
    } else if (connection.state == State::Head && connection.isPipelined && !connection.isQueued) {
        connection.isQueued = true;
        m_pipelined.push_back(connection.id);
        if (m_pipelined.size() == 1)
            QMetaObject::invokeMethod(this, &Lobby::readPipelined, Qt::QueuedConnection);
    }
}

void Lobby::apply(quint64 id, Step step)
{
    switch (step) {
    case Step::Stays:
        follow(*m_connections.at(id));
        break;
    case Step::Ends:
        takeOut(id);
        break;
    case Step::Arrives:
        handOn(takeOut(id));
        break;
    }
}

void Lobby::ready(const Readiness::Event &event)
{
    const auto it = m_connections.find(event.id);
    if (it == m_connections.end())
        return;
    Connection &connection = *it->second;
    if (connection.state == State::Held || connection.state == State::WaitsTls)
        heldReady(connection, event);
    else if (event.isGone && connection.state != State::Head)
        takeOut(event.id);
    else
        apply(event.id, proceed(connection));
}

// A player that has said everything it has to say still listens; an encoder that has finished sending is
// gone, and so is whoever hangs up before the handshake.
void Lobby::heldReady(Connection &connection, const Readiness::Event &event)
{
    if (!event.isAtEnd)
        return;
    const bool isOver = event.isGone || connection.mayStillSend || connection.state == State::WaitsTls;
    if (!isOver) {
        connection.isAtEnd = true;
        follow(connection);
        return;
    }
    part(takeOut(event.id));
}

// What nobody has read is thrown away, or it would stay with the kernel for minutes.
void Lobby::part(Owned connection)
{
    if (connection->state == State::Answer || connection->state == State::Drain)
        connection->transport.abort();
    connection->transport.close();
    if (connection->onGone)
        connection->onGone();
}

void Lobby::readPipelined()
{
    const qint64 endNs = monotonicNs() + pipelineNs;
    for (size_t left = m_pipelined.size(); left > 0 && monotonicNs() < endNs; --left) {
        const quint64 id = m_pipelined.front();
        m_pipelined.pop_front();
        const auto it = m_connections.find(id);
        if (it == m_connections.end() || it->second->state != State::Head)
            continue;
        it->second->isQueued = false;
        it->second->isPipelined = false;
        apply(id, told(*it->second, it->second->parseHead()));
    }
    if (!m_pipelined.empty())
        QMetaObject::invokeMethod(this, &Lobby::readPipelined, Qt::QueuedConnection);
}

// A step, and what is to be told of it.
Lobby::Step Lobby::proceed(Connection &connection)
{
    return told(connection, connection.proceed(m_handshakes.isOffered()));
}

Lobby::Step Lobby::told(Connection &connection, Step step)
{
    if (const auto refusal = std::exchange(connection.refusal, std::nullopt))
        emit refused(*refusal);
    return step;
}

// ---------------------------------------------------------------- TLS

void Lobby::startHandshakes()
{
    if (m_handshakes.isOffered()) {
        m_handshakes.start(monotonicMs(), [this](quint64 id) { return sendToHandshake(id); });
        return;
    }
    for (const quint64 id : m_handshakes.takeWaiting()) {
        const auto found = m_connections.find(id);
        if (found == m_connections.end())
            continue;
        found->second->state = State::Head; // and is told that there is none
        apply(id, proceed(*found->second));
    }
}

HandshakeQueue::Guest Lobby::sendToHandshake(quint64 id)
{
    Connection &connection = *m_connections.at(id);
    if (native::peerHasFinished(connection.transport.descriptor())) {
        takeOut(id);
        return {};
    }
    m_readiness.forget(connection.transport.descriptor());
    connection.interest = -1;
    connection.state = State::Handshake;
    m_crowd.setMayGo(id, false);
    // Its time goes on: handshake and request head together have the header's.
    return {std::move(connection.transport),
            static_cast<int>(qMax<qint64>(1, connection.untilMs - monotonicMs()))};
}

void Lobby::handshakeEnded(quint64 id, Transport transport)
{
    if (const auto it = m_connections.find(id); it != m_connections.end()) {
        Connection &connection = *it->second;
        if (!transport.isOpen()) {
            takeOut(id);
        } else {
            m_handshakes.leave(id);
            m_crowd.setMayGo(id, true);
            connection.transport = std::move(transport);
            connection.ends.isSecure = true;
            connection.state = State::Head;
            apply(id, proceed(connection));
        }
    }
    startHandshakes();
}

// ---------------------------------------------------------------- time

void Lobby::sweep()
{
    const qint64 now = monotonicMs();
    std::vector<quint64> due;
    for (const auto &[id, connection] : m_connections) {
        if (connection->untilMs <= now || connection->state == State::Drain)
            due.push_back(id);
    }
    for (const quint64 id : due) {
        const auto it = m_connections.find(id);
        if (it == m_connections.end())
            continue;
        Connection &connection = *it->second;
        if (connection.untilMs > now) {
            apply(id, connection.drain());
        } else if (connection.state == State::Head && !connection.input.isEmpty()) {
            // A silent connection (browsers open spare ones) is closed without a word.
            apply(id, told(connection, connection.refuse(408, "The request head did not arrive in time.")));
        } else {
            part(takeOut(id));
        }
    }
    if (m_handshakes.hasWaiting()) {
        m_handshakes.makeRoom(now);
        startHandshakes();
    }
    if (m_connections.empty())
        m_sweep.stop();
}

} // namespace cycast
