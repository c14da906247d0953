// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/adtsheader.h"

#include <array>

namespace cycast
{

std::optional<AdtsHeader> parseAdtsHeader(QByteArrayView bytes)
{
    // ISO/IEC 14496-3, table 1.18.
    static constexpr std::array<int, 13> sampleRates{96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                                     22050, 16000, 12000, 11025, 8000,  7350};
    if (bytes.size() < adtsHeaderBytes)
        return std::nullopt;
    const auto byteAt = [bytes](qsizetype index) { return static_cast<quint8>(bytes[index]); };
    // Twelve bits of sync, the MPEG version, two bits of layer that are always 0, "no CRC".
    if (byteAt(0) != 0xFF || (byteAt(1) & 0xF6) != 0xF0)
        return std::nullopt;
    const size_t rateIndex = byteAt(2) >> 2 & 0x0F;
    if (rateIndex >= sampleRates.size())
        return std::nullopt;
    AdtsHeader header;
    header.hasCrc = (byteAt(1) & 0x01) == 0;
    header.profile = byteAt(2) >> 6;
    header.sampleRate = sampleRates[rateIndex];
    header.channelConfig = (byteAt(2) & 0x01) << 2 | byteAt(3) >> 6;
    header.frameBytes = (byteAt(3) & 0x03) << 11 | byteAt(4) << 3 | byteAt(5) >> 5;
    header.blocks = (byteAt(6) & 0x03) + 1;
    if (header.frameBytes <= header.headerBytes())
        return std::nullopt;
    return header;
}

bool sameAdtsStream(const AdtsHeader &a, const AdtsHeader &b)
{
    return a.profile == b.profile && a.sampleRate == b.sampleRate && a.channelConfig == b.channelConfig;
}

} // namespace cycast
