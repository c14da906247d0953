// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/buffer/chartflags.h"

#include "ui/look/humanize.h"
#include "ui/look/theme.h"

#include <QCoreApplication>
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

/// Texts of the flags, marked for the translators.
class FlagWords
{
    Q_DECLARE_TR_FUNCTIONS(ChartFlags)

public:
    static QString joined(int count) { return tr("%1 joined").arg(humanize::number(count)); }
    static QString left(int count) { return tr("%1 left").arg(humanize::number(count)); }
    static QString ago(const QString &from, const QString &to) { return tr("(%1 to %2 ago)").arg(from, to); }
};

QColor colourOf(StationEvent::Kind kind)
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
} // namespace

QString movementText(int joined, int left)
{
    if (joined <= 0)
        return FlagWords::left(left);
    return left <= 0 ? FlagWords::joined(joined)
                     : FlagWords::joined(joined) + QStringLiteral(", ") + FlagWords::left(left);
}

void ChartFlags::place(const BufferHistory &history, BufferHistory::Span span, qint64 nowMs,
                       const QList<QPointF> &curve, double unitSeconds)
{
    const double unitMs = 1000.0 * unitSeconds;
    m_flags.clear();
    for (const BufferHistory::Flag &flag : history.flags(span, nowMs)) {
        const double x = static_cast<double>(flag.atMs - nowMs) / unitMs;
        m_flags.append({{x, BufferHistory::valueAt(curve, x)}, flag});
    }
    m_movements.clear();
    for (const BufferHistory::Movement &part : history.movements(span, nowMs))
        m_movements.append(placed(part, span, nowMs, unitMs));
}

ChartFlags::PlacedMovement ChartFlags::placed(const BufferHistory::Movement &part, BufferHistory::Span span,
                                              qint64 nowMs, double unitMs)
{
    const auto ago = [&](qint64 atMs) { return humanize::duration(std::max<qint64>(0, nowMs - atMs)); };
    // The part that begins the span may reach out of it at the left, the newest one ends now.
    const qint64 from = std::max(part.fromMs, nowMs - BufferHistory::spanMs(span));
    const qint64 to = std::min(part.toMs, nowMs);
    return {(static_cast<double>(from + to) / 2 - static_cast<double>(nowMs)) / unitMs, part.joined,
            part.left,
            movementText(part.joined, part.left) + QLatin1Char(' ') + FlagWords::ago(ago(from), ago(to))};
}

void ChartFlags::draw(QPainter &painter, const QRectF &plot, const ToScene &toScene) const
{
    painter.setPen(Qt::NoPen);
    for (const PlacedMovement &movement : m_movements) {
        const qreal x = toScene({movement.x, 0.0}).x();
        if (x >= plot.left() && x <= plot.right())
            drawMovement(painter, plot.bottom() - 1.0, x, movement);
    }
    for (const PlacedFlag &flag : m_flags) {
        const QPointF foot = toScene(flag.value);
        if (foot.x() >= plot.left() - 1 && foot.x() <= plot.right() + 1)
            drawFlag(painter, plot, {foot.x(), std::clamp(foot.y(), plot.top(), plot.bottom())},
                     colourOf(flag.flag.kind));
    }
}

/// Beside one another, told apart by their direction as well as by their colour.
void ChartFlags::drawMovement(QPainter &painter, qreal foot, qreal x, const PlacedMovement &movement)
{
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

void ChartFlags::drawFlag(QPainter &painter, const QRectF &plot, QPointF foot, const QColor &colour)
{
    const qreal top = std::max(plot.top() + 2.0, foot.y() - 24.0);
    painter.setPen(QPen(colour, 1.5));
    painter.drawLine(foot, QPointF(foot.x(), top));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    // The cloth points to the side where there is room.
    const qreal side = foot.x() + 12.0 > plot.right() ? -1.0 : 1.0;
    painter.drawPolygon(
        QPolygonF{{foot.x(), top}, {foot.x() + side * 10.0, top + 4.0}, {foot.x(), top + 8.0}});
    painter.drawEllipse(foot, 2.5, 2.5);
}

QString ChartFlags::textAt(const QPointF &place, const QRectF &plot, const ToScene &toScene) const
{
    QStringList texts;
    for (const PlacedFlag &flag : m_flags) {
        const QPointF foot = toScene(flag.value);
        if (std::abs(place.x() - foot.x()) <= flagReachPixels && place.y() <= foot.y() + flagReachPixels)
            texts.append(flag.flag.text);
    }
    if (place.y() > plot.bottom() - 2.0 * movementHeight && place.y() < plot.bottom() + movementHeight) {
        for (const PlacedMovement &movement : m_movements) {
            if (std::abs(place.x() - toScene({movement.x, 0.0}).x()) <= movementWidth + 1.0)
                texts.append(movement.text);
        }
    }
    return texts.join(QLatin1Char('\n'));
}

} // namespace cycast
