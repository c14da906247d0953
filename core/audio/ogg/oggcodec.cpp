// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ogg/oggcodec.h"

#include "core/audio/byteat.h"

#include <QtEndian>

#include <array>

namespace cycast
{
namespace
{

/// Stream time counts in flicks, and rates that divide them are the only ones in use.
bool isRate(quint32 rate)
{
    return rate >= 4000 && rate <= 384'000;
}

std::optional<OggCodec> vorbis(QByteArrayView packet)
{
    constexpr qsizetype packetBytes = 30;
    if (packet.size() < packetBytes || qFromLittleEndian<quint32>(packet.data() + 7) != 0)
        return std::nullopt;
    OggCodec codec;
    codec.kind = OggCodec::Kind::Vorbis;
    const auto rate = qFromLittleEndian<quint32>(packet.data() + 12);
    const auto nominal = qFromLittleEndian<qint32>(packet.data() + 20);
    const int shortBlock = byteAt(packet, 28) & 0x0F;
    const int longBlock = byteAt(packet, 28) >> 4;
    codec.channels = byteAt(packet, 11);
    if (codec.channels == 0 || !isRate(rate) || shortBlock < 6 || longBlock > 13 || shortBlock > longBlock)
        return std::nullopt;
    codec.sampleRate = codec.granuleRate = static_cast<int>(rate);
    codec.bitrateKbps = nominal > 0 && nominal < 10'000'000 ? nominal / 1000 : 0;
    // Blocks overlap by half: a packet completes at most half a long block.
    codec.longestPacket = codec.usualPacket = (qint64{1} << longBlock) / 2;
    return codec;
}

std::optional<OggCodec> opus(QByteArrayView packet)
{
    constexpr qsizetype packetBytes = 19;
    if (packet.size() < packetBytes || (byteAt(packet, 8) & 0xF0) != 0)
        return std::nullopt;
    OggCodec codec;
    codec.kind = OggCodec::Kind::Opus;
    codec.channels = byteAt(packet, 9);
    if (codec.channels == 0)
        return std::nullopt;
    codec.preSkip = qFromLittleEndian<quint16>(packet.data() + 10);
    codec.granuleRate = 48'000;
    codec.sampleRate = 48'000;
    return codec;
}

std::optional<OggCodec> flac(QByteArrayView packet)
{
    constexpr qsizetype packetBytes = 13 + 4 + 34; // mapping header, block header, STREAMINFO
    if (packet.size() < packetBytes || packet.sliced(9, 4) != "fLaC" || (byteAt(packet, 13) & 0x7F) != 0)
        return std::nullopt;
    OggCodec codec;
    codec.kind = OggCodec::Kind::Flac;
    codec.headerIsWhole = (byteAt(packet, 13) & 0x80) != 0;
    const QByteArrayView info = packet.sliced(17);
    const quint32 rate =
        static_cast<quint32>(byteAt(info, 10) << 12 | byteAt(info, 11) << 4 | byteAt(info, 12) >> 4);
    codec.channels = (byteAt(info, 12) >> 1 & 0x07) + 1;
    const int longest = qFromBigEndian<quint16>(info.data() + 2);
    if (!isRate(rate) || longest < 16)
        return std::nullopt;
    codec.sampleRate = codec.granuleRate = static_cast<int>(rate);
    codec.longestPacket = codec.usualPacket = longest;
    return codec;
}

} // namespace

std::optional<OggCodec> parseOggCodec(QByteArrayView firstPacket)
{
    if (firstPacket.startsWith("\x01vorbis"))
        return vorbis(firstPacket);
    if (firstPacket.startsWith("OpusHead"))
        return opus(firstPacket);
    if (firstPacket.startsWith("\x7F"
                               "FLAC"))
        return flac(firstPacket);
    return std::nullopt;
}

int opusPacketSamples(QByteArrayView packet)
{
    if (packet.isEmpty())
        return 0;
    const int toc = byteAt(packet, 0);
    const int config = toc >> 3;
    // SILK 10, 20, 40, 60 ms; hybrid 10, 20 ms; CELT 2.5, 5, 10, 20 ms.
    static constexpr std::array<int, 4> silk{480, 960, 1920, 2880};
    static constexpr std::array<int, 4> celt{120, 240, 480, 960};
    const auto step = static_cast<size_t>(config & 3);
    const int frame = config < 12 ? silk[step] : config < 16 ? ((config & 1) != 0 ? 960 : 480) : celt[step];
    int frames = 1;
    switch (toc & 3) {
    case 1:
    case 2:
        frames = 2;
        break;
    case 3:
        frames = packet.size() > 1 ? byteAt(packet, 1) & 0x3F : 0;
        break;
    default:
        break;
    }
    const int samples = frame * frames;
    return samples <= 5760 ? samples : 0;
}

} // namespace cycast
