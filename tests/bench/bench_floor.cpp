// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The bare floor: accepts, and sends the same stamped frames to everybody with one send() each, --frames of
// them at a time (--port). Nothing else: what a server spends beyond this is its own.
// --certificate FILE --key FILE: over TLS, by the library on the listener's own descriptor.
// --damage gap|double|torn|byte|late spoils every ninth round: the crowd has to notice.
#include "tests/bench/loopback.h"
#include "tests/bench/options.h"
#include "tests/bench/stampedframe.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <openssl/ssl.h>
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

/// Null: plain.
SSL_CTX *tlsContext(const Options &options)
{
    const std::string certificate = options.text("certificate");
    if (certificate.empty())
        return nullptr;
    std::signal(SIGPIPE, SIG_IGN);
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, options.text("key", certificate).c_str(), SSL_FILETYPE_PEM) !=
            1) {
        std::fputs("bench_floor: the certificate cannot be used\n", stderr);
        std::exit(1);
    }
    return context;
}

/// One who listens: a descriptor, and what stands on it.
struct Listener {
    int socket = -1;
    SSL *tls = nullptr;

    bool receive(void *buffer, std::size_t size) const
    {
        return tls ? SSL_read(tls, buffer, static_cast<int>(size)) > 0 : ::recv(socket, buffer, size, 0) > 0;
    }
    bool send(const void *bytes, std::size_t size) const
    {
        return tls ? SSL_write(tls, bytes, static_cast<int>(size)) == static_cast<int>(size)
                   : ::send(socket, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT) == static_cast<ssize_t>(size);
    }
    void close() const
    {
        SSL_free(tls);
        ::close(socket);
    }
};

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
    std::vector<Listener> listeners;
    SSL_CTX *tls = tlsContext(options);
    const std::string damage = options.text("damage");
    int rounds = 0;
    std::uint64_t number = 0;
    for (std::int64_t due = nowNs() + frames * frameNs;; due += frames * frameNs) {
        for (std::int64_t left = due - nowNs(); left > 0; left = due - nowNs()) {
            pollfd waiting{door, POLLIN, 0};
            const timespec time{left / 1'000'000'000, left % 1'000'000'000};
            if (::ppoll(&waiting, 1, &time, nullptr) <= 0)
                continue;
            Listener listener{::accept4(door, nullptr, nullptr, SOCK_CLOEXEC)};
            if (listener.socket < 0)
                continue;
            const timeval patience{2, 0};
            ::setsockopt(listener.socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            if (tls) {
                listener.tls = SSL_new(tls);
                SSL_set_fd(listener.tls, listener.socket);
            }
            // The request is there, or as good as there.
            std::array<char, 1024> request{};
            constexpr std::string_view answer = "HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n";
            if ((!tls || SSL_accept(listener.tls) == 1) && listener.receive(request.data(), request.size()) &&
                listener.send(answer.data(), answer.size())) {
                ::setsockopt(listener.socket, IPPROTO_TCP, 1 /* TCP_NODELAY */, &on, sizeof on);
                ::fcntl(listener.socket, F_SETFL, O_NONBLOCK);
                listeners.push_back(listener);
            } else {
                listener.close();
            }
        }
        chunk.resize(static_cast<std::size_t>(frames) * frameBytes);
        for (int i = 0; i < frames; ++i)
            writeFrame(chunk.data() + static_cast<std::size_t>(i) * frameBytes, number++, nowNs());
        if (++rounds % 9 == 0)
            spoil(damage, chunk, number);
        for (std::size_t i = 0; i < listeners.size();) {
            if (listeners[i].send(chunk.data(), chunk.size())) {
                ++i;
                continue;
            }
            listeners[i].close();
            listeners[i] = listeners.back();
            listeners.pop_back();
        }
    }
}
