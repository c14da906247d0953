// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/icons.h"

#include "ui/look/theme.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace cycast
{

namespace
{

/// Paths live in a square of 16 units.
struct Shape {
    QPainterPath lines; ///< stroked
    QPainterPath areas; ///< filled
};

void arrowHead(QPainterPath &path, qreal x, qreal y, qreal direction)
{
    path.moveTo(x - 2.5 * direction, y - 2.5);
    path.lineTo(x, y);
    path.lineTo(x - 2.5 * direction, y + 2.5);
}

Shape shuffleShape()
{
    Shape shape;
    shape.lines.moveTo(1.5, 4.5);
    shape.lines.cubicTo(7, 4.5, 8, 11.5, 14, 11.5);
    shape.lines.moveTo(1.5, 11.5);
    shape.lines.cubicTo(7, 11.5, 8, 4.5, 14, 4.5);
    arrowHead(shape.lines, 14.5, 4.5, 1);
    arrowHead(shape.lines, 14.5, 11.5, 1);
    return shape;
}

Shape repeatShape()
{
    Shape shape;
    shape.lines.moveTo(2, 8);
    shape.lines.cubicTo(2, 5, 4, 4, 6, 4);
    shape.lines.lineTo(13, 4);
    shape.lines.moveTo(14, 8);
    shape.lines.cubicTo(14, 11, 12, 12, 10, 12);
    shape.lines.lineTo(3, 12);
    arrowHead(shape.lines, 13.5, 4, 1);
    arrowHead(shape.lines, 2.5, 12, -1);
    return shape;
}

Shape shapeOf(Glyph glyph)
{
    Shape shape;
    switch (glyph) {
    case Glyph::Add:
        shape.lines.moveTo(8, 3);
        shape.lines.lineTo(8, 13);
        shape.lines.moveTo(3, 8);
        shape.lines.lineTo(13, 8);
        break;
    case Glyph::Close:
        shape.lines.moveTo(4, 4);
        shape.lines.lineTo(12, 12);
        shape.lines.moveTo(12, 4);
        shape.lines.lineTo(4, 12);
        break;
    case Glyph::Copy:
        shape.lines.addRoundedRect(QRectF(5.5, 5.5, 8, 8), 1.5, 1.5);
        shape.lines.moveTo(10.5, 2.5);
        shape.lines.lineTo(4, 2.5);
        shape.lines.quadTo(2.5, 2.5, 2.5, 4);
        shape.lines.lineTo(2.5, 10.5);
        break;
    case Glyph::Listen:
        shape.lines.arcMoveTo(QRectF(2.5, 2.5, 11, 11), 0);
        shape.lines.arcTo(QRectF(2.5, 2.5, 11, 11), 0, 180);
        shape.areas.addRoundedRect(QRectF(1.8, 8, 3.4, 6), 1.2, 1.2);
        shape.areas.addRoundedRect(QRectF(10.8, 8, 3.4, 6), 1.2, 1.2);
        break;
    case Glyph::Off:
        shape.areas.addEllipse(QPointF(8, 8), 5, 5);
        break;
    case Glyph::Play:
        shape.areas.moveTo(4, 2.5);
        shape.areas.lineTo(13.5, 8);
        shape.areas.lineTo(4, 13.5);
        shape.areas.closeSubpath();
        break;
    case Glyph::Repeat:
        return repeatShape();
    case Glyph::Share:
        shape.lines.moveTo(11.5, 4);
        shape.lines.lineTo(4.5, 8);
        shape.lines.lineTo(11.5, 12);
        for (const QPointF &knot : {QPointF(11.8, 3.8), QPointF(4.2, 8), QPointF(11.8, 12.2)})
            shape.areas.addEllipse(knot, 2, 2);
        break;
    case Glyph::Shuffle:
        return shuffleShape();
    case Glyph::Skip:
        shape.areas.moveTo(2.5, 3);
        shape.areas.lineTo(10.5, 8);
        shape.areas.lineTo(2.5, 13);
        shape.areas.closeSubpath();
        shape.areas.addRect(QRectF(11.2, 3, 2.2, 10));
        break;
    case Glyph::Warning:
        shape.lines.moveTo(8, 2.2);
        shape.lines.lineTo(14.6, 13.6);
        shape.lines.lineTo(1.4, 13.6);
        shape.lines.closeSubpath();
        shape.lines.moveTo(8, 6.5);
        shape.lines.lineTo(8, 9.6);
        shape.areas.addEllipse(QPointF(8, 11.8), 0.9, 0.9);
        break;
    }
    return shape;
}

class GlyphEngine : public QIconEngine
{
public:
    explicit GlyphEngine(Glyph glyph)
        : m_glyph(glyph)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        QColor color = theme::text();
        if (m_glyph == Glyph::Warning)
            color = theme::warning();
        else if (mode == QIcon::Disabled)
            color = theme::mutedText();
        else if (state == QIcon::On || m_glyph == Glyph::Play)
            color = theme::accent();
        const Shape shape = shapeOf(m_glyph);
        const qreal side = std::min(rect.width(), rect.height());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2);
        painter->scale(side / 16, side / 16);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(shape.lines);
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawPath(shape.areas);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return result;
    }

    QIconEngine *clone() const override { return new GlyphEngine(m_glyph); }

private:
    Glyph m_glyph;
};

} // namespace

QIcon icon(Glyph glyph)
{
    return QIcon(new GlyphEngine(glyph));
}

} // namespace cycast
