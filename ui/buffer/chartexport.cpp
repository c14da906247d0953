// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/buffer/chartexport.h"

#include "ui/buffer/chartflags.h"

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

/// An event's sentence may hold a title, which is a stranger's text.
QByteArray field(QString text)
{
    if (!text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
        text.prepend(u'\'');
    return '"' + text.replace(u'"', u"\"\""_s).toUtf8() + '"';
}

QByteArray timeText(const QDateTime &now, double seconds)
{
    const QDateTime time = now.addMSecs(qRound64(seconds * 1000.0));
    return time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODateWithMs).toLatin1();
}

} // namespace

QByteArray chartCsv(const BufferHistory &history, BufferHistory::Span span, qint64 nowMs,
                    const QDateTime &nowOnTheWall)
{
    using Curve = BufferHistory::Curve;
    QByteArray csv = "time,fill_percent,out_bytes_per_second,listeners,latency_ms,cpu_percent,event\r\n";
    std::array<QList<QPointF>, BufferHistory::curveCount> curves;
    for (int i = 0; i < BufferHistory::curveCount; ++i)
        curves.at(static_cast<size_t>(i)) = history.points(static_cast<Curve>(i), span, nowMs);
    for (const QPointF &point : curves.front()) {
        csv += timeText(nowOnTheWall, point.x());
        for (const QList<QPointF> &curve : curves)
            csv += ',' + QByteArray::number(BufferHistory::valueAt(curve, point.x()), 'f', 2);
        csv += ",\r\n";
    }
    for (const BufferHistory::Movement &part : history.movements(span, nowMs)) {
        csv += timeText(nowOnTheWall, static_cast<double>(part.fromMs - nowMs) / 1000.0) + ",,,,,," +
               field(movementText(part.joined, part.left)) + "\r\n";
    }
    for (const BufferHistory::Flag &flag : history.flags(span, nowMs))
        csv += timeText(nowOnTheWall, static_cast<double>(flag.atMs - nowMs) / 1000.0) + ",,,,,," +
               field(flag.text) + "\r\n";
    return csv;
}

} // namespace cycast
