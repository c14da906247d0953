// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawsocket.h"

#include <QDeadlineTimer>

#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace cycast::test
{

RawSocket::RawSocket(int port, int receiveBuffer)
    : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    if (receiveBuffer > 0) // before connecting: it decides the window
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    const int on = 1;
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<quint16>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        close();
}

RawSocket::~RawSocket()
{
    close();
}

RawSocket::RawSocket(RawSocket &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_atEnd(other.m_atEnd)
    , m_wasReset(other.m_wasReset)
{
}

RawSocket &RawSocket::operator=(RawSocket &&other) noexcept
{
    close();
    m_descriptor = std::exchange(other.m_descriptor, -1);
    m_atEnd = other.m_atEnd;
    m_wasReset = other.m_wasReset;
    return *this;
}

bool RawSocket::send(const QByteArray &bytes)
{
    for (qsizetype at = 0; at < bytes.size();) {
        const ssize_t sent =
            ::send(m_descriptor, bytes.data() + at, static_cast<size_t>(bytes.size() - at), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
    }
    return true;
}

QByteArray RawSocket::receive(int timeoutMs)
{
    if (m_descriptor < 0 || m_atEnd)
        return {};
    pollfd poller{m_descriptor, POLLIN, 0};
    if (::poll(&poller, 1, timeoutMs) <= 0)
        return {};
    QByteArray bytes(65'536, Qt::Uninitialized);
    const ssize_t got = ::recv(m_descriptor, bytes.data(), static_cast<size_t>(bytes.size()), 0);
    if (got <= 0) {
        m_atEnd = true;
        m_wasReset = got < 0;
        return {};
    }
    bytes.truncate(got);
    return bytes;
}

QByteArray RawSocket::receiveAll(int timeoutMs)
{
    QByteArray all;
    const QDeadlineTimer deadline(timeoutMs);
    while (isOpen() && !m_atEnd && !deadline.hasExpired())
        all += receive(static_cast<int>(deadline.remainingTime()));
    return all;
}

void RawSocket::finishSending()
{
    ::shutdown(m_descriptor, SHUT_WR);
}

void RawSocket::cut()
{
    ::shutdown(m_descriptor, SHUT_RDWR);
}

void RawSocket::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

void RawSocket::reset()
{
    const linger atOnce{1, 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    close();
}

QByteArray exchange(int port, const QByteArray &request, int timeoutMs)
{
    RawSocket socket(port);
    if (!socket.isOpen() || !socket.send(request))
        return {};
    return socket.receiveAll(timeoutMs);
}

int statusOf(const QByteArray &response)
{
    const QByteArray line = response.left(response.indexOf('\r'));
    return line.startsWith("HTTP/1.") ? line.mid(9, 3).toInt() : 0;
}

QByteArray headerOf(const QByteArray &response, const char *name)
{
    const QByteArray head = response.left(response.indexOf("\r\n\r\n"));
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

QByteArray bodyOf(const QByteArray &response)
{
    const qsizetype end = response.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : response.sliced(end + 4);
}

QByteArray basicAuth(const QByteArray &user, const QByteArray &password)
{
    return "Authorization: Basic " + (user + ':' + password).toBase64() + "\r\n";
}

} // namespace cycast::test
