// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/stampedframe.h"

#include <array>
#include <cstring>

namespace bench
{
namespace
{

constexpr std::size_t magicAt = 36;
constexpr std::size_t numberAt = 40;
constexpr std::size_t timeAt = 45;
constexpr std::size_t fillerAt = 54;
constexpr std::size_t trailerAt = 380;
constexpr std::size_t fillerBytes = trailerAt - fillerAt;

constexpr std::array<std::uint8_t, numberAt> makeStart()
{
    std::array<std::uint8_t, numberAt> start{0xFF, 0xFB, 0x94, 0x00};
    start[magicAt] = 'B';
    start[magicAt + 1] = 'N';
    start[magicAt + 2] = 'C';
    start[magicAt + 3] = 'H';
    return start;
}

// Any 128 neighbouring starts in here give a different filler.
constexpr std::array<std::uint8_t, fillerBytes + 128> makePattern()
{
    std::array<std::uint8_t, fillerBytes + 128> pattern{};
    for (std::size_t i = 0; i < pattern.size(); ++i)
        pattern[i] = static_cast<std::uint8_t>(i * 5 % 127);
    return pattern;
}

constexpr auto start = makeStart();
constexpr auto pattern = makePattern();

void put(std::uint8_t *to, int groups, std::uint64_t value)
{
    for (int i = 0; i < groups; ++i, value >>= 7)
        to[i] = static_cast<std::uint8_t>(value & 0x7F);
}

std::uint64_t get(const std::uint8_t *from, int groups)
{
    std::uint64_t value = 0;
    for (int i = groups - 1; i >= 0; --i)
        value = value << 7 | from[i];
    return value;
}

} // namespace

void writeFrame(std::uint8_t *to, std::uint64_t number, std::int64_t sentNs)
{
    std::memcpy(to, start.data(), start.size());
    put(to + numberAt, 5, number);
    put(to + timeAt, 9, static_cast<std::uint64_t>(sentNs));
    std::memcpy(to + fillerAt, pattern.data() + (number & 0x7F), fillerBytes);
    put(to + trailerAt, 4, number);
}

bool beginsStamped(const std::uint8_t *frame)
{
    return std::memcmp(frame, start.data(), start.size()) == 0;
}

Stamp readFrame(const std::uint8_t *frame)
{
    Stamp stamp;
    stamp.number = get(frame + numberAt, 5);
    stamp.sentNs = static_cast<std::int64_t>(get(frame + timeAt, 9));
    stamp.isIntact =
        beginsStamped(frame) &&
        std::memcmp(frame + fillerAt, pattern.data() + (stamp.number & 0x7F), fillerBytes) == 0 &&
        get(frame + trailerAt, 4) == (stamp.number & 0xFFF'FFFF);
    return stamp;
}

std::size_t frameLength(const std::uint8_t *header)
{
    static constexpr std::array<int, 16> kbps = {0,   32,  40,  48,  56,  64,  80,  96,
                                                 112, 128, 160, 192, 224, 256, 320, 0};
    static constexpr std::array<int, 4> rates = {44'100, 48'000, 32'000, 0};
    if (header[0] != 0xFF || (header[1] & 0xFE) != 0xFA)
        return 0;
    const int bitrate = kbps[header[2] >> 4];
    const int rate = rates[header[2] >> 2 & 3];
    if (bitrate == 0 || rate == 0)
        return 0;
    return static_cast<std::size_t>(144'000 * bitrate / rate) + (header[2] >> 1 & 1);
}

} // namespace bench
