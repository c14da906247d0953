// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/textencoding.h"

#include "core/base/characters.h"

#include <QStringDecoder>

#include <algorithm>

namespace cycast
{

namespace
{

/// The text when `decoder` takes every byte, else nothing (null).
QString decodedWhole(QStringDecoder decoder, QByteArrayView bytes)
{
    const QString text = decoder(bytes);
    return decoder.hasError() ? QString() : text;
}

/// "CafÃ©": every character fits a byte, and the bytes are UTF-8.
QString withoutDoubleEncoding(const QString &text)
{
    const bool fitsBytes =
        std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() <= 0xFF; });
    const bool hasHigh = std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() >= 0xC2; });
    if (!fitsBytes || !hasHigh)
        return text;
    const QByteArray bytes = text.toLatin1();
    return bytes.isValidUtf8() ? QString::fromUtf8(bytes) : text;
}

/// Latin-1 is meant as Windows-1252 wherever files come from Windows.
bool isWesternName(QByteArrayView name)
{
    const QByteArray lower = name.trimmed().toByteArray().toLower();
    return lower == "iso-8859-1" || lower == "latin1" || lower == "windows-1252" || lower == "cp1252";
}

} // namespace

QString decodeText(QByteArrayView bytes)
{
    if (const auto marked = QStringConverter::encodingForData(bytes))
        return QStringDecoder(*marked)(bytes);
    return bytes.isValidUtf8() ? QString::fromUtf8(bytes) : fromWindows1252(bytes);
}

QString decodeText(QByteArrayView bytes, QByteArrayView encodingName)
{
    const bool isUtf8 = QStringConverter::encodingForData(bytes) || bytes.isValidUtf8();
    QStringDecoder decoder(encodingName.trimmed().toByteArray().constData(), QStringDecoder::Flag::Stateless);
    if (!isUtf8 && decoder.isValid() && !isWesternName(encodingName)) {
        if (const QString text = decodedWhole(std::move(decoder), bytes); !text.isEmpty())
            return text;
    }
    return decodeText(bytes);
}

QString tidyText(QString text, qsizetype maxLength)
{
    if (text.size() > 64 * maxLength)
        text.truncate(64 * maxLength);
    text = withoutDoubleEncoding(text);
    for (QChar &c : text) {
        if (c.unicode() >= 0x80 && c.unicode() <= 0x9F)
            c = QChar(windows1252Character(static_cast<unsigned char>(c.unicode())));
        if (c.category() == QChar::Other_Control || c == QChar(0xFFFD) || c == QChar(0xFEFF))
            c = u' ';
    }
    text = text.simplified();
    if (text.size() > maxLength) {
        text.truncate(maxLength);
        if (text.back().isHighSurrogate())
            text.chop(1);
    }
    return text;
}

} // namespace cycast
