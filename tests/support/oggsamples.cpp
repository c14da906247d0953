// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/oggsamples.h"

#include <QtEndian>

namespace cycast::test
{
namespace
{

template<class T>
QByteArray littleEndian(T value)
{
    QByteArray bytes(sizeof(T), '\0');
    qToLittleEndian<T>(value, bytes.data());
    return bytes;
}

QByteArray sized(const QByteArray &text)
{
    return littleEndian<quint32>(static_cast<quint32>(text.size())) + text;
}

QByteArray comments(const QByteArray &artist, const QByteArray &title)
{
    return sized("test encoder") + littleEndian<quint32>(3) + sized("ARTIST=" + artist) +
           sized("title=" + title) + sized("NONSENSE");
}

// Bit by bit, so that a fault in the table of the program would show.
quint32 checksum(const QByteArray &page)
{
    quint32 crc = 0;
    for (const char c : page) {
        crc ^= static_cast<quint32>(static_cast<quint8>(c)) << 24;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 0x80000000U) != 0 ? crc << 1 ^ 0x04c11db7U : crc << 1;
    }
    return crc;
}

} // namespace

QByteArray withChecksum(QByteArray page)
{
    qToLittleEndian<quint32>(0, page.data() + 22);
    qToLittleEndian<quint32>(checksum(page), page.data() + 22);
    return page;
}

QByteArray oggPage(const OggPageParts &parts)
{
    QByteArray lacing;
    QByteArray body;
    for (const QByteArray &packet : parts.packets) {
        lacing += QByteArray(packet.size() / 255, '\xFF');
        lacing += static_cast<char>(packet.size() % 255);
        body += packet;
    }
    if (parts.lastPacketGoesOn)
        lacing.chop(1);
    return withChecksum(QByteArray("OggS") + '\0' + static_cast<char>(parts.flags) +
                        littleEndian<qint64>(parts.granule) + littleEndian<quint32>(parts.serial) +
                        littleEndian<quint32>(parts.sequence) + QByteArray(4, '\0') +
                        static_cast<char>(lacing.size()) + lacing + body);
}

QByteArray vorbisHeader(quint32 serial, const QByteArray &artist, const QByteArray &title)
{
    const QByteArray identification =
        QByteArray("\x01vorbis") + littleEndian<quint32>(0) + '\x02' + littleEndian<quint32>(44100) +
        littleEndian<quint32>(0) + littleEndian<quint32>(96000) + littleEndian<quint32>(0) + '\xB8' + '\x01';
    return oggPage({.serial = serial, .flags = 2, .packets = {identification}}) +
           oggPage({.serial = serial,
                    .sequence = 1,
                    .packets = {"\x03vorbis" + comments(artist, title) + '\x01',
                                "\x05vorbis" + QByteArray(3000, 's')}});
}

QByteArray opusHeader(quint32 serial, const QByteArray &artist, const QByteArray &title)
{
    const QByteArray head = QByteArray("OpusHead\x01\x02") + littleEndian<quint16>(312) +
                            littleEndian<quint32>(44100) + QByteArray(3, '\0');
    return oggPage({.serial = serial, .flags = 2, .packets = {head}}) +
           oggPage({.serial = serial, .sequence = 1, .packets = {"OpusTags" + comments(artist, title)}});
}

QByteArray flacHeader(quint32 serial, const QByteArray &artist, const QByteArray &title)
{
    QByteArray info(34, '\0');
    qToBigEndian<quint16>(4096, info.data());
    qToBigEndian<quint16>(4096, info.data() + 2);
    constexpr int rate = 44100;
    info[10] = static_cast<char>(rate >> 12);
    info[11] = static_cast<char>(rate >> 4 & 0xFF);
    info[12] = static_cast<char>((rate & 0x0F) << 4 | 1 << 1);
    info[13] = '\xF0';
    const QByteArray first = QByteArray("\x7F"
                                        "FLAC\x01") +
                             '\0' + '\0' + '\x01' + "fLaC" + '\0' + '\0' + '\0' + '\x22' + info;
    const QByteArray text = comments(artist, title);
    const QByteArray comment = QByteArray("\x84") + '\0' + static_cast<char>(text.size() >> 8) +
                               static_cast<char>(text.size() & 0xFF) + text;
    return oggPage({.serial = serial, .flags = 2, .packets = {first}}) +
           oggPage({.serial = serial, .sequence = 1, .packets = {comment}});
}

QByteArray opusPage(quint32 serial, quint32 number, int packets, int flags)
{
    OggPageParts parts;
    parts.serial = serial;
    parts.sequence = number + 2;
    parts.granule = 312 + qint64{960} * packets * (number + 1);
    parts.flags = flags;
    for (int i = 0; i < packets; ++i)
        parts.packets.append(QByteArray("\xFC") + littleEndian<quint32>(serial) +
                             littleEndian<quint32>(number) + QByteArray(111 + i, '\x55'));
    return oggPage(parts);
}

QByteArray opusStream(quint32 serial, int pages, const QByteArray &title, bool ends)
{
    QByteArray stream = opusHeader(serial, "Artist", title);
    for (int i = 0; i < pages; ++i)
        stream += opusPage(serial, static_cast<quint32>(i), 5, ends && i + 1 == pages ? 4 : 0);
    return stream;
}

QByteArray adtsFrame(int number, int size, int rateIndex, int blocks)
{
    QByteArray frame(size, '\x11');
    frame[0] = '\xFF';
    frame[1] = '\xF1'; // MPEG-4, no CRC
    frame[2] = static_cast<char>(1 << 6 | rateIndex << 2);
    frame[3] = static_cast<char>(2 << 6 | size >> 11);
    frame[4] = static_cast<char>(size >> 3 & 0xFF);
    frame[5] = static_cast<char>((size & 7) << 5 | 0x1F);
    frame[6] = static_cast<char>(0xFC | (blocks - 1));
    if (size >= 12)
        qToLittleEndian<qint32>(number, frame.data() + 7);
    return frame;
}

QByteArray adtsFrames(int count, int first)
{
    QByteArray frames;
    for (int i = first; i < first + count; ++i)
        frames += adtsFrame(i);
    return frames;
}

} // namespace cycast::test
