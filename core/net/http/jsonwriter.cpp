// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/jsonwriter.h"
#include "core/base/escaping.h"

#include <charconv>
#include <cmath>

namespace cycast
{

void JsonWriter::startValue(QByteArrayView key)
{
    if (!m_bytes.empty() && m_bytes.back() != '{' && m_bytes.back() != '[')
        m_bytes += ',';
    if (key.isNull())
        return;
    m_bytes += '"';
    m_bytes.append(key.data(), static_cast<size_t>(key.size()));
    m_bytes += "\":";
}

void JsonWriter::begin(QByteArrayView key, char bracket)
{
    startValue(key);
    m_bytes += bracket;
}

void JsonWriter::end(char bracket)
{
    m_bytes += bracket;
}

void JsonWriter::text(QByteArrayView key, const QString &value)
{
    startValue(key);
    m_bytes += jsonString(value).toStdString();
}

void JsonWriter::boolean(QByteArrayView key, bool value)
{
    startValue(key);
    m_bytes += value ? "true" : "false";
}

void JsonWriter::appendInteger(qint64 value)
{
    char digits[24];
    const auto [last, error] = std::to_chars(std::begin(digits), std::end(digits), value);
    Q_UNUSED(error); // 24 characters hold every 64-bit number
    m_bytes.append(digits, last);
}

void JsonWriter::integer(QByteArrayView key, qint64 value)
{
    startValue(key);
    appendInteger(value);
}

void JsonWriter::null(QByteArrayView key)
{
    startValue(key);
    m_bytes += "null";
}

void JsonWriter::number(QByteArrayView key, double value, int decimals)
{
    startValue(key);
    static constexpr qint64 powers[] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000};
    const int places = std::clamp(decimals, 0, 6);
    const double scaled = value * static_cast<double>(powers[places]);
    if (!std::isfinite(scaled) || std::abs(scaled) > 9.0e15) {
        m_bytes += '0';
        return;
    }
    // Through integers: the locale has no say, and it is several times faster than formatting a double.
    const qint64 rounded = std::llround(scaled);
    const qint64 absolute = std::abs(rounded);
    if (rounded < 0)
        m_bytes += '-';
    appendInteger(absolute / powers[places]);
    qint64 fraction = absolute % powers[places];
    if (fraction == 0)
        return;
    m_bytes += '.';
    for (int place = places - 1; place >= 0 && fraction > 0; --place) {
        m_bytes += static_cast<char>('0' + fraction / powers[place]);
        fraction %= powers[place];
    }
}

} // namespace cycast
