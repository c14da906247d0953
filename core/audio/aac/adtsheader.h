// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

#include <optional>

namespace cycast
{

/// The fixed and variable header of an ADTS frame (ISO/IEC 13818-7, 6.2; 14496-3, 1.A.2.2), decoded.
struct AdtsHeader {
    int profile = 0;       ///< 0 Main, 1 LC, 2 SSR, 3 LTP; HE-AAC shows as LC of half the rate
    int sampleRate = 0;    ///< 7350 to 96000 Hz, of the core
    int channelConfig = 0; ///< 0: said in the stream itself; 7 means eight channels
    bool hasCrc = false;   ///< two CRC bytes follow the header
    int frameBytes = 0;    ///< whole frame, header included; at most 8191
    int blocks = 1;        ///< raw data blocks of 1024 samples, 1 to 4

    int headerBytes() const { return hasCrc ? 9 : 7; }
    int channels() const { return channelConfig == 7 ? 8 : channelConfig; }
    Flicks duration() const { return flicksForSamples(1024 * blocks, sampleRate); }
    bool operator==(const AdtsHeader &) const = default;
};

inline constexpr qsizetype adtsHeaderBytes = 7;

/// Nothing for anything that is not a header: no sync, a layer other than 0 (that is MPEG audio), a reserved
/// sample rate, a length that does not even hold the header, less than 7 bytes.
std::optional<AdtsHeader> parseAdtsHeader(QByteArrayView bytes);

/// Whether two headers can belong to one stream: same profile, sample rate and channels.
bool sameAdtsStream(const AdtsHeader &a, const AdtsHeader &b);

} // namespace cycast
