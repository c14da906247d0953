// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/mpeg/mpegsideinfo.h"

#include "core/audio/bitreader.h"

namespace cycast
{

namespace
{

int sideInfoAt(const MpegHeader &header)
{
    return mpegHeaderBytes + (header.hasCrc ? 2 : 0);
}

/// CRC-16 with polynomial 0x8005, most significant bit first (2.4.3.1), continued from `crc`.
quint16 crc16(quint16 crc, QByteArrayView bytes)
{
    for (const char byte : bytes) {
        crc = static_cast<quint16>(crc ^ (static_cast<quint8>(byte) << 8U));
        for (int bit = 0; bit < 8; ++bit)
            crc = static_cast<quint16>((crc & 0x8000U) != 0 ? (crc << 1U) ^ 0x8005U : crc << 1U);
    }
    return crc;
}

} // namespace

int mpegSideInfoBytes(const MpegHeader &header)
{
    if (header.version == MpegHeader::Version::Mpeg1)
        return header.channels == 1 ? 17 : 32;
    return header.channels == 1 ? 9 : 17;
}

void correctMpegCrc(const MpegHeader &header, QByteArray &frame)
{
    if (!header.hasCrc)
        return;
    // Over the header's second half and the side information.
    quint16 crc = crc16(0xFFFF, QByteArrayView(frame).sliced(2, 2));
    crc = crc16(crc, QByteArrayView(frame).sliced(sideInfoAt(header), mpegSideInfoBytes(header)));
    frame[4] = static_cast<char>(crc >> 8U);
    frame[5] = static_cast<char>(crc & 0xFFU);
}

QByteArray withGlobalGain(const MpegHeader &header, QByteArrayView frame, int steps)
{
    QByteArray changed = frame.toByteArray();
    const int at = sideInfoAt(header);
    if (header.layer != 3 || steps == 0 || changed.size() < at + mpegSideInfoBytes(header))
        return changed;
    // Before the granules: main_data_begin, private bits and, in MPEG-1, scfsi. Each granule of a channel
    // begins with part2_3_length (12 bits), big_values (9) and global_gain (8).
    const bool isMpeg1 = header.version == MpegHeader::Version::Mpeg1;
    const bool isMono = header.channels == 1;
    const int before = isMpeg1 ? (isMono ? 9 + 5 + 4 : 9 + 3 + 8) : (isMono ? 8 + 1 : 8 + 2);
    const int granuleBits = isMpeg1 ? 59 : 63;
    const int granules = (isMpeg1 ? 2 : 1) * header.channels;
    for (int granule = 0; granule < granules; ++granule) {
        const int start = at * 8 + before + granule * granuleBits;
        BitReader bits(frame);
        bits.skip(start);
        if (bits.take(12) == 0)
            continue; // no data: silence, whatever the gain
        bits.skip(9);
        const qsizetype gainBit = bits.place();
        const int gain = static_cast<int>(bits.take(8));
        putByteAt(changed, gainBit, static_cast<unsigned>(qBound(0, gain + steps, 255)));
    }
    correctMpegCrc(header, changed);
    return changed;
}

} // namespace cycast
