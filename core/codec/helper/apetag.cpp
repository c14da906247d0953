// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/apetag.h"

#include <QtEndian>

namespace cycast
{

namespace
{

constexpr qsizetype footerBytes = 32;
constexpr qsizetype id3v1Bytes = 128;
constexpr quint32 kindMask = 0x6; ///< 0: text
constexpr int maxItems = 1000;

quint32 numberAt(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint32>(bytes.sliced(at, 4).data());
}

} // namespace

std::optional<ApeFooter> findApeFooter(QByteArrayView tail, qint64 fileSize)
{
    for (const qsizetype behind : {qsizetype(0), id3v1Bytes}) {
        const qsizetype at = tail.size() - behind - footerBytes;
        if (at < 0 || !tail.sliced(at).startsWith("APETAGEX"))
            continue;
        const qint64 size = numberAt(tail, at + 12); // items and this footer
        const qint64 end = fileSize - behind;
        if (size > footerBytes && size <= end)
            return ApeFooter{end - size, size - footerBytes};
    }
    return std::nullopt;
}

QHash<QByteArray, QByteArray> parseApeItems(QByteArrayView items)
{
    QHash<QByteArray, QByteArray> texts;
    for (int i = 0; i < maxItems && items.size() > 8; ++i) {
        const qsizetype valueBytes = numberAt(items, 0);
        const quint32 flags = numberAt(items, 4);
        const qsizetype keyEnd = items.indexOf('\0', 8);
        if (keyEnd < 0 || valueBytes > items.size() - keyEnd - 1)
            break;
        if ((flags & kindMask) == 0) {
            // Several values are parted by zero bytes; the first one counts.
            QByteArrayView value = items.sliced(keyEnd + 1, valueBytes);
            if (const qsizetype zero = value.indexOf('\0'); zero >= 0)
                value = value.first(zero);
            texts.insert(items.sliced(8, keyEnd - 8).toByteArray().toLower(), value.toByteArray());
        }
        items = items.sliced(keyEnd + 1 + valueBytes);
    }
    return texts;
}

} // namespace cycast
