// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

/// Numbers as people read them. Pure functions; words go through the translator (context "Humanize"),
/// numbers through the locale.
namespace cycast::humanize
{

/// The user's locale; English where the system names none ("C"), so that thousands are still grouped.
QLocale displayLocale();

/// "3:10", "1:02:03"; negative counts as 0.
QString clock(qint64 ms);
/// "00:03:10", for a running time that should not change its width.
QString longClock(qint64 ms);
/// "-3:09" with a real minus sign: what is left of a track. Empty when the length is unknown (0).
QString remaining(qint64 positionMs, qint64 durationMs);
/// Two units at most: "31 s", "5 min 31 s", "1 h 42 min", "3 d 4 h".
QString duration(qint64 ms);

/// 1 MB = 1024 x 1024 bytes, as in the setting buffer.size_mb: "512 B", "5.1 MB", "1.2 GB".
QString bytes(qint64 bytes, const QLocale &locale = displayLocale());
/// 1 kB = 1000 bytes, as bit rates are counted: "0 kB/s", "668 kB/s", "1.4 MB/s".
QString rate(double bytesPerSecond, const QLocale &locale = displayLocale());
/// "40,123,456"
QString number(qint64 value, const QLocale &locale = displayLocale());
/// "25.3 %"
QString percent(double value, const QLocale &locale = displayLocale());
/// "0.4 s", "18.2 s", from 100 s on as duration()
QString seconds(double value, const QLocale &locale = displayLocale());
/// "200 ms", from 1000 on "1.6 s"
QString milliseconds(double value, const QLocale &locale = displayLocale());

/// "1 track", "12 tracks"
QString tracks(int count);
/// "1 listener", "42 listeners"
QString listeners(int count);

} // namespace cycast::humanize
