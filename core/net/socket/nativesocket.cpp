// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/nativesocket.h"

#include <algorithm>
#include <array>

#ifdef Q_OS_LINUX
#include <linux/sockios.h>
#endif
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace cycast::native
{
namespace
{

using Native = int;
using Length = socklen_t;
const void *optionBytes(const int &value)
{
    return &value;
}
qint64 lastError()
{
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR || errno == ENOBUFS)
        return wouldBlock;
    return errno == ETIMEDOUT || errno == EHOSTUNREACH || errno == ENETUNREACH || errno == ENETDOWN
               ? peerLost
               : peerGone;
}

Native native(Socket socket)
{
    return static_cast<Native>(socket);
}

void setOption(Socket socket, int level, int name, int value)
{
    ::setsockopt(native(socket), level, name, optionBytes(value), sizeof value);
}

struct Endpoint {
    QHostAddress address;
    quint16 port = 0;
};

Endpoint endpointIn(const sockaddr_storage &storage)
{
    Endpoint result;
    result.address = QHostAddress(reinterpret_cast<const sockaddr *>(&storage));
    bool mapped = false;
    const quint32 v4 = result.address.toIPv4Address(&mapped);
    if (mapped)
        result.address = QHostAddress(v4);
    if (storage.ss_family == AF_INET6)
        result.port = ntohs(reinterpret_cast<const sockaddr_in6 *>(&storage)->sin6_port);
    else if (storage.ss_family == AF_INET)
        result.port = ntohs(reinterpret_cast<const sockaddr_in *>(&storage)->sin_port);
    return result;
}

template<class Query>
Endpoint endpoint(Socket socket, Query query)
{
    sockaddr_storage storage{};
    Length length = sizeof storage;
    if (query(native(socket), reinterpret_cast<sockaddr *>(&storage), &length) != 0)
        return {};
    return endpointIn(storage);
}

qint64 acceptError()
{
    switch (errno) {
    case EAGAIN:
#if EWOULDBLOCK != EAGAIN
    case EWOULDBLOCK:
#endif
    case EBADF: // closed meanwhile
    case EINVAL:
    case ENOTSOCK:
        return wouldBlock;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOBUFS:
        return exhausted;
    default:
        return peerGone;
    }
}

void keepAlive(Socket socket)
{
    setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef Q_OS_LINUX
    // Idle connections are found dead after 20 + 3 x 10 s.
    setOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, 20);
    setOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, 10);
    setOption(socket, IPPROTO_TCP, TCP_KEEPCNT, 3);
#endif
}

} // namespace

void prepare(Socket socket)
{
    ::fcntl(native(socket), F_SETFL, ::fcntl(native(socket), F_GETFL) | O_NONBLOCK);
    ::fcntl(native(socket), F_SETFD, FD_CLOEXEC);
    keepAlive(socket);
}

