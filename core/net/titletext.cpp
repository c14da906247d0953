// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/titletext.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qsizetype maxTitleLength = 400;

// Windows-1252 differs from Latin-1 in 0x80 to 0x9F, where Latin-1 has control characters that no title
// contains.
constexpr std::array<char16_t, 32> windows1252High = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

QString fromWindows1252(QByteArrayView bytes)
{
    QString text = QString::fromLatin1(bytes);
    for (QChar &c : text) {
        if (c.unicode() >= 0x80 && c.unicode() < 0xA0)
            c = QChar(windows1252High[c.unicode() - 0x80]);
    }
    return text;
}

/// The bytes that fromWindows1252, or Latin-1, would make this text of; nothing when neither could.
std::optional<QByteArray> toSingleBytes(const QString &text)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        if (unit <= 0xFF) {
            bytes.append(static_cast<char>(unit));
            continue;
        }
        const auto high = std::find(windows1252High.begin(), windows1252High.end(), unit);
        if (unit == 0xFFFD || high == windows1252High.end())
            return std::nullopt;
        bytes.append(static_cast<char>(0x80 + (high - windows1252High.begin())));
    }
    return bytes;
}

std::optional<QString> strictUtf8(QByteArrayView bytes)
{
    QStringDecoder utf8(QStringDecoder::Utf8);
    QString text = utf8.decode(bytes);
    if (utf8.hasError())
        return std::nullopt;
    // The end may be the beginning of a character: of UTF-8 that some program cut off at so many bytes, or
    // of none, as in the Latin-1 "Caf\xE9".
    const QString rest = utf8.decode(QByteArrayView("."));
    const bool isCut = utf8.hasError() || rest != u"."_s;
    const auto isHigh = [](QChar c) { return c.unicode() >= 0x80; };
    if (isCut && std::none_of(text.begin(), text.end(), isHigh))
        return std::nullopt;
    return text;
}

bool isInvisibleCommand(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F ||
           c == 0x061C || c == 0xFEFF || c >= 0xFFFE;
}

/// The character that the reference between '&' and ';' stands for; 0: it is none that a title may have.
char32_t entity(QStringView name)
{
    struct Named {
        QStringView name;
        char32_t character;
    };
    static constexpr std::array<Named, 6> named{
        {{u"amp", U'&'}, {u"lt", U'<'}, {u"gt", U'>'}, {u"quot", U'"'}, {u"apos", U'\''}, {u"nbsp", U' '}}};
    for (const Named &each : named) {
        if (each.name == name)
            return each.character;
    }
    if (!name.startsWith(u'#'))
        return 0;
    const bool isHex = name.size() > 1 && (name[1] == u'x' || name[1] == u'X');
    const QStringView digits = name.sliced(isHex ? 2 : 1);
    const auto isDigit = [isHex](QChar c) {
        const char16_t unit = c.unicode();
        return (unit >= u'0' && unit <= u'9') ||
               (isHex && ((unit >= u'a' && unit <= u'f') || (unit >= u'A' && unit <= u'F')));
    };
    if (digits.isEmpty() || digits.size() > 7 || !std::all_of(digits.begin(), digits.end(), isDigit))
        return 0;
    const uint code = digits.toUInt(nullptr, isHex ? 16 : 10);
    const bool isCharacter = code >= 0x20 && code <= 0x10FFFF && !QChar::isSurrogate(code);
    return isCharacter ? code : 0;
}

} // namespace

QString decodedTitle(QByteArrayView bytes, QByteArrayView charset)
{
    if (const auto text = strictUtf8(bytes))
        return *text;
    const QByteArray name = charset.toByteArray();
    if (!name.isEmpty() && name.size() < 40) {
        QStringDecoder named(name.constData());
        if (named.isValid() && named.name() != QByteArrayView("UTF-8") &&
            named.name() != QByteArrayView("ISO-8859-1"))
            return named.decode(bytes);
    }
    return fromWindows1252(bytes);
}

QString undoneDoubleEncoding(const QString &text)
{
    const auto isHigh = [](QChar c) { return c.unicode() >= 0x80; };
    QString result = text;
    for (int layer = 0; layer < 2 && std::any_of(result.begin(), result.end(), isHigh); ++layer) {
        const auto bytes = toSingleBytes(result);
        const auto inner = bytes ? strictUtf8(*bytes) : std::nullopt;
        if (!inner)
            break;
        result = *inner;
    }
    return result;
}

QString decodedEntities(const QString &text)
{
    constexpr qsizetype longest = 9; // "#x10FFFF" and the semicolon
    QString result;
    qsizetype from = 0;
    for (qsizetype at = text.indexOf(u'&'); at >= 0; at = text.indexOf(u'&', at + 1)) {
        const qsizetype end = text.indexOf(u';', at);
        if (end < 0)
            break;
        if (end - at > longest)
            continue;
        const char32_t character = entity(QStringView(text).sliced(at + 1, end - at - 1));
        if (character == 0)
            continue;
        result += QStringView(text).sliced(from, at - from);
        result += QString::fromUcs4(&character, 1);
        from = end + 1;
        at = end;
    }
    return result + QStringView(text).sliced(from).toString();
}

QString cleanTitle(const QString &text)
{
    QString result;
    result.reserve(qMin(text.size(), maxTitleLength));
    for (const QChar c : text) {
        if (isInvisibleCommand(c.unicode()))
            continue;
        result.append(c.category() == QChar::Other_Control ? QChar(u' ') : c);
    }
    result = result.simplified();
    if (result.size() > maxTitleLength) {
        result.truncate(maxTitleLength);
        if (result.back().isHighSurrogate())
            result.chop(1);
    }
    return result;
}

QString repairedTitle(QByteArrayView bytes, QByteArrayView charset)
{
    return cleanTitle(decodedEntities(undoneDoubleEncoding(decodedTitle(bytes, charset))));
}

} // namespace cycast
