// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/textencoding.h"

#include "core/base/characters.h"
#include "core/base/filename.h"

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
        if (QString text = decodedWhole(std::move(decoder), bytes); !text.isEmpty())
            return text;
    }
    return decodeText(bytes);
}

void forEachTextLine(QByteArrayView bytes, QByteArrayView encodingName,
                     const std::function<void(qsizetype, QStringView, const QString &)> &handle)
{
    const bool isUnicode = QStringConverter::encodingForData(bytes) || bytes.isValidUtf8();
    const QString whole = isUnicode ? decodeText(bytes) : QString();
    qsizetype number = 1;
    // Ends of lines are the same bytes in every encoding that lists are written in.
    const auto isOne = [](auto c, char wanted) {
        if constexpr (std::is_same_v<decltype(c), QChar>)
            return c == QLatin1Char(wanted);
        else
            return c == wanted;
    };
    const auto cut = [&](auto all, auto give) {
        qsizetype start = 0;
        for (qsizetype i = 0; i <= all.size(); ++i) {
            const bool atEnd = i == all.size();
            if (!atEnd && !isOne(all[i], '\n') && !isOne(all[i], '\r'))
                continue;
            if (!atEnd || start < i)
                give(all.sliced(start, i - start));
            if (!atEnd && isOne(all[i], '\r') && i + 1 < all.size() && isOne(all[i + 1], '\n'))
                ++i;
            start = i + 1;
            ++number;
        }
    };
    if (isUnicode) {
        cut(QStringView(whole), [&](QStringView line) { handle(number, line, {}); });
        return;
    }
    cut(bytes, [&](QByteArrayView line) {
        const QString text = decodeText(line, encodingName);
        handle(number, text, line.isValidUtf8() ? QString() : pathFromBytes(line));
    });
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
