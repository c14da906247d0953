// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/hclliteral.h"

#include "core/base/characters.h"

#include <QLocale>
#include <QStringList>

#include <cmath>

namespace cycast
{

namespace
{

QByteArray decimal(double value)
{
    const char format = value == 0.0 || std::abs(value) >= 1e-6 ? 'f' : 'e';
    QByteArray digits = QByteArray::number(value, format, QLocale::FloatingPointShortest);
    if (format == 'f' && !digits.contains('.'))
        digits += ".0";
    return digits;
}

} // namespace

QByteArray hclQuoted(const QString &text)
{
    QByteArray out = "\"";
    for (const char c : text.toUtf8()) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (isControlByte(c))
                out += "\\u" + QByteArray::number(int(c), 16).rightJustified(4, '0');
            else
                out += c;
        }
    }
    return out + '"';
}

QByteArray hclLiteral(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Bool:
        return value.toBool() ? "true" : "false";
    case QMetaType::Int:
        return QByteArray::number(value.toInt());
    case QMetaType::Double:
        return decimal(value.toDouble());
    case QMetaType::QStringList: {
        QByteArrayList parts;
        for (const QString &each : value.toStringList())
            parts += hclQuoted(each);
        return '[' + parts.join(", ") + ']';
    }
    default:
        return hclQuoted(value.toString());
    }
}

} // namespace cycast
