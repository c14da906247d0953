// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/mutedframe.h"

namespace cycast
{

namespace
{

/// Side information in bytes (ISO/IEC 11172-3 2.4.1.7, 13818-3 2.4.1.7).
int sideInfoBytes(const MpegHeader &header)
{
    if (header.version == MpegHeader::Version::Mpeg1)
        return header.channels == 1 ? 17 : 32;
    return header.channels == 1 ? 9 : 17;
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

QByteArray mutedFrame(const MpegHeader &header, QByteArrayView frame)
{
    QByteArray muted = frame.toByteArray();
    const int sideInfoAt = header.hasCrc ? 6 : 4;
    const int length = sideInfoBytes(header);
    if (header.layer != 3 || muted.size() < sideInfoAt + length)
        return muted;
    std::fill_n(muted.begin() + sideInfoAt, length, '\0');
    if (header.hasCrc) {
        // Over the header's second half and the side information.
        quint16 crc = crc16(0xFFFF, QByteArrayView(muted).sliced(2, 2));
        crc = crc16(crc, QByteArrayView(muted).sliced(sideInfoAt, length));
        muted[4] = static_cast<char>(crc >> 8U);
        muted[5] = static_cast<char>(crc & 0xFFU);
    }
    return muted;
}

} // namespace cycast
