// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/hclvalue.h"

#include <QByteArrayView>

#include <tl/expected.hpp>

namespace cycast
{

struct HclToken {
    enum class Kind : quint8 {
        End,
        Identifier,
        String,
        Number,
        OpenBrace,
        CloseBrace,
        OpenBracket,
        CloseBracket,
        Equals,
        Colon,
        Comma
    };
    Kind kind = Kind::End;
    bool startsLine = false; ///< a line break lies between this token and the one before
    bool isHeredoc = false;
    qsizetype begin = 0;
    qsizetype end = 0;
    QString text; ///< Identifier and String
    double number = 0.0;
};

/// Cuts text into tokens, one at a time; comments (#, //, /* */), a BOM and blanks are passed over. Linear in
/// time, no recursion. The text must outlive the lexer.
class HclLexer
{
public:
    explicit HclLexer(QByteArrayView text);

    /// After an error or End, do not call again.
    tl::expected<HclToken, HclError> next();

private:
    using Failure = tl::unexpected<HclError>;
    using Step = tl::expected<void, HclError>;

    Step skipBlanks();
    Step lexString(HclToken &token);
    Step lexEscape(QByteArray &out);
    Step lexHeredoc(HclToken &token);
    Step lexNumber(HclToken &token);
    Step lexIdentifier(HclToken &token);
    char at(qsizetype offset) const { return offset < m_text.size() ? m_text[offset] : '\0'; }
    /// End of the line that `offset` is in, without its line break.
    qsizetype lineEnd(qsizetype offset) const;
    /// The start of the line after one that ends at `end`.
    qsizetype nextLine(qsizetype end) const;

    QByteArrayView m_text;
    qsizetype m_at = 0;
    bool m_startsLine = true;
};

/// Line and column, from 1; columns count characters, not bytes. CR LF, LF and CR end a line.
struct HclPosition {
    int line = 1;
    int column = 1;
};
HclPosition hclPosition(QByteArrayView text, qsizetype offset);

/// "name:line:column: sentence".
QString hclLocated(const QString &fileName, QByteArrayView text, qsizetype offset, const QString &sentence);

} // namespace cycast
