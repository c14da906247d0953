// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/humanize.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast::humanize
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("Humanize", text);
}

QString twoDigits(qint64 value)
{
    return u"%1"_s.arg(value, 2, 10, QLatin1Char('0'));
}

/// One decimal below 100, none above: "5.1", "58", "668" all say enough.
QString shortNumber(double value, const QLocale &locale)
{
    const bool isWhole = std::abs(value - std::round(value)) < 0.05;
    return locale.toString(value, 'f', value >= 99.95 || isWhole ? 0 : 1);
}

} // namespace

QLocale displayLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : locale;
}

QString clock(qint64 ms)
{
    const qint64 total = std::max<qint64>(0, ms) / 1000;
    const qint64 hours = total / 3600;
    const qint64 minutes = total / 60 % 60;
    if (hours > 0)
        return u"%1:%2:%3"_s.arg(hours).arg(twoDigits(minutes), twoDigits(total % 60));
    return u"%1:%2"_s.arg(minutes).arg(twoDigits(total % 60));
}

QString longClock(qint64 ms)
{
    const qint64 total = std::max<qint64>(0, ms) / 1000;
    return u"%1:%2:%3"_s.arg(twoDigits(total / 3600), twoDigits(total / 60 % 60), twoDigits(total % 60));
}

QString remaining(qint64 positionMs, qint64 durationMs)
{
    if (durationMs <= 0)
        return {};
    return u"\u2212"_s + clock(durationMs - positionMs);
}

QString duration(qint64 ms)
{
    const qint64 total = std::max<qint64>(0, ms) / 1000;
    if (total < 60)
        return tr("%1 s").arg(total);
    if (total < 3600)
        return tr("%1 min %2 s").arg(total / 60).arg(total % 60);
    if (total < 86400)
        return tr("%1 h %2 min").arg(total / 3600).arg(total / 60 % 60);
    return tr("%1 d %2 h").arg(total / 86400).arg(total / 3600 % 24);
}

QString bytes(qint64 bytes, const QLocale &locale)
{
    const double value = static_cast<double>(std::max<qint64>(0, bytes));
    constexpr double kilo = 1024.0;
    if (value < kilo)
        return tr("%1 B").arg(locale.toString(bytes));
    if (value < kilo * kilo)
        return tr("%1 kB").arg(shortNumber(value / kilo, locale));
    if (value < kilo * kilo * kilo)
        return tr("%1 MB").arg(shortNumber(value / (kilo * kilo), locale));
    return tr("%1 GB").arg(shortNumber(value / (kilo * kilo * kilo), locale));
}

QString rate(double bytesPerSecond, const QLocale &locale)
{
    const double value = std::isfinite(bytesPerSecond) ? std::max(0.0, bytesPerSecond) : 0.0;
    if (value < 999'500.0)
        return tr("%1 kB/s").arg(shortNumber(value / 1000.0, locale));
    return tr("%1 MB/s").arg(shortNumber(value / 1'000'000.0, locale));
}

QString number(qint64 value, const QLocale &locale)
{
    return locale.toString(value);
}

QString percent(double value, const QLocale &locale)
{
    return tr("%1 %").arg(locale.toString(std::isfinite(value) ? value : 0.0, 'f', 1));
}

QString seconds(double value, const QLocale &locale)
{
    const double shown = std::isfinite(value) ? std::max(0.0, value) : 0.0;
    if (shown >= 99.95)
        return duration(static_cast<qint64>(shown * 1000.0));
    return tr("%1 s").arg(locale.toString(shown, 'f', 1));
}

QString milliseconds(double value, const QLocale &locale)
{
    const double shown = std::isfinite(value) ? std::max(0.0, value) : 0.0;
    if (shown >= 999.5)
        return seconds(shown / 1000.0, locale);
    return tr("%1 ms").arg(locale.toString(shown, 'f', 0));
}

QString tracks(int count)
{
    return count == 1 ? tr("1 track") : tr("%1 tracks").arg(number(count));
}

QString listeners(int count)
{
    return count == 1 ? tr("1 listener") : tr("%1 listeners").arg(number(count));
}

} // namespace cycast::humanize
