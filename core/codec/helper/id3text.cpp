// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/id3text.h"

#include <QString>
#include <QtEndian>

namespace cycast
{

namespace
{

constexpr qsizetype headerBytes = 10;
constexpr quint8 unsynchronised = 0x80;
constexpr quint8 hasExtendedHeader = 0x40;

quint8 byteOf(QByteArrayView bytes, qsizetype at)
{
    return static_cast<quint8>(bytes[at]);
}

/// Four times seven bits.
qsizetype syncsafe(QByteArrayView bytes, qsizetype at)
{
    qsizetype value = 0;
    for (qsizetype i = 0; i < 4; ++i)
        value = value << 7 | (byteOf(bytes, at + i) & 0x7F);
    return value;
}

qsizetype bigEndian(QByteArrayView bytes, qsizetype at, qsizetype count)
{
    qsizetype value = 0;
    for (qsizetype i = 0; i < count; ++i)
        value = value << 8 | byteOf(bytes, at + i);
    return value;
}

/// FF 00 was FF once.
QByteArray resynchronised(QByteArrayView bytes)
{
    QByteArray result;
    result.reserve(bytes.size());
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        result.append(bytes[i]);
        if (byteOf(bytes, i) == 0xFF && i + 1 < bytes.size() && bytes[i + 1] == '\0')
            ++i;
    }
    return result;
}

QByteArray fromUtf16(QByteArrayView text, bool isBigEndian)
{
    QString result;
    for (qsizetype i = 0; i + 1 < text.size(); i += 2) {
        const char16_t unit = isBigEndian ? qFromBigEndian<quint16>(text.data() + i)
                                          : qFromLittleEndian<quint16>(text.data() + i);
        if (unit == 0) // several values are parted by zeros; the first one counts
            break;
        result.append(QChar(unit));
    }
    return result.toUtf8();
}

/// In most scripts the upper bytes are much alike, and most often zero.
bool looksBigEndian(QByteArrayView text)
{
    qsizetype zerosFirst = 0;
    qsizetype zerosSecond = 0;
    for (qsizetype i = 0; i + 1 < text.size(); i += 2) {
        zerosFirst += text[i] == '\0' ? 1 : 0;
        zerosSecond += text[i + 1] == '\0' ? 1 : 0;
    }
    if (zerosFirst != zerosSecond)
        return zerosFirst > zerosSecond;
    qsizetype sameFirst = 0;
    qsizetype sameSecond = 0;
    for (qsizetype i = 2; i + 1 < text.size(); i += 2) {
        sameFirst += text[i] == text[i - 2] ? 1 : 0;
        sameSecond += text[i + 1] == text[i - 1] ? 1 : 0;
    }
    return sameFirst > sameSecond;
}

QByteArray decoded(QByteArrayView content)
{
    if (content.isEmpty())
        return {};
    const quint8 encoding = byteOf(content, 0);
    QByteArrayView text = content.sliced(1);
    if (encoding == 1 || encoding == 2) {
        const bool little = text.startsWith("\xFF\xFE");
        const bool big = text.startsWith("\xFE\xFF");
        if (little || big)
            return fromUtf16(text.sliced(2), big);
        return fromUtf16(text, encoding == 2 || looksBigEndian(text));
    }
    if (const qsizetype zero = text.indexOf('\0'); zero >= 0)
        text = text.first(zero);
    return encoding == 3 ? text.toByteArray() : QString::fromLatin1(text).toUtf8();
}

} // namespace

qint64 id3TagBytes(QByteArrayView start)
{
    if (start.size() < headerBytes || !start.startsWith("ID3") || byteOf(start, 3) < 2 ||
        byteOf(start, 3) > 4)
        return 0;
    return headerBytes + syncsafe(start, 6);
}

Id3Texts readId3Texts(QByteArrayView start)
{
    Id3Texts texts;
    const qint64 size = id3TagBytes(start);
    if (size == 0)
        return texts;
    const int version = byteOf(start, 3);
    const quint8 flags = byteOf(start, 5);
    const QByteArrayView body = start.first(qMin<qsizetype>(start.size(), size)).sliced(headerBytes);
    const QByteArray tag =
        version < 4 && (flags & unsynchronised) != 0 ? resynchronised(body) : body.toByteArray();
    const QByteArrayView all(tag);
    const qsizetype idBytes = version == 2 ? 3 : 4;
    const qsizetype frameHeader = version == 2 ? 6 : 10;
    qsizetype at = 0;
    if (version > 2 && (flags & hasExtendedHeader) != 0 && all.size() >= 4)
        at = version == 3 ? bigEndian(all, 0, 4) + 4 : syncsafe(all, 0);
    while (at >= 0 && at + frameHeader <= all.size() && all[at] != '\0') {
        const QByteArrayView id = all.sliced(at, idBytes);
        const qsizetype length =
            version == 4 ? syncsafe(all, at + 4) : bigEndian(all, at + idBytes, version == 2 ? 3 : 4);
        const quint8 frameFlags = version == 4 ? byteOf(all, at + 9) : 0;
        at += frameHeader;
        if (length > all.size() - at)
            break;
        QByteArrayView content = all.sliced(at, length);
        at += length;
        QByteArray *wanted = id == "TIT2" || id == "TT2"   ? &texts.title
                             : id == "TPE1" || id == "TP1" ? &texts.artist
                             : id == "TPE2" || id == "TP2" ? &texts.albumArtist
                             : id == "TALB" || id == "TAL" ? &texts.album
                                                           : nullptr;
        constexpr quint8 packed = 0x0C; // compressed or encrypted
        if (wanted == nullptr || !wanted->isEmpty() || (frameFlags & packed) != 0)
            continue;
        if ((frameFlags & 0x01) != 0) // its length stands before it once more
            content = content.sliced(qMin<qsizetype>(4, content.size()));
        const QByteArray plain = (frameFlags & 0x02) != 0 ? resynchronised(content) : content.toByteArray();
        *wanted = decoded(plain);
    }
    return texts;
}

} // namespace cycast
