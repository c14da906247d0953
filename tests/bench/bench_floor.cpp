// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The bare floor: accepts, and sends the same stamped frames to everybody with one send() each, --frames of
// them at a time (--port). Nothing else: what a server spends beyond this is its own.
// --damage gap|double|torn|byte|late spoils every ninth round: the crowd has to notice.
#include "tests/bench/loopback.h"
#include "tests/bench/options.h"
#include "tests/bench/stampedframe.h"

#include <array>
#include <cstdio>
#include <poll.h>
#include <string_view>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

using namespace bench;

namespace
{

// What a faulty server would do to its listeners.
void spoil(const std::string &how, std::vector<std::uint8_t> &chunk, std::uint64_t &number)
{
    if (how == "gap")
        ++number;
    else if (how == "double")
        --number;
    else if (how == "torn")
        chunk.erase(chunk.begin() + 100, chunk.begin() + 103);
    else if (how == "byte")
        chunk[200] ^= 1;
    else if (how == "late")
        ::usleep(1'500'000);
}

} // namespace

int main(int argc, char **argv)
{
    const Options options(argc, argv);
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);

    const int door = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const sockaddr_in here = loopback(1, static_cast<std::uint16_t>(options.integer("port")));
    if (::bind(door, asAddress(here), sizeof here) != 0 || ::listen(door, 4096) != 0) {
        std::perror("bench_floor: listen");
        return 1;
    }
    const int frames = options.integer("frames", 42);
    std::vector<std::uint8_t> chunk(static_cast<std::size_t>(frames) * frameBytes);
    std::vector<int> listeners;
    const std::string damage = options.text("damage");
    int rounds = 0;
    std::uint64_t number = 0;
    for (std::int64_t due = nowNs() + frames * frameNs;; due += frames * frameNs) {
        for (std::int64_t left = due - nowNs(); left > 0; left = due - nowNs()) {
            pollfd waiting{door, POLLIN, 0};
            const timespec time{left / 1'000'000'000, left % 1'000'000'000};
            if (::ppoll(&waiting, 1, &time, nullptr) <= 0)
                continue;
            const int listener = ::accept4(door, nullptr, nullptr, SOCK_CLOEXEC);
            if (listener < 0)
                continue;
            // The request is there, or as good as there.
            std::array<char, 1024> request{};
            constexpr std::string_view answer = "HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n";
            if (::recv(listener, request.data(), request.size(), 0) > 0 &&
                ::send(listener, answer.data(), answer.size(), MSG_NOSIGNAL) > 0) {
                ::setsockopt(listener, IPPROTO_TCP, 1 /* TCP_NODELAY */, &on, sizeof on);
                listeners.push_back(listener);
            } else {
                ::close(listener);
            }
        }
        chunk.resize(static_cast<std::size_t>(frames) * frameBytes);
        for (int i = 0; i < frames; ++i)
            writeFrame(chunk.data() + static_cast<std::size_t>(i) * frameBytes, number++, nowNs());
        if (++rounds % 9 == 0)
            spoil(damage, chunk, number);
        for (std::size_t i = 0; i < listeners.size();) {
            const ssize_t sent =
                ::send(listeners[i], chunk.data(), chunk.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent == static_cast<ssize_t>(chunk.size())) {
                ++i;
                continue;
            }
            ::close(listeners[i]);
            listeners[i] = listeners.back();
            listeners.pop_back();
        }
    }
}
