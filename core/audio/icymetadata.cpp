// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/icymetadata.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr QByteArrayView titleStart = "StreamTitle='";
constexpr QByteArrayView urlStart = "StreamUrl='";
constexpr QByteArrayView fieldEnd = "';";
constexpr qsizetype unitBytes = 16;

/// Text that cannot be mistaken for the end of its own field.
QByteArray fieldText(const QString &text)
{
    QString clean;
    clean.reserve(text.size());
    for (const QChar c : text) {
        if (c.category() != QChar::Other_Control)
            clean.append(c);
    }
    clean.replace(u"';"_s, u"\u2019;"_s);
    // With the quote that opens the field a leading semicolon would look like an end as well.
    if (clean.startsWith(u';'))
        clean.prepend(u' ');
    return clean.toUtf8();
}

/// At most `limit` bytes, never a part of a character.
void cutUtf8(QByteArray &text, qsizetype limit)
{
    if (text.size() <= limit)
        return;
    while (limit > 0 && (static_cast<quint8>(text[limit]) & 0xC0) == 0x80)
        --limit;
    text.truncate(limit);
}

} // namespace

QByteArray icyBlock(const QString &streamTitle, const QString &streamUrl)
{
    QByteArray title = fieldText(streamTitle);
    cutUtf8(title, maxIcyTextBytes - titleStart.size() - fieldEnd.size());
    const QByteArray url = fieldText(streamUrl);

    QByteArray block(1, '\0');
    block.append(titleStart).append(title).append(fieldEnd);
    const qsizetype withUrl = block.size() - 1 + urlStart.size() + url.size() + fieldEnd.size();
    if (!url.isEmpty() && withUrl <= maxIcyTextBytes)
        block.append(urlStart).append(url).append(fieldEnd);

    const qsizetype units = (block.size() - 1 + unitBytes - 1) / unitBytes;
    block.append(1 + units * unitBytes - block.size(), '\0');
    block[0] = static_cast<char>(units);
    return block;
}

QByteArray emptyIcyBlock()
{
    return QByteArray(1, '\0');
}

QString streamTitleOf(const QString &artist, const QString &title)
{
    if (artist.isEmpty() || title.isEmpty())
        return artist.isEmpty() ? title : artist;
    return artist + u" - "_s + title;
}

} // namespace cycast
