// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A live source of stamped frames at 128 kbit/s (--port, --password, --path, --seconds), or a folder with a
// playlist of them: --write FOLDER --files N --file-seconds S. The stamps say when each frame was sent.
#include "tests/bench/loopback.h"
#include "tests/bench/options.h"
#include "tests/bench/stampedframe.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <string_view>
#include <time.h>
#include <unistd.h>

using namespace bench;

namespace
{

std::string base64(std::string_view text)
{
    static constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t j = 0; j < 3; ++j)
            bits = bits << 8 | (i + j < text.size() ? static_cast<std::uint8_t>(text[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            result += i + j <= text.size() ? letters[bits >> (18 - 6 * j) & 63] : '=';
    }
    return result;
}

// The numbers run on from file to file, so that a playlist which repeats counts modulo all frames.
int writeFiles(const Options &options)
{
    const int files = options.integer("files", 3);
    const int frames = static_cast<int>(options.number("file-seconds", 60.0) * 1e9 / frameNs);
    std::uint64_t number = 0;
    for (int file = 1; file <= files; ++file) {
        std::ofstream out(options.text("write") + "/" + std::to_string(file) + ".mp3", std::ios::binary);
        for (int i = 0; i < frames; ++i) {
            std::array<std::uint8_t, frameBytes> frame{};
            writeFrame(frame.data(), number++, 0);
            out.write(reinterpret_cast<const char *>(frame.data()), frameBytes);
        }
        if (!out.flush())
            return 1;
    }
    std::printf("%llu\n", static_cast<unsigned long long>(number)); // the modulus
    return 0;
}

int stream(const Options &options)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in to = loopback(1, static_cast<std::uint16_t>(options.integer("port")));
    if (socket < 0 || ::connect(socket, asAddress(to), sizeof to) != 0) {
        std::perror("bench_source: connect");
        return 1;
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, 1 /* TCP_NODELAY */, &on, sizeof on);
    const std::string head = "SOURCE " + options.text("path", "/stream") +
                             " HTTP/1.0\r\nAuthorization: Basic " +
                             base64("source:" + options.text("password", "hackme")) +
                             "\r\nContent-Type: audio/mpeg\r\nice-name: bench\r\nice-bitrate: 128\r\n"
                             "ice-public: 0\r\nUser-Agent: bench_source\r\n\r\n";
    ::send(socket, head.data(), head.size(), MSG_NOSIGNAL);
    std::array<char, 1024> answer{};
    const ssize_t got = ::recv(socket, answer.data(), answer.size() - 1, 0);
    if (got < 13 || std::string_view(answer.data() + 8, 5) != " 200 ") {
        std::fprintf(stderr, "bench_source: refused: %s\n", answer.data());
        return 1;
    }
    const auto frames = static_cast<std::uint64_t>(options.number("seconds", 3600.0) * 1e9 / frameNs);
    const std::int64_t start = nowNs();
    for (std::uint64_t number = 0; number < frames; ++number) {
        const std::int64_t due = start + static_cast<std::int64_t>(number) * frameNs;
        const timespec when{due / 1'000'000'000, due % 1'000'000'000};
        ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, nullptr);
        std::array<std::uint8_t, frameBytes> frame{};
        writeFrame(frame.data(), number, nowNs());
        if (::send(socket, frame.data(), frame.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(frame.size()))
            return 1;
    }
    ::close(socket);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const Options options(argc, argv);
    return options.text("write").empty() ? stream(options) : writeFiles(options);
}
