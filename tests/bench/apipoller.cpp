// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/apipoller.h"

#include "tests/bench/loopback.h"
#include "tests/bench/stampedframe.h"

#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace bench
{

void ApiPoller::start(std::uint16_t port, int perSecond)
{
    m_thread = std::thread([this, port, perSecond] { run(port, perSecond); });
}

void ApiPoller::stop()
{
    m_stopped = true;
    if (m_thread.joinable())
        m_thread.join();
}

void ApiPoller::run(std::uint16_t port, int perSecond)
{
    std::int64_t next = nowNs();
    while (!m_stopped) {
        if (nowNs() < next) {
            ::usleep(perSecond > 1 ? 1'000 : 20'000);
            continue;
        }
        next += 1'000'000'000 / perSecond;
        const std::int64_t asked = nowNs();
        switch (ask(port)) {
        case Answer::Whole:
            m_answers.add(nowNs() - asked);
            break;
        case Answer::TooMany:
            ++m_refusals;
            break;
        case Answer::None:
            ++m_failures;
            break;
        }
    }
}

ApiPoller::Answer ApiPoller::ask(std::uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return Answer::None;
    const timeval patience{10, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const sockaddr_in to = loopback(1, port);
    constexpr std::string_view request = "GET /api/stats HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n";
    std::string answer;
    if (::connect(socket, asAddress(to), sizeof to) == 0 &&
        ::send(socket, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
        char buffer[65'536];
        for (ssize_t got = 0; (got = ::recv(socket, buffer, sizeof buffer, 0)) > 0;)
            answer.append(buffer, static_cast<std::size_t>(got));
    }
    ::close(socket);
    const std::string status = answer.size() > 13 ? answer.substr(8, 5) : std::string();
    if (status == " 429 ")
        return Answer::TooMany;
    return status == " 200 " && answer.back() == '}' ? Answer::Whole : Answer::None;
}

} // namespace bench
