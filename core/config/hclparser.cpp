// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/hclparser.h"

#include "core/config/hcllexer.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

using Kind = HclToken::Kind;

QString shown(const HclToken &token)
{
    switch (token.kind) {
    case Kind::End:
        return u"the end of the file"_s;
    case Kind::Identifier:
        return '"'_L1 + token.text.left(40) + '"'_L1;
    case Kind::String:
        return u"a text in quotes"_s;
    case Kind::Number:
        return u"a number"_s;
    case Kind::OpenBrace:
        return u"\"{\""_s;
    case Kind::CloseBrace:
        return u"\"}\""_s;
    case Kind::OpenBracket:
        return u"\"[\""_s;
    case Kind::CloseBracket:
        return u"\"]\""_s;
    case Kind::Equals:
        return u"\"=\""_s;
    case Kind::Colon:
        return u"\":\""_s;
    case Kind::Comma:
        return u"a comma"_s;
    }
    return {};
}

/// Recursive descent with a depth limit. Every parse function returns false after setting m_error.
class Parser
{
public:
    explicit Parser(const QByteArray &text)
        : m_lexer(text)
    {
    }

    bool parseFile(HclValue &root)
    {
        root.kind = HclValue::Kind::Object;
        if (!advance() || !parseItems(root, Kind::End, 0, false, 0))
            return false;
        root.end = m_token.end;
        return true;
    }

    const HclError &error() const { return m_error; }

private:
    bool advance()
    {
        m_previousEnd = m_token.end;
        auto token = m_lexer.next();
        if (!token)
            return fail(token.error().offset, token.error().sentence);
        m_token = std::move(*token);
        return true;
    }

    bool fail(qsizetype offset, const QString &sentence)
    {
        m_error = {offset, sentence};
        return false;
    }

    bool failHere(const QString &expected)
    {
        return fail(m_token.begin, u"found %1: expected %2"_s.arg(shown(m_token), expected));
    }

    bool tooDeep(int depth)
    {
        return depth > kHclDeepest &&
               !fail(m_token.begin,
                     u"blocks and lists are nested deeper than %1 levels: expected fewer"_s.arg(kHclDeepest));
    }

    /// Where the file ends too soon it is the bracket that was opened which somebody has to look at.
    bool failUnclosed(qsizetype opened, const QString &opening, const QString &expected)
    {
        return fail(opened, u"this \"%1\" is never closed: the file ends inside it; expected %2"_s.arg(
                                opening, expected));
    }

    /// Items up to `closing`, which stays the current token. `opened`: where the braces around them begin.
    bool parseItems(HclValue &parent, Kind closing, int depth, bool isObject, qsizetype opened)
    {
        bool parted = true; // by a comma or a line break, or nothing stands before
        while (m_token.kind != closing) {
            if (m_token.kind == Kind::CloseBrace)
                return fail(m_token.begin,
                            u"found \"}\" although no block is open: expected a key or a block"_s);
            if (m_token.kind == Kind::End)
                return failUnclosed(opened, u"{"_s, u"\"}\""_s);
            if ((m_token.kind != Kind::Identifier && m_token.kind != Kind::String) || m_token.isHeredoc)
                return failHere(parted || m_token.startsLine ? u"a key or a block"_s
                                                             : u"a new line or a comma after the value"_s);
            HclItem &item = parent.items.emplace_back();
            if (!parseItem(item, depth, isObject, parted || m_token.startsLine))
                return false;
            parted = m_token.kind == Kind::Comma && closing == Kind::CloseBrace;
            if (parted && !advance())
                return false;
        }
        return true;
    }

