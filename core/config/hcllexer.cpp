// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/hcllexer.h"

#include "core/base/characters.h"

#include <QStringDecoder>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qsizetype kLongestNumber = 400;

bool startsIdentifier(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<uchar>(c) >= 0x80;
}

bool continuesIdentifier(char c)
{
    return startsIdentifier(c) || isAsciiDigit(c) || c == '-' || c == '.';
}

bool decodeUtf8(QByteArrayView bytes, QString &out)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    out = decoder.decode(bytes);
    return !decoder.hasError();
}

tl::unexpected<HclError> wrong(qsizetype offset, const QString &sentence)
{
    return tl::unexpected<HclError>(HclError{offset, sentence});
}

/// Characters that look like a space or like nothing at all, and the quotation marks of word processors: they
/// come with text that was copied from a web page, and nobody sees what is wrong.
bool isInvisible(QChar c)
{
    return c.isSpace() || c.category() == QChar::Other_Format;
}

bool isTypographicQuote(QChar c)
{
    return c.category() == QChar::Punctuation_InitialQuote || c.category() == QChar::Punctuation_FinalQuote ||
           c == QChar(0x201E) || c == QChar(0x201A);
}

/// Outside of texts and comments; empty: it may be part of a name.
QString deceptionOf(QChar c)
{
    if (isTypographicQuote(c))
        return u"found %1: text stands in straight double quotes, as in \"text\""_s.arg(c);
    if (!isInvisible(c))
        return {};
    const QString name = c == QChar::Nbsp ? u"a no-break space"_s
                         : c.isSpace()    ? u"a space of another kind"_s
                                          : u"an invisible character"_s;
    return u"found %1 (U+%2), as it comes with text copied from a web page: replace it by an ordinary space"_s
        .arg(name, QString::number(c.unicode(), 16).toUpper().rightJustified(4, '0'_L1));
}

tl::unexpected<HclError> notUtf8(qsizetype offset)
{
    return wrong(offset, u"this text is not UTF-8: save the file in the encoding UTF-8"_s);
}

} // namespace

HclLexer::HclLexer(QByteArrayView text)
    : m_text(text)
{
    if (text.startsWith("\xEF\xBB\xBF"))
        m_at = 3;
}

tl::expected<HclToken, HclError> HclLexer::next()
{
    if (const auto skipped = skipBlanks(); !skipped)
        return Failure(skipped.error());
    HclToken token;
    token.startsLine = std::exchange(m_startsLine, false);
    token.begin = m_at;

    const auto punctuation = [&](HclToken::Kind kind) {
        token.kind = kind;
        token.end = ++m_at;
        return token;
    };
    if (m_at >= m_text.size()) {
        token.end = m_at;
        return token;
    }
    const char c = at(m_at);
    Step step;
    switch (c) {
    case '{':
        return punctuation(HclToken::Kind::OpenBrace);
    case '}':
        return punctuation(HclToken::Kind::CloseBrace);
    case '[':
        return punctuation(HclToken::Kind::OpenBracket);
    case ']':
        return punctuation(HclToken::Kind::CloseBracket);
    case '=':
        return punctuation(HclToken::Kind::Equals);
    case ':':
        return punctuation(HclToken::Kind::Colon);
    case ',':
        return punctuation(HclToken::Kind::Comma);
    case '"':
        step = lexString(token);
        break;
    case '<':
        step = lexHeredoc(token);
        break;
    case '\'':
        return wrong(m_at, u"found ': text stands in double quotes, as in \"text\""_s);
    default:
        if (isAsciiDigit(c) || c == '-' || c == '+' || c == '.')
            step = lexNumber(token);
        else if (startsIdentifier(c))
            step = lexIdentifier(token);
        else if (isControlByte(c))
            return wrong(m_at, u"found the control character U+%1: remove it"_s.arg(int(c), 4, 16, '0'_L1));
        else
            return wrong(m_at, u"found \"%1\": expected a key, a block or a value"_s.arg(QLatin1Char(c)));
    }
    if (!step)
        return Failure(step.error());
    token.end = m_at;
    return token;
}

