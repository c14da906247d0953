// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/httpconnection.h"

namespace cycast
{
namespace
{
constexpr int idleMs = 15'000;
constexpr int unreadMs = 30'000;
} // namespace

HttpConnection::HttpConnection(Arrival &&arrival, FrontDoor::Handler next, QObject *parent)
    : QObject(parent)
    , m_next(std::move(next))
    , m_request(std::move(arrival.request))
    , m_ends(arrival.ends)
    , m_port(arrival.port)
    , m_input(std::move(arrival.rest))
{
    m_socket.setReadBufferSize(4 * maxHeadBytes);
    m_socket.setSocketDescriptor(arrival.socket);
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &HttpConnection::finish);
    connect(&m_socket, &QTcpSocket::readyRead, this, &HttpConnection::readNext);
    connect(&m_socket, &QTcpSocket::bytesWritten, this, [this] {
        if (m_idle.isActive())
            m_idle.start();
    });
    connect(&m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    // A peer that closed its half already is told the answer all the same; disconnected() follows.
    m_idle.start(idleMs);
}

void HttpConnection::respond(const HttpResponse &response)
{
    const bool hasBody = m_request.hasHeader("Content-Length") && m_request.header("Content-Length") != "0";
    // A request body was not read: nothing behind it can be understood, so the connection ends.
    const bool keepAlive = m_request.wantsKeepAlive() && !hasBody &&
                           !m_request.hasHeader("Transfer-Encoding") && response.status < 500;
    m_socket.write(serialized(response, keepAlive, m_request.method != "HEAD"));
    if (!keepAlive) {
        m_idle.start(unreadMs);
        m_socket.disconnectFromHost();
        return;
    }
    m_answering = false;
    m_idle.start(idleMs);
    // Not from within the caller: a pipelined request may take the socket away.
    QMetaObject::invokeMethod(this, &HttpConnection::readNext, Qt::QueuedConnection);
}

void HttpConnection::respondLater(const HttpResponse &response, int delayMs)
{
    if (delayMs <= 0) {
        respond(response);
        return;
    }
    m_idle.start(delayMs + idleMs);
    QTimer::singleShot(delayMs, this, [this, response] { respond(response); });
}

void HttpConnection::respondRaw(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_idle.start(unreadMs);
    m_socket.disconnectFromHost();
}

void HttpConnection::readNext()
{
    if (m_answering)
        return;
    m_input += m_socket.readAll();
    if (m_input.isEmpty())
        return;
    HttpParse parse = parseHttpRequest(m_input);
    if (parse.state == HttpParse::State::Incomplete)
        return;
    m_answering = true;
    if (parse.state != HttpParse::State::Complete) {
        m_request = {};
        respond(
            HttpResponse::text(parse.status, parse.reason.isEmpty() ? "This is not HTTP." : parse.reason));
        return;
    }
    m_socket.flush();
    if (m_socket.bytesToWrite() > 0) {
        // Pipelined behind an answer that is still on its way: wait for it.
        m_answering = false;
        connect(&m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::readNext,
                Qt::SingleShotConnection);
        return;
    }
    Arrival arrival;
    arrival.socket = native::duplicate(m_socket.socketDescriptor());
    arrival.ends = m_ends;
    arrival.address = m_ends.peer;
    arrival.isSecure = m_ends.isSecure;
    arrival.port = m_port;
    arrival.request = std::move(parse.request);
    arrival.rest = m_input.mid(parse.headBytes);
    m_socket.disconnect(this);
    m_socket.abort();
    deleteLater();
    if (arrival.socket != native::invalidSocket)
        m_next(std::move(arrival));
}

void HttpConnection::finish()
{
    m_socket.abort();
    deleteLater();
}

} // namespace cycast
