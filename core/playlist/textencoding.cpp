// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/textencoding.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>

namespace cycast
{

namespace
{

/// Windows-1252, 0x80 to 0x9F; the rest is Latin-1.
constexpr std::array<char16_t, 32> windows1252{
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

bool isC1(QChar c)
{
    return c.unicode() >= 0x80 && c.unicode() <= 0x9F;
}

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

QString decodeWindows1252(QByteArrayView bytes)
{
    QString text = QString::fromLatin1(bytes);
    for (QChar &c : text) {
        if (isC1(c))
            c = QChar(windows1252.at(c.unicode() - 0x80U));
    }
    return text;
}

QString decodeText(QByteArrayView bytes)
{
    if (const auto marked = QStringConverter::encodingForData(bytes))
        return QStringDecoder(*marked)(bytes);
    return bytes.isValidUtf8() ? QString::fromUtf8(bytes) : decodeWindows1252(bytes);
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
        if (isC1(c))
            c = QChar(windows1252.at(c.unicode() - 0x80U));
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