HclLexer::Step HclLexer::skipBlanks()
{
    while (m_at < m_text.size()) {
        const char c = m_text[m_at];
        if (c == '\n' || c == '\r') {
            m_startsLine = true;
            ++m_at;
        } else if (c == ' ' || c == '\t') {
            ++m_at;
        } else if (c == '#' || (c == '/' && at(m_at + 1) == '/')) {
            m_at = lineEnd(m_at);
        } else if (c == '/' && at(m_at + 1) == '*') {
            const qsizetype close = m_text.indexOf("*/", m_at + 2);
            if (close < 0)
                return wrong(m_at, u"the comment that begins with /* is not closed: expected */"_s);
            if (const auto comment = m_text.sliced(m_at, close - m_at);
                comment.contains('\n') || comment.contains('\r'))
                m_startsLine = true;
            m_at = close + 2;
        } else {
            break;
        }
    }
    return {};
}

HclLexer::Step HclLexer::lexString(HclToken &token)
{
    token.kind = HclToken::Kind::String;
    QByteArray bytes;
    ++m_at;
    for (;;) {
        qsizetype stop = m_at;
        while (stop < m_text.size() && m_text[stop] != '"' && m_text[stop] != '\\' && m_text[stop] != '\n' &&
               m_text[stop] != '\r')
            ++stop;
        bytes.append(m_text.sliced(m_at, stop - m_at));
        m_at = stop;
        if (at(m_at) == '\\') {
            if (auto escaped = lexEscape(bytes); !escaped)
                return escaped;
        } else if (at(m_at) == '"') {
            break;
        } else {
            return wrong(token.begin, u"this text is not closed: expected a \" before the end of the line"_s);
        }
    }
    ++m_at;
    if (!decodeUtf8(bytes, token.text))
        return notUtf8(token.begin);
    return {};
}