    bool parseItem(HclItem &item, int depth, bool isObject, bool parted)
    {
        item.name = m_token.text;
        item.begin = m_token.begin;
        if (!advance())
            return false;
        if (m_token.kind == Kind::Equals || (isObject && m_token.kind == Kind::Colon))
            return advance() && parseValue(item.value, depth + 1, item.name);
        if (m_token.kind == Kind::Colon)
            return fail(m_token.begin,
                        u"found \":\": expected \"=\", as in %1 = value"_s.arg(item.name.left(40)));
        while ((m_token.kind == Kind::String || m_token.kind == Kind::Identifier) && !m_token.startsLine &&
               !m_token.isHeredoc) {
            item.labels += m_token.text;
            if (!advance())
                return false;
        }
        if (m_token.kind != Kind::OpenBrace) {
            if (!parted) {
                return fail(item.begin,
                            u"found \"%1\": expected a new line or a comma after the value; numbers stand "
                            u"without a unit"_s.arg(item.name.left(40)));
            }
            return failHere(u"\"=\" or \"{\" after \"%1\""_s.arg(item.name.left(40)));
        }
        item.isBlock = true;
        return parseBraces(item.value, depth + 1, false);
    }

    bool parseBraces(HclValue &value, int depth, bool isObject)
    {
        if (tooDeep(depth))
            return false;
        value.kind = HclValue::Kind::Object;
        value.begin = m_token.begin;
        if (!advance() || !parseItems(value, Kind::CloseBrace, depth, isObject, value.begin))
            return false;
        value.end = m_token.end;
        return advance();
    }

    bool parseList(HclValue &value, int depth)
    {
        if (tooDeep(depth))
            return false;
        value.kind = HclValue::Kind::List;
        value.begin = m_token.begin;
        if (!advance())
            return false;
        while (m_token.kind != Kind::CloseBracket) {
            if (m_token.kind == Kind::End)
                return failUnclosed(value.begin, u"["_s, u"a comma or \"]\""_s);
            if (!parseValue(value.elements.emplace_back(), depth + 1, u"the list"_s))
                return false;
            if (m_token.kind == Kind::Comma) {
                if (!advance())
                    return false;
            } else if (m_token.kind != Kind::CloseBracket && m_token.kind != Kind::End) {
                return failHere(u"a comma or \"]\""_s);
            }
        }
        value.end = m_token.end;
        return advance();
    }

    bool parseValue(HclValue &value, int depth, const QString &owner)
    {
        value.begin = m_token.begin;
        value.end = m_token.end;
        switch (m_token.kind) {
        case Kind::String:
            value.kind = HclValue::Kind::String;
            value.text = m_token.text;
            value.isHeredoc = m_token.isHeredoc;
            return advance();
        case Kind::Number:
            value.kind = HclValue::Kind::Number;
            value.number = m_token.number;
            return advance();
        case Kind::OpenBracket:
            return parseList(value, depth);
        case Kind::OpenBrace:
            return parseBraces(value, depth, true);
        case Kind::Identifier:
            if (m_token.text == "true"_L1 || m_token.text == "false"_L1) {
                value.kind = HclValue::Kind::Bool;
                value.truth = m_token.text == "true"_L1;
                return advance();
            }
            if (m_token.text == "null"_L1)
                return advance();
            if (!m_token.startsLine)
                return failWord();
            break;
        default:
            break;
        }
        if (m_token.startsLine || m_token.kind == Kind::End)
            return fail(m_previousEnd, u"expected a value for %1 here"_s.arg(owner.left(40)));
        return failHere(u"a value for %1"_s.arg(owner.left(40)));
    }

    bool failWord()
    {
        static const QStringList switches = {u"yes"_s, u"no"_s, u"on"_s, u"off"_s, u"true"_s, u"false"_s};
        if (switches.contains(m_token.text.toLower()))
            return failHere(u"true or false, in small letters"_s);
        return failHere(u"a value; text stands in quotes, as in \"%1\""_s.arg(m_token.text.left(40)));
    }

    HclLexer m_lexer;
    HclToken m_token;
    qsizetype m_previousEnd = 0;
    HclError m_error;
};

} // namespace

tl::expected<HclValue, HclError> parseHcl(const QByteArray &text)
{
    if (text.startsWith("\xFF\xFE") || text.startsWith("\xFE\xFF"))
        return tl::unexpected<HclError>(HclError{0, u"this file is UTF-16: save it in the encoding UTF-8"_s});
    Parser parser(text);
    HclValue root;
    if (!parser.parseFile(root))
        return tl::unexpected<HclError>(parser.error());
    return root;
}

} // namespace cycast
