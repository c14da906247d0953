// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QtEndian>

/// Makers of odd files: what people and their programs really produce, and what attackers would. All of them
/// are written by these lines; nothing comes from elsewhere.
namespace odd
{

inline QByteArray bigEndian32(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

inline QByteArray bigEndian16(quint16 value)
{
    QByteArray bytes(2, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

/// One box of ISO/IEC 14496-12.
inline QByteArray box(const QByteArray &type, const QByteArray &content)
{
    return bigEndian32(static_cast<quint32>(content.size() + 8)) + type + content;
}

/// A small MP4 file that says it has so many samples of one byte: whoever makes a table of them needs
/// gigabytes.
inline QByteArray mp4WithManySamples(quint32 samples)
{
    const QByteArray version(4, '\0');
    const QByteArray matrix = bigEndian32(0x10000) + QByteArray(12, '\0') + bigEndian32(0x10000) +
                              QByteArray(12, '\0') + bigEndian32(0x40000000);
    const QByteArray mvhd =
        box("mvhd", version + QByteArray(8, '\0') + bigEndian32(1000) + bigEndian32(1000) +
                        bigEndian32(0x10000) + bigEndian16(0x100) + QByteArray(10, '\0') + matrix +
                        QByteArray(24, '\0') + bigEndian32(2));
    const QByteArray tkhd =
        box("tkhd", QByteArray("\0\0\0\7", 4) + QByteArray(8, '\0') + bigEndian32(1) + QByteArray(4, '\0') +
                        bigEndian32(1000) + QByteArray(16, '\0') + matrix + QByteArray(8, '\0'));
    const QByteArray mdhd = box("mdhd", version + QByteArray(8, '\0') + bigEndian32(44100) +
                                            bigEndian32(44100) + QByteArray(4, '\0'));
    const QByteArray hdlr =
        box("hdlr", version + QByteArray(4, '\0') + "soun" + QByteArray(12, '\0') + QByteArray("s\0", 2));
    const QByteArray esds = box(
        "esds", version + QByteArray("\x03\x19\0\0\0\x04\x11\x40\x15\0\0\0\0\0\0\0\0\0\0\0\x05\x02\x12\x10"
                                     "\x06\x01\x02",
                                     27));
    const QByteArray mp4a =
        box("mp4a", QByteArray(6, '\0') + bigEndian16(1) + QByteArray(8, '\0') + bigEndian16(2) +
                        bigEndian16(16) + QByteArray(4, '\0') + bigEndian32(44100U << 16) + esds);
    const QByteArray stbl =
        box("stbl", box("stsd", version + bigEndian32(1) + mp4a) +
                        box("stts", version + bigEndian32(1) + bigEndian32(samples) + bigEndian32(1024)) +
                        box("stsc", version + bigEndian32(1) + bigEndian32(1) + bigEndian32(samples) +
                                        bigEndian32(1)) +
                        box("stsz", version + bigEndian32(1) + bigEndian32(samples)) +
                        box("stco", version + bigEndian32(1) + bigEndian32(64)));
    const QByteArray minf =
        box("minf",
            box("smhd", QByteArray(8, '\0')) +
                box("dinf", box("dref", version + bigEndian32(1) + box("url ", QByteArray("\0\0\0\1", 4)))) +
                stbl);
    const QByteArray trak = box("trak", tkhd + box("mdia", mdhd + hdlr + minf));
    return box("ftyp", "M4A " + bigEndian32(0) + "M4A isom") + box("mdat", QByteArray(4000, '\1')) +
           box("moov", mvhd + trak);
}

/// An ID3v2.3 tag of text frames that promise UTF-16 with a byte order mark and have none.
inline QByteArray id3InUtf16WithoutMark(const QList<std::pair<QByteArray, QString>> &frames, bool isBigEndian)
{
    QByteArray body;
    for (const auto &[id, text] : frames) {
        QByteArray content(1, '\1');
        for (const QChar letter : text) {
            const auto low = static_cast<char>(letter.unicode() & 0xFF);
            const auto high = static_cast<char>(letter.unicode() >> 8);
            content += isBigEndian ? high : low;
            content += isBigEndian ? low : high;
        }
        body += id + bigEndian32(static_cast<quint32>(content.size())) + QByteArray(2, '\0') + content;
    }
    body += QByteArray(64, '\0');
    QByteArray size;
    for (int shift = 21; shift >= 0; shift -= 7)
        size += static_cast<char>(body.size() >> shift & 0x7F);
    return QByteArray("ID3\3\0\0", 6) + size + body;
}

/// An ID3v2.3 tag with a title and an artist in Latin-1, in so many bytes.
inline QByteArray id3(const QByteArray &title, const QByteArray &artist, qsizetype bytes = 256)
{
    QByteArray body;
    for (const auto &[id, text] : {std::pair("TIT2", title), std::pair("TPE1", artist)})
        body += id + bigEndian32(static_cast<quint32>(text.size() + 1)) + QByteArray(3, '\0') + text;
    body = body.leftJustified(bytes - 10, '\0');
    QByteArray size;
    for (int shift = 21; shift >= 0; shift -= 7)
        size += static_cast<char>(body.size() >> shift & 0x7F);
    return QByteArray("ID3\3\0\0", 6) + size + body;
}

/// An ID3v2.3 tag of so many bytes that says nothing: what a picture would make of a file.
inline QByteArray id3OfBytes(qsizetype bytes)
{
    QByteArray size;
    for (int shift = 21; shift >= 0; shift -= 7)
        size += static_cast<char>((bytes - 10) >> shift & 0x7F);
    return QByteArray("ID3\3\0\0", 6) + size + QByteArray(bytes - 10, '\0');
}

} // namespace odd
