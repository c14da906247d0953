// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QVariant>

namespace cycast
{

/// `text` in quotes, with what needs it escaped.
QByteArray hclQuoted(const QString &text);

/// A bool, int, double, QString or QStringList as the file has it; a double always shows that it is one.
QByteArray hclLiteral(const QVariant &value);

} // namespace cycast
