// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/plainframes.h"

#include "core/audio/aac/aacrawblock.h"
#include "core/audio/aac/adtsheader.h"
#include "core/audio/bitreader.h"

#include <array>

namespace cycast
{

namespace
{

constexpr unsigned lowComplexity = 2; ///< audio object type
constexpr unsigned syncExtension = 0x2B7;

} // namespace

AacConfig aacConfigOf(QByteArrayView config)
{
    constexpr std::array rates{96000, 88200, 64000, 48000, 44100, 32000, 24000,
                               22050, 16000, 12000, 11025, 8000,  7350};
    BitReader bits(config);
    const unsigned type = bits.take(5);
    const unsigned rateIndex = bits.take(4);
    const unsigned channels = bits.take(4);
    const bool hasShortFrames = bits.take(1) != 0; // 960 samples
    const bool dependsOnCore = bits.take(1) != 0;
    const bool isExtended = bits.take(1) != 0;
    if (bits.left() < 0 || type != lowComplexity || rateIndex >= rates.size())
        return {};
    // Band replication that old decoders are to overlook is told behind the rest.
    const bool hasReplication =
        bits.left() >= 17 && bits.take(11) == syncExtension && bits.take(5) == 5 && bits.take(1) != 0;
    AacConfig result;
    result.sampleRate = rates[rateIndex];
    result.channels = static_cast<int>(channels);
    result.isPlain =
        !hasShortFrames && !dependsOnCore && !isExtended && !hasReplication && channels >= 1 && channels <= 2;
    return result;
}

bool isPlainAacBlock(QByteArrayView block, int sampleRate, int channels)
{
    const auto parsed = parseAacRawBlock(block, sampleRate);
    return parsed && parsed->channels == channels && !parsed->hasReplication;
}

bool isPlainAdtsFrame(QByteArrayView frame, int sampleRate, int channels)
{
    const auto header = parseAdtsHeader(frame);
    return header && header->headerBytes() <= frame.size() &&
           isPlainAacBlock(frame.sliced(header->headerBytes()), sampleRate, channels);
}

OpusConfig opusConfigOf(QByteArrayView head)
{
    constexpr qsizetype headBytes = 19;
    if (head.size() < headBytes || !head.startsWith("OpusHead"))
        return {};
    OpusConfig result;
    result.channels = static_cast<unsigned char>(head[9]);
    const bool hasGain = head[16] != 0 || head[17] != 0;
    const bool hasOwnMapping = head[18] != 0;
    result.isPlain = !hasGain && !hasOwnMapping && result.channels >= 1 && result.channels <= 2;
    return result;
}

} // namespace cycast
