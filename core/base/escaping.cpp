// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/escaping.h"

#include "core/base/characters.h"

namespace cycast
{

namespace
{

/// Half of a pair that lacks its other half: cannot be written as UTF-8.
bool isLoneSurrogate(const QString &text, qsizetype i)
{
    const QChar c = text.at(i);
    if (c.isHighSurrogate())
        return i + 1 >= text.size() || !text.at(i + 1).isLowSurrogate();
    if (c.isLowSurrogate())
        return i == 0 || !text.at(i - 1).isHighSurrogate();
    return false;
}

/// Invisible, and able to harm the line that it stands in.
bool isLineCommand(QChar c)
{
    return isInvisibleCommand(c) || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

QString hexEscape(QLatin1StringView prefix, char16_t unit, int digits)
{
    return prefix + QString::number(unit, 16).rightJustified(digits, QLatin1Char('0'));
}

} // namespace

QByteArray htmlEscaped(const QString &text)
{
    QString result;
    result.reserve(text.size() + text.size() / 8);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text.at(i).unicode();
        switch (unit) {
        case u'&':
            result += QLatin1StringView("&amp;");
            break;
        case u'<':
            result += QLatin1StringView("&lt;");
            break;
        case u'>':
            result += QLatin1StringView("&gt;");
            break;
        case u'"':
            result += QLatin1StringView("&quot;");
            break;
        case u'\'':
            result += QLatin1StringView("&#39;");
            break;
        case u'\t':
        case u'\n':
        case u'\r':
            result += QChar(unit);
            break;
        default:
            // Not allowed in HTML or XML, however they are written.
            if (isControlCharacter(unit) || unit >= 0xfffe || isLoneSurrogate(text, i))
                result += QChar(QChar::ReplacementCharacter);
            else
                result += QChar(unit);
        }
    }
    return result.toUtf8();
}

QByteArray jsonString(const QString &text)
{
    QString result;
    result.reserve(text.size() + 8);
    result += QLatin1Char('"');
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text.at(i).unicode();
        if (unit == u'"' || unit == u'\\') {
            result += QLatin1Char('\\');
            result += QChar(unit);
        } else if (unit == u'\n') {
            result += QLatin1StringView("\\n");
        } else if (unit == u'\t') {
            result += QLatin1StringView("\\t");
        } else if (unit == u'\r') {
            result += QLatin1StringView("\\r");
        } else if (unit == u'<' || isControlCharacter(unit) || isLineCommand(unit) ||
                   isLoneSurrogate(text, i)) {
            // '<' too: neither "</script" nor "<!--" can arise where JSON stands in a page.
            result += hexEscape(QLatin1StringView("\\u"), unit, 4);
        } else {
            result += QChar(unit);
        }
    }
    result += QLatin1Char('"');
    return result.toUtf8();
}

QString logEscaped(const QString &text, int maxLength)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text.at(i).unicode();
        QString piece;
        if (isControlCharacter(unit)) {
            piece = hexEscape(QLatin1StringView("\\x"), unit, 2);
        } else if (isLineCommand(unit) || isLoneSurrogate(text, i)) {
            piece = hexEscape(QLatin1StringView("\\u"), unit, 4);
        } else {
            piece = QChar(unit);
            if (QChar::isHighSurrogate(unit))
                piece += text.at(++i);
        }
        const bool isLast = i + 1 == text.size();
        // The ellipsis needs a place of its own unless this piece ends the text.
        if (result.size() + piece.size() + (isLast ? 0 : 1) > maxLength) {
            if (result.size() < maxLength)
                result += QChar(u'\u2026');
            return result;
        }
        result += piece;
    }
    return result;
}

} // namespace cycast
