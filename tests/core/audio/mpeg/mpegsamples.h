// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/audio/mpeg/mpegheader.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QStringList>

namespace cycast::test
{

/// Builds a header bit by bit, with tables of its own (the fields as the standard numbers them).
inline QByteArray rawHeader(int versionBits, int layerBits, int bitrateIndex, int rateIndex,
                            bool padding = false, int mode = 0, bool crc = false)
{
    QByteArray header(4, '\0');
    header[0] = '\xFF';
    header[1] = static_cast<char>(0xE0 | versionBits << 3 | layerBits << 1 | (crc ? 0 : 1));
    header[2] = static_cast<char>(bitrateIndex << 4 | rateIndex << 2 | (padding ? 2 : 0));
    header[3] = static_cast<char>(mode << 6);
    return header;
}

/// A whole frame whose payload is recognisable and holds neither a sync word nor a tag.
inline QByteArray rawFrame(const QByteArray &header, int serial)
{
    const auto parsed = parseMpegHeader(header);
    Q_ASSERT(parsed);
    QByteArray frame(parsed->frameBytes, static_cast<char>(serial % 0x40));
    frame.replace(0, header.size(), header);
    return frame;
}

/// MPEG-1 Layer III, 128 kbit/s, 44.1 kHz, stereo: 417 bytes, with padding 418.
inline QByteArray frame128(int serial, bool padding = false)
{
    return rawFrame(rawHeader(3, 1, 9, 0, padding), serial);
}
/// MPEG-2 Layer III, 64 kbit/s, 22.05 kHz, mono: 208 bytes.
inline QByteArray frame64(int serial)
{
    return rawFrame(rawHeader(2, 1, 8, 0, false, 3), serial);
}

inline QByteArray frames128(int count, int firstSerial = 0)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes += frame128(firstSerial + i, i % 3 == 1);
    return bytes;
}

QByteArray randomBytes(qsizetype count, QRandomGenerator &random);
QByteArray id3v1(const QByteArray &title = "Title");
QByteArray id3v2(qsizetype payloadBytes, bool footer = false, char filler = '\x5A');
/// `withHeader` false: APEv1, or an APEv2 tag that has a footer only.
QByteArray apeTag(qsizetype itemBytes, bool withHeader = true);
QByteArray lyrics3v1(const QByteArray &text);
QByteArray lyrics3v2(const QByteArray &text);

/// Runs a program to its end; what it wrote to standard output and error, and its exit code.
struct ProgramResult {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};
ProgramResult runProgram(const QString &program, const QStringList &arguments, const QByteArray &input = {});

} // namespace cycast::test
