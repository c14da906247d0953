// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/mpeg/mpegheader.h"

#include "core/audio/byteat.h"
#include "core/audio/mpeg/mpegsideinfo.h"

#include <array>

namespace cycast
{

namespace
{

using Version = MpegHeader::Version;
using BitrateRow = std::array<int, 15>; // kbit/s by bitrate index; index 0 is free format, 15 is reserved

constexpr std::array<BitrateRow, 3> mpeg1Bitrates{{
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
}};
constexpr std::array<BitrateRow, 3> mpeg2Bitrates{{
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
}};
constexpr std::array<int, 3> mpeg1SampleRates{44100, 48000, 32000};

constexpr int crcBytes = 2;
constexpr int mono = 3; // of the two mode bits

const BitrateRow &bitrates(Version version, int layer)
{
    const auto row = static_cast<size_t>(layer - 1);
    return version == Version::Mpeg1 ? mpeg1Bitrates[row] : mpeg2Bitrates[row];
}

/// MPEG-2 halves the sample rates of MPEG-1, MPEG-2.5 halves them again.
int sampleRateFor(Version version, size_t index)
{
    return mpeg1SampleRates[index] >> static_cast<int>(version);
}

int samplesFor(Version version, int layer)
{
    if (layer == 1)
        return 384;
    return layer == 3 && version != Version::Mpeg1 ? 576 : 1152;
}

int frameBytesFor(int layer, int samples, int bitrateKbps, int sampleRate, bool padded)
{
    // Layer I counts in slots of four bytes.
    const int slotBytes = layer == 1 ? 4 : 1;
    const int slotCount = samples / 8 / slotBytes * bitrateKbps * 1000 / sampleRate + (padded ? 1 : 0);
    return slotCount * slotBytes;
}

} // namespace

std::optional<MpegHeader> parseMpegHeader(QByteArrayView bytes)
{
    if (bytes.size() < mpegHeaderBytes || byteAt(bytes, 0) != 0xFF || (byteAt(bytes, 1) & 0xE0) != 0xE0)
        return {};
    const int versionBits = byteAt(bytes, 1) >> 3 & 3;
    const int layerBits = byteAt(bytes, 1) >> 1 & 3;
    const int bitrateIndex = byteAt(bytes, 2) >> 4;
    const int rateIndex = byteAt(bytes, 2) >> 2 & 3;
    if (versionBits == 1 || layerBits == 0 || bitrateIndex == 0 || bitrateIndex == 15 || rateIndex == 3)
        return {};

    MpegHeader header;
    header.version = versionBits == 3 ? Version::Mpeg1 : versionBits == 2 ? Version::Mpeg2 : Version::Mpeg25;
    header.layer = 4 - layerBits;
    header.bitrateKbps = bitrates(header.version, header.layer)[static_cast<size_t>(bitrateIndex)];
    header.sampleRate = sampleRateFor(header.version, static_cast<size_t>(rateIndex));
    header.channels = byteAt(bytes, 3) >> 6 == mono ? 1 : 2;
    header.hasCrc = (byteAt(bytes, 1) & 1) == 0;
    header.samplesPerFrame = samplesFor(header.version, header.layer);
    header.frameBytes = frameBytesFor(header.layer, header.samplesPerFrame, header.bitrateKbps,
                                      header.sampleRate, (byteAt(bytes, 2) & 2) != 0);
    return header;
}

bool sameMpegStream(const MpegHeader &a, const MpegHeader &b)
{
    return a.version == b.version && a.layer == b.layer && a.sampleRate == b.sampleRate;
}

bool isMpegInfoFrame(const MpegHeader &header, QByteArrayView frame)
{
    if (header.layer != 3)
        return false;
    const auto holds = [frame](qsizetype offset, const char *name) {
        return frame.size() >= offset + 4 && frame.sliced(offset, 4) == QByteArrayView(name, 4);
    };
    const int afterSideInfo = mpegHeaderBytes + mpegSideInfoBytes(header);
    if (holds(afterSideInfo, "Xing") || holds(afterSideInfo, "Info"))
        return true;
    // Encoders disagree on whether the two CRC bytes are counted.
    if (header.hasCrc && (holds(afterSideInfo + crcBytes, "Xing") || holds(afterSideInfo + crcBytes, "Info")))
        return true;
    return holds(mpegHeaderBytes + 32, "VBRI"); // at this place whatever the side information takes
}

int mpegReservoirBytes(const MpegHeader &header, QByteArrayView frame)
{
    const qsizetype offset = mpegHeaderBytes + (header.hasCrc ? crcBytes : 0);
    if (header.layer != 3 || frame.size() < offset + 2)
        return 0;
    // main_data_begin: 9 bits in MPEG-1, 8 bits in the lower sample rates.
    const int first = byteAt(frame, offset);
    return header.version == Version::Mpeg1 ? first << 1 | byteAt(frame, offset + 1) >> 7 : first;
}

int mpegMainDataBytes(const MpegHeader &header)
{
    if (header.layer != 3)
        return 0;
    return qMax(0, header.frameBytes - mpegHeaderBytes - (header.hasCrc ? crcBytes : 0) -
                       mpegSideInfoBytes(header));
}

QByteArray silentMpegFrame(const MpegHeader &like)
{
    const BitrateRow &row = bitrates(like.version, like.layer);
    size_t bitrateIndex = 1;
    while (bitrateIndex + 1 < row.size() && row[bitrateIndex] != like.bitrateKbps)
        ++bitrateIndex;
    size_t rateIndex = 0;
    while (rateIndex + 1 < mpeg1SampleRates.size() &&
           sampleRateFor(like.version, rateIndex) != like.sampleRate)
        ++rateIndex;
    const int versionBits = like.version == Version::Mpeg1 ? 3 : like.version == Version::Mpeg2 ? 2 : 0;

    // All zero behind the header is silence in every layer: no bits allocated to any subband (I, II); no
    // big values and no part 2/3 data in any granule, main data of its own (III). Two channels in Layers I
    // and II are coded jointly from subband 4 on, or the allocation alone would not fit into the smallest
    // frames.
    const int mode = like.channels == 1 ? mono : like.layer == 3 ? 0 : 1;
    QByteArray frame(frameBytesFor(like.layer, samplesFor(like.version, like.layer), row[bitrateIndex],
                                   like.sampleRate, false),
                     '\0');
    frame[0] = '\xFF';
    frame[1] = static_cast<char>(0xE0 | versionBits << 3 | (4 - like.layer) << 1 | 1);
    frame[2] = static_cast<char>(bitrateIndex << 4 | rateIndex << 2);
    frame[3] = static_cast<char>(mode << 6);
    return frame;
}

MpegHeader mpegHeaderFor(int sampleRate, int channels, int bitrateKbps)
{
    MpegHeader like;
    like.version = sampleRate >= 32000   ? Version::Mpeg1
                   : sampleRate >= 16000 ? Version::Mpeg2
                                         : Version::Mpeg25;
    like.sampleRate = sampleRate;
    like.channels = channels;
    like.bitrateKbps = bitrateKbps;
    return parseMpegHeader(silentMpegFrame(like)).value_or(defaultMpegHeader());
}

MpegHeader defaultMpegHeader()
{
    constexpr std::array<char, 4> bytes{'\xFF', '\xFB', '\x90', '\0'};
    return *parseMpegHeader(QByteArrayView(bytes.data(), bytes.size()));
}

} // namespace cycast
