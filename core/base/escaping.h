// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace cycast
{

/// For text and for quoted attributes, in HTML and XML; what neither allows becomes U+FFFD.
QByteArray htmlEscaped(const QString &text);
/// RFC 8259 string with quotes; control characters and lone surrogates escaped, "</" made harmless.
QByteArray jsonString(const QString &text);
/// One line for a log: control characters as \xNN, cut at `maxLength` characters.
QString logEscaped(const QString &text, int maxLength = 200);

} // namespace cycast
