// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on the curves of BufferChart: events as flags, joins and leaves as triangles.
#include "ui/buffer/bufferchart.h"
#include "ui/look/humanize.h"
#include "ui/look/theme.h"

#include <QChart>
#include <QCoreApplication>
#include <QLineSeries>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace cycast
{

namespace
{
constexpr double flagReachPixels = 12.0;
constexpr double movementWidth = 8.0;
constexpr double movementHeight = 7.0;
} // namespace

QString movementText(int joined, int left)
{
    const auto say = [](const char *text, int count) {
        return QCoreApplication::translate("BufferChart", text).arg(humanize::number(count));
    };
    const QString came = say(QT_TRANSLATE_NOOP("BufferChart", "%1 joined"), joined);
    const QString went = say(QT_TRANSLATE_NOOP("BufferChart", "%1 left"), left);
    return joined <= 0 ? went : left <= 0 ? came : came + QStringLiteral(", ") + went;
}

void BufferChart::placeFlags(const BufferHistory &history, qint64 nowMs, const QList<QPointF> &curve)
{
    m_flags.clear();
    for (const BufferHistory::Flag &flag : history.flags(m_span, nowMs)) {
        const double x = static_cast<double>(flag.atMs - nowMs) / 1000.0 / xUnitSeconds();
        m_flags.append({{x, BufferHistory::valueAt(curve, x)}, flag});
    }
}

void BufferChart::placeMovements(const BufferHistory &history, qint64 nowMs)
{
    m_movements.clear();
    const double unitMs = 1000.0 * xUnitSeconds();
    for (const BufferHistory::Movement &part : history.movements(m_span, nowMs)) {
        const auto ago = [&](qint64 atMs) { return humanize::duration(std::max<qint64>(0, nowMs - atMs)); };
        // The part that begins the span may reach out of it at the left, the newest one ends now.
        const qint64 from = std::max(part.fromMs, nowMs - BufferHistory::spanMs(m_span));
        const qint64 to = std::min(part.toMs, nowMs);
        m_movements.append({static_cast<double>((from + to) / 2 - nowMs) / unitMs, part.joined, part.left,
                            movementText(part.joined, part.left) + QLatin1Char(' ') +
                                tr("(%1 to %2 ago)").arg(ago(from), ago(to))});
    }
}

QAbstractSeries *BufferChart::flaggedSeries() const
{
    return m_view == View::Fill ? m_fill : m_view == View::Load ? m_latency : m_rate;
}

QPointF BufferChart::positionOf(const PlacedFlag &flag) const
{
    return chart()->mapToScene(chart()->mapToPosition(flag.value, flaggedSeries()));
}

double BufferChart::sceneX(double x) const
{
    return chart()->mapToScene(chart()->mapToPosition({x, 0.0}, flaggedSeries())).x();
}

void BufferChart::drawMovements(QPainter &painter, const QRectF &plot) const
{
    painter.setPen(Qt::NoPen);
    const qreal foot = plot.bottom() - 1.0;
    for (const PlacedMovement &movement : m_movements) {
        const qreal x = sceneX(movement.x);
        if (x < plot.left() || x > plot.right())
            continue;
        // Beside one another, told apart by their direction as well as by their colour.
        const qreal middle = movement.joined > 0 && movement.left > 0 ? movementWidth / 2.0 + 0.5 : 0.0;
        if (movement.joined > 0) {
            painter.setBrush(theme::accent());
            painter.drawPolygon(QPolygonF{{x - middle - movementWidth / 2.0, foot},
                                          {x - middle + movementWidth / 2.0, foot},
                                          {x - middle, foot - movementHeight}});
        }
        if (movement.left > 0) {
            painter.setBrush(theme::warning());
            painter.drawPolygon(QPolygonF{{x + middle - movementWidth / 2.0, foot - movementHeight},
                                          {x + middle + movementWidth / 2.0, foot - movementHeight},
                                          {x + middle, foot}});
        }
    }
}

QString BufferChart::flagTextAt(const QPoint &position) const
{
    const QPointF scene = mapToScene(position);
    QStringList texts;
    for (const PlacedFlag &flag : m_flags) {
        const QPointF foot = positionOf(flag);
        if (std::abs(scene.x() - foot.x()) <= flagReachPixels && scene.y() <= foot.y() + flagReachPixels)
            texts.append(flag.flag.text);
    }
    const QRectF plot = chart()->mapRectToScene(chart()->plotArea());
    if (scene.y() > plot.bottom() - 2.0 * movementHeight && scene.y() < plot.bottom() + movementHeight) {
        for (const PlacedMovement &movement : m_movements) {
            if (std::abs(scene.x() - sceneX(movement.x)) <= movementWidth + 1.0)
                texts.append(movement.text);
        }
    }
    return texts.join(QLatin1Char('\n'));
}

QColor BufferChart::flagColour(StationEvent::Kind kind) const
{
    switch (kind) {
    case StationEvent::Kind::Underrun:
    case StationEvent::Kind::Problem:
        return theme::critical();
    case StationEvent::Kind::LiveStarted:
    case StationEvent::Kind::LiveEnded:
        return theme::warning();
    default:
        return theme::accent();
    }
}

void BufferChart::drawForeground(QPainter *painter, const QRectF &rect)
{
    QChartView::drawForeground(painter, rect);
    painter->save();
    const QRectF plot = chart()->mapRectToScene(chart()->plotArea());
    if (m_isEmpty && !m_placeholder.isEmpty()) {
        painter->setPen(theme::mutedText());
        painter->drawText(plot.adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
    painter->setRenderHint(QPainter::Antialiasing);
    drawMovements(*painter, plot);
    for (const PlacedFlag &flag : std::as_const(m_flags)) {
        QPointF foot = positionOf(flag);
        foot.setY(std::clamp(foot.y(), plot.top(), plot.bottom()));
        if (foot.x() < plot.left() - 1 || foot.x() > plot.right() + 1)
            continue;
        const QColor colour = flagColour(flag.flag.kind);
        const qreal top = std::max(plot.top() + 2.0, foot.y() - 24.0);
        painter->setPen(QPen(colour, 1.5));
        painter->drawLine(foot, QPointF(foot.x(), top));
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour);
        // The cloth points to the side where there is room.
        const qreal side = foot.x() + 12.0 > plot.right() ? -1.0 : 1.0;
        painter->drawPolygon(
            QPolygonF{{foot.x(), top}, {foot.x() + side * 10.0, top + 4.0}, {foot.x(), top + 8.0}});
        painter->drawEllipse(foot, 2.5, 2.5);
    }
    painter->restore();
}

} // namespace cycast
