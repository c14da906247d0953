// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/hops.h"

#ifdef Q_OS_LINUX
#include <arpa/inet.h>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#endif

namespace cycast
{

#ifdef Q_OS_LINUX
namespace
{

/// An address in the internet that nobody has (RFC 5737), so that it lies behind the way out.
constexpr char somewhere[] = "192.0.2.1";
constexpr quint16 tracePort = 33434; ///< as traceroute uses it

QHostAddress senderOfError(int descriptor)
{
    char payload = 0;
    iovec vector{&payload, 1};
    std::array<char, 512> control{};
    msghdr message{};
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (::recvmsg(descriptor, &message, MSG_ERRQUEUE) < 0)
        return {};
    for (cmsghdr *part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != IPPROTO_IP || part->cmsg_type != IP_RECVERR)
            continue;
        sock_extended_err error{};
        std::memcpy(&error, CMSG_DATA(part), sizeof error);
        if (error.ee_origin != SO_EE_ORIGIN_ICMP)
            continue;
        sockaddr_in sender{};
        std::memcpy(&sender, CMSG_DATA(part) + sizeof error, sizeof sender);
        return sender.sin_family == AF_INET ? QHostAddress(ntohl(sender.sin_addr.s_addr)) : QHostAddress();
    }
    return {};
}

} // namespace

QHostAddress addressOfHop(int hop, int patienceMs)
{
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0)
        return {};
    const int on = 1;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<quint16>(tracePort + hop));
    ::inet_pton(AF_INET, somewhere, &to.sin_addr);
    QHostAddress found;
    const bool isSent =
        ::setsockopt(descriptor, IPPROTO_IP, IP_TTL, &hop, sizeof hop) == 0 &&
        ::setsockopt(descriptor, IPPROTO_IP, IP_RECVERR, &on, sizeof on) == 0 &&
        ::sendto(descriptor, "", 1, 0, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 1;
    pollfd waiting{descriptor, 0, 0}; // an error is told without being asked for
    if (isSent && ::poll(&waiting, 1, patienceMs) == 1)
        found = senderOfError(descriptor);
    ::close(descriptor);
    return found;
}
#else
QHostAddress addressOfHop(int, int)
{
    return {};
}
#endif

} // namespace cycast
