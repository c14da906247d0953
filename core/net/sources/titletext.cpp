// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/titletext.h"

#include "core/base/characters.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qsizetype maxTitleLength = 400;

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
        unsigned char byte = 0x80;
        while (byte < 0xA0 && windows1252Character(byte) != unit)
            ++byte;
        if (unit == 0xFFFD || byte == 0xA0)
            return std::nullopt;
        bytes.append(static_cast<char>(byte));
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

QByteArray undoneDoubleEscaping(const QByteArray &bytes)
{
    const auto isHex = [&bytes](qsizetype at) {
        return at < bytes.size() && std::isxdigit(static_cast<unsigned char>(bytes[at])) != 0;
    };
    bool hasEscapes = false;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte <= ' ' || byte >= 0x7F)
            return bytes; // would have been escaped
        if (byte != '%')
            continue;
        if (!isHex(i + 1) || !isHex(i + 2))
            return bytes;
        hasEscapes = true;
    }
    if (!hasEscapes)
        return bytes;
    const QByteArray once = QByteArray(bytes).replace('+', ' ');
    // There are programs that do it three times.
    return undoneDoubleEscaping(QByteArray::fromPercentEncoding(once));
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
        if (isInvisibleCommand(c) || c.unicode() >= 0xFFFE)
            continue;
        result.append(isControlCharacter(c) ? QChar(u' ') : c);
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