HclLexer::Step HclLexer::lexEscape(QByteArray &out)
{
    const char c = at(m_at + 1);
    switch (c) {
    case '"':
        out += '"';
        break;
    case '\\':
        out += '\\';
        break;
    case 'n':
        out += '\n';
        break;
    case 't':
        out += '\t';
        break;
    case 'r':
        out += '\r';
        break;
    case 'u':
    case 'U': {
        const qsizetype digits = c == 'u' ? 4 : 8;
        const QByteArrayView hex =
            m_text.sliced(m_at + 2, std::min(digits, m_text.size() - std::min(m_at + 2, m_text.size())));
        bool isHex = hex.size() == digits;
        char32_t point = 0;
        for (const char digit : hex) {
            isHex = isHex && std::isxdigit(static_cast<uchar>(digit)) != 0;
            point = point * 16 + char32_t(isAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }
        if (!isHex || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
            return wrong(m_at,
                         u"\"\\%1\" needs %2 hexadecimal digits that name a character; for a backslash "
                         u"write \"\\\\\" (Cycast's own reader kept single backslashes)"_s.arg(QLatin1Char(c))
                             .arg(digits));
        }
        out += QString::fromUcs4(&point, 1).toUtf8();
        m_at += 2 + digits;
        return {};
    }
    default: {
        const bool printable = c > 0x20 && c < 0x7f;
        const QString shown = printable ? QString(QLatin1Char(c)) : QString();
        return wrong(
            m_at, u"\"\\%1\" is no escape: for a backslash write it twice, \"\\\\%1\" (Cycast's own reader "
                  u"kept single backslashes; here they begin an escape such as \\n)"_s.arg(shown));
    }
    }
    m_at += 2;
    return {};
}

HclLexer::Step HclLexer::lexHeredoc(HclToken &token)
{
    token.kind = HclToken::Kind::String;
    token.isHeredoc = true;
    qsizetype from = m_at + 2;
    const bool flush = at(from) == '-';
    from += flush ? 1 : 0;
    const qsizetype headEnd = lineEnd(m_at);
    const QByteArrayView marker = at(m_at + 1) == '<' && from <= headEnd
                                      ? m_text.sliced(from, headEnd - from).trimmed()
                                      : QByteArrayView();
    if (marker.isEmpty() || !startsIdentifier(marker.front()) ||
        !std::all_of(marker.begin(), marker.end(), continuesIdentifier)) {
        return wrong(
            m_at, u"found \"<\": a text over several lines begins with <<EOF alone at the end of its line"_s);
    }

    QList<QByteArrayView> lines;
    qsizetype indent = -1;
    for (qsizetype line = nextLine(headEnd); line <= m_text.size(); line = nextLine(lineEnd(line))) {
        const qsizetype end = lineEnd(line);
        const QByteArrayView content = m_text.sliced(line, end - line);
        const QByteArrayView bare = content.trimmed();
        if (bare == marker) {
            m_at = (bare.data() - m_text.data()) + bare.size();
            QByteArray bytes;
            for (const QByteArrayView each : std::as_const(lines)) {
                bytes.append(flush ? each.sliced(std::min(each.size(), std::max<qsizetype>(indent, 0)))
                                   : each);
                bytes += '\n';
            }
            bytes.chop(1);
            return decodeUtf8(bytes, token.text) ? Step() : Step(notUtf8(token.begin));
        }
        if (end >= m_text.size())
            break;
        lines.append(content);
        if (!bare.isEmpty()) {
            const qsizetype own = bare.data() - content.data();
            indent = indent < 0 ? own : std::min(indent, own);
        }
    }
    return wrong(token.begin, u"this text is not closed: expected a line with nothing but %1"_s.arg(
                                  QString::fromUtf8(marker)));
}

HclLexer::Step HclLexer::lexNumber(HclToken &token)
{
    token.kind = HclToken::Kind::Number;
    qsizetype i = m_at;
    const auto digits = [&] {
        const qsizetype from = i;
        while (isAsciiDigit(at(i)))
            ++i;
        return i > from;
    };
    const bool plus = at(i) == '+';
    if (plus || at(i) == '-')
        ++i;
    bool valid = digits();
    if (valid && at(i) == '.') {
        ++i;
        valid = digits();
    }
    if (valid && (at(i) == 'e' || at(i) == 'E')) {
        ++i;
        if (at(i) == '+' || at(i) == '-')
            ++i;
        valid = digits();
    }
    if (!valid)
        return wrong(m_at, u"expected a number such as 20, -1, 0.5 or 1e3"_s);
    if (continuesIdentifier(at(i))) {
        m_at = i;
        if (auto rest = lexIdentifier(token); !rest)
            return rest;
        return wrong(i, u"found \"%1\" right after a number: numbers stand without a unit here"_s.arg(
                            startsIdentifier(at(i)) && static_cast<uchar>(at(i)) < 0x80
                                ? QString(QLatin1Char(at(i)))
                                : u"..."_s));
    }
    const qsizetype from = m_at + (plus ? 1 : 0);
    bool ok = i - from <= kLongestNumber;
    token.number = ok ? m_text.sliced(from, i - from).toDouble(&ok) : 0.0;
    if (!ok || !qIsFinite(token.number))
        return wrong(m_at, u"this number is too large"_s);
    m_at = i;
    return {};
}

HclLexer::Step HclLexer::lexIdentifier(HclToken &token)
{
    token.kind = HclToken::Kind::Identifier;
    const qsizetype from = m_at;
    while (m_at < m_text.size() && continuesIdentifier(m_text[m_at]))
        ++m_at;
    if (!decodeUtf8(m_text.sliced(from, m_at - from), token.text))
        return notUtf8(from);
    const auto strange = std::find_if(token.text.cbegin(), token.text.cend(),
                                      [](QChar c) { return isInvisible(c) || isTypographicQuote(c); });
    if (strange != token.text.cend()) {
        const QStringView before = QStringView(token.text).left(strange - token.text.cbegin());
        return wrong(from + before.toUtf8().size(), deceptionOf(*strange));
    }
    return {};
}

qsizetype HclLexer::lineEnd(qsizetype offset) const
{
    while (offset < m_text.size() && m_text[offset] != '\n' && m_text[offset] != '\r')
        ++offset;
    return offset;
}

qsizetype HclLexer::nextLine(qsizetype end) const
{
    return at(end) == '\r' && at(end + 1) == '\n' ? end + 2 : end + 1;
}

HclPosition hclPosition(QByteArrayView text, qsizetype offset)
{
    offset = std::clamp<qsizetype>(offset, 0, text.size());
    HclPosition position;
    qsizetype lineStart = text.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    for (qsizetype i = lineStart; i < offset; ++i) {
        if (text[i] == '\n' || (text[i] == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'))) {
            ++position.line;
            lineStart = i + 1;
        }
    }
    for (qsizetype i = lineStart; i < offset; ++i) {
        if ((static_cast<uchar>(text[i]) & 0xC0) != 0x80)
            ++position.column;
    }
    return position;
}

QString hclLocated(const QString &fileName, QByteArrayView text, qsizetype offset, const QString &sentence)
{
    const HclPosition position = hclPosition(text, offset);
    return fileName + ':'_L1 + QString::number(position.line) + ':'_L1 + QString::number(position.column) +
           ": "_L1 + sentence;
}

} // namespace cycast
