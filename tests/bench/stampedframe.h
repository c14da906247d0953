// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>

/// An MPEG-1 Layer III frame (128 kbit/s, 48 kHz: always 384 bytes, 24 ms) of digital silence whose spare
/// bytes tell which frame it is and when it was sent, so that every byte that arrives can be verified.
///
///     0    header, side information (zeros), "BNCH"
///     40   number, 5 groups of 7 bits        45   CLOCK_MONOTONIC ns when sent, 9 groups; 0: not live
///     54   filler that depends on the number 380  number again, 4 groups
///
/// 0xFF stands nowhere but at byte 0, so that a reader finds its place again by looking for it.
namespace bench
{

inline constexpr std::size_t frameBytes = 384;
inline constexpr std::int64_t frameNs = 24'000'000;
inline constexpr int bytesPerSecond = 16'000;

inline std::int64_t nowNs()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void writeFrame(std::uint8_t *to, std::uint64_t number, std::int64_t sentNs);

/// Whether this begins like a stamped frame (40 bytes are looked at).
bool beginsStamped(const std::uint8_t *frame);

struct Stamp {
    std::uint64_t number = 0;
    std::int64_t sentNs = 0;
    bool isIntact = false; ///< all 384 bytes are as they were written
};
Stamp readFrame(const std::uint8_t *frame);

/// Bytes of any MPEG-1 Layer III frame, stamped or not (a server's own silence); 0: not a header.
std::size_t frameLength(const std::uint8_t *header);

} // namespace bench
