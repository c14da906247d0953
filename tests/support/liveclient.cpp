// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/liveclient.h"

#include "core/base/monotonic.h"
#include "tests/support/stampedframes.h"

namespace cycast::test
{

LiveClient::LiveClient(int port, LiveClientOptions options)
    : m_options(std::move(options))
    , m_socket(port)
    , m_thread([this] { run(); })
{
}

LiveClient::~LiveClient()
{
    end();
}

void LiveClient::stop()
{
    m_stops = true;
    if (m_options.pushes && m_socket.isOpen())
        m_socket.cut(); // a send may be blocked
    if (m_thread.joinable())
        m_thread.join();
}

void LiveClient::end()
{
    stop();
    m_socket.close();
}

void LiveClient::reset()
{
    stop();
    m_socket.reset();
}

QByteArray LiveClient::response() const
{
    const std::lock_guard lock(m_mutex);
    return m_response;
}

bool LiveClient::isRefused() const
{
    return statusOf(response()) >= 400;
}

bool LiveClient::handshake()
{
    QByteArray request = m_options.method + ' ' + m_options.mount +
                         (m_options.method == "PUT" ? " HTTP/1.1\r\nHost: test\r\n" : " HTTP/1.0\r\n");
    if (!m_options.password.isNull())
        request += basicAuth(m_options.user, m_options.password);
    request += "User-Agent: test encoder\r\nContent-Type: " + m_options.contentType +
               "\r\nice-name: " + m_options.name + "\r\n";
    if (m_options.chunked)
        request += "Transfer-Encoding: chunked\r\n";
    if (m_options.expectsContinue)
        request += "Expect: 100-continue\r\n";
    request += "\r\n";
    if (!m_socket.send(request))
        return false;
    const QByteArray awaited = m_options.expectsContinue ? "100 Continue" : "200 OK";
    while (!m_stops && !m_socket.atEnd()) {
        const QByteArray bytes = m_socket.receive(20);
        const std::lock_guard lock(m_mutex);
        m_response += bytes;
        if (m_response.contains("\r\n\r\n"))
            return m_response.contains(awaited);
    }
    return false;
}

bool LiveClient::sendFrames(int count)
{
    const int first = m_framesSent;
    QByteArray bytes = stampedFrames(m_options.source, count, first);
    if (m_options.chunked)
        bytes = QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
    if (!m_socket.send(bytes))
        return false;
    m_framesSent += count;
    return true;
}

void LiveClient::run()
{
    if (!m_socket.isOpen() || !handshake()) {
        m_done = true;
        return;
    }
    const qint64 startNs = monotonicNs();
    while (!m_stops) {
        int wanted =
            m_options.backlogFrames + 1 +
            static_cast<int>(static_cast<double>(monotonicNs() - startNs) / 1e9 / stampedFrameSeconds);
        if (m_options.pushes)
            wanted = m_framesSent + 20;
        if (m_options.maxFrames >= 0)
            wanted = qMin(wanted, m_options.maxFrames);
        if (!m_stalled && wanted > m_framesSent && !sendFrames(wanted - m_framesSent))
            break;
        if (m_options.maxFrames >= 0 && m_framesSent >= m_options.maxFrames) {
            if (m_options.chunked)
                m_socket.send("0\r\n\r\n");
            m_socket.finishSending();
            break;
        }
        if (!m_options.pushes) {
            const QByteArray bytes = m_socket.receive(5); // also the pace
            const std::lock_guard lock(m_mutex);
            m_response += bytes;
            if (m_socket.atEnd())
                break;
        }
    }
    m_done = true;
}

} // namespace cycast::test