void prepareListening(Socket listening, int sendBytes, int receiveBytes)
{
    keepAlive(listening);
    setOption(listening, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(listening, SOL_SOCKET, SO_SNDBUF, sendBytes);
    setOption(listening, SOL_SOCKET, SO_RCVBUF, receiveBytes);
}

qint64 accept(Socket listening, QHostAddress &peer)
{
    sockaddr_storage storage{};
    Length length = sizeof storage;
    auto *generic = reinterpret_cast<sockaddr *>(&storage);
#ifdef Q_OS_LINUX
    // Everything else has been inherited from the listening one.
    const Native accepted = ::accept4(native(listening), generic, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted < 0)
        return acceptError();
#else
    const Native accepted = ::accept(native(listening), generic, &length);
    if (static_cast<Socket>(accepted) == invalidSocket)
        return acceptError();
    prepare(static_cast<Socket>(accepted));
#endif
    peer = endpointIn(storage).address;
    return static_cast<qint64>(accepted);
}

void prepareForStreaming(Socket socket, int bytes)
{
    setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(socket, SOL_SOCKET, SO_SNDBUF, bytes);
}

void setReceiveBuffer(Socket socket, int bytes)
{
    setOption(socket, SOL_SOCKET, SO_RCVBUF, bytes);
}

void finishSending(Socket socket)
{
    ::shutdown(native(socket), SHUT_WR);
}

int unsentBytes(Socket socket)
{
#ifdef Q_OS_LINUX
    int bytes = 0;
    return ::ioctl(native(socket), SIOCOUTQ, &bytes) == 0 ? bytes : 0;
#else
    Q_UNUSED(socket)
    return 0;
#endif
}

void abort(Socket socket)
{
    linger hard{};
    hard.l_onoff = 1;
    ::setsockopt(native(socket), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close(socket);
}

bool peerHasFinished(Socket socket)
{
#ifdef Q_OS_LINUX
    pollfd look{native(socket), POLLRDHUP, 0};
    return ::poll(&look, 1, 0) > 0;
#else
    Q_UNUSED(socket)
    return false;
#endif
}

qint64 send(Socket socket, QByteArrayView bytes)
{
    const ssize_t sent =
        ::send(native(socket), bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent >= 0 ? sent : lastError();
}

qint64 send(Socket socket, std::span<const Bytes> pieces)
{
    if (pieces.size() == 1)
        return send(socket, QByteArrayView(pieces.front().data, pieces.front().size));
    const size_t count = std::min<size_t>(pieces.size(), maxPieces);
    std::array<iovec, maxPieces> vectors;
    for (size_t i = 0; i < count; ++i)
        vectors[i] = {const_cast<char *>(pieces[i].data), static_cast<size_t>(pieces[i].size)};
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = count;
    const ssize_t sent = ::sendmsg(native(socket), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent >= 0 ? sent : lastError();
}

qint64 receive(Socket socket, char *buffer, qint64 size)
{
    const ssize_t got = ::recv(native(socket), buffer, static_cast<size_t>(size), MSG_DONTWAIT);
    return got >= 0 ? got : lastError();
}

qint64 peek(Socket socket, char *buffer, qint64 size)
{
    const ssize_t got = ::recv(native(socket), buffer, static_cast<size_t>(size), MSG_PEEK | MSG_DONTWAIT);
    return got >= 0 ? got : lastError();
}

int peek(Socket socket)
{
    char byte = 0;
    const ssize_t got = ::recv(native(socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got == 1 ? static_cast<unsigned char>(byte) : static_cast<int>(wouldBlock);
}

void close(Socket socket)
{
    ::close(native(socket));
}

Socket duplicate(Socket socket)
{
    return ::fcntl(native(socket), F_DUPFD_CLOEXEC, 0);
}

QHostAddress peerAddress(Socket socket)
{
    return endpoint(socket, ::getpeername).address;
}

quint16 localPort(Socket socket)
{
    return endpoint(socket, ::getsockname).port;
}

QHostAddress localAddress(Socket socket)
{
    return endpoint(socket, ::getsockname).address;
}

bool peerIsSilent(Socket socket, int silentMs)
{
#ifdef Q_OS_LINUX
    tcp_info info{};
    socklen_t length = sizeof info;
    if (::getsockopt(native(socket), IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
        return errno != EOPNOTSUPP && errno != ENOPROTOOPT; // a pair's end: not TCP
    // The kernel resets both counters with every answer, a zero-window acknowledgement included.
    const bool unanswered = info.tcpi_retransmits >= 3 || info.tcpi_probes >= 3;
    return unanswered && info.tcpi_last_ack_recv > static_cast<quint32>(silentMs);
#else
    Q_UNUSED(socket)
    Q_UNUSED(silentMs)
    return false;
#endif
}

quint32 peerWindow(Socket socket)
{
#ifdef Q_OS_LINUX
    // The C library's tcp_info ends before it (Linux 5.4).
    constexpr size_t windowAt = 228;
    std::array<char, windowAt + sizeof(quint32)> info{};
    auto length = static_cast<socklen_t>(info.size());
    if (::getsockopt(native(socket), IPPROTO_TCP, TCP_INFO, info.data(), &length) != 0 ||
        length < info.size())
        return 0;
    quint32 window = 0;
    memcpy(&window, info.data() + windowAt, sizeof window);
    return window;
#else
    Q_UNUSED(socket)
    return 0;
#endif
}

void stepBehind(int steps)
{
#ifdef Q_OS_LINUX
    const auto thread = static_cast<id_t>(::gettid());
    ::setpriority(PRIO_PROCESS, thread, ::getpriority(PRIO_PROCESS, thread) + steps);
#else
    Q_UNUSED(steps)
#endif
}

qint64 raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    const rlim_t wanted = limit.rlim_max == RLIM_INFINITY ? 1'000'000 : limit.rlim_max;
    if (limit.rlim_cur < wanted) {
        rlimit raised = limit;
        raised.rlim_cur = wanted;
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    return static_cast<qint64>(limit.rlim_cur);
}

qint64 descriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return 0;
    return static_cast<qint64>(limit.rlim_cur);
}

} // namespace cycast::native
