// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cycast::test
{

/// Values over time: mean, largest, and the slope of the line through them (least squares).
class Trend
{
public:
    Trend(const char *name, const char *unit)
        : m_name(name)
        , m_unit(unit)
    {
    }

    void add(double atSeconds, double value)
    {
        ++m_count;
        m_sumT += atSeconds;
        m_sumV += value;
        m_sumTT += atSeconds * atSeconds;
        m_sumTV += atSeconds * value;
        m_most = m_count == 1 ? value : qMax(m_most, value);
    }
    double perHour() const
    {
        const double spread = m_count * m_sumTT - m_sumT * m_sumT;
        return spread > 0.0 ? 3600.0 * (m_count * m_sumTV - m_sumT * m_sumV) / spread : 0.0;
    }
    QString summary() const
    {
        return QStringLiteral("%1: mean %2, most %3 %4, slope %5 an hour")
            .arg(QLatin1StringView(m_name))
            .arg(m_count > 0.0 ? m_sumV / m_count : 0.0, 0, 'f', 1)
            .arg(m_most, 0, 'f', 1)
            .arg(QLatin1StringView(m_unit))
            .arg(perHour(), 0, 'f', 2);
    }

private:
    const char *m_name;
    const char *m_unit;
    double m_count = 0.0;
    double m_sumT = 0.0;
    double m_sumV = 0.0;
    double m_sumTT = 0.0;
    double m_sumTV = 0.0;
    double m_most = 0.0;
};

} // namespace cycast::test
