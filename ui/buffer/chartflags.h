// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/buffer/bufferhistory.h"

#include <QColor>
#include <QPointF>

#include <functional>

class QPainter;
class QRectF;

namespace cycast
{

/// "12 joined, 3 left", as much of it as there is to tell.
QString movementText(int joined, int left);

/// What stands on the curve of a BufferChart: events as flags, joins and leaves of listeners as small
/// triangles on the time axis (up and down), gathered so that a crowd makes no forest. Knows the axes' units
/// and where they lie by what it is told; no chart, no time of its own.
class ChartFlags
{
public:
    /// From units of the axes to the scene.
    using ToScene = std::function<QPointF(const QPointF &)>;

    /// `curve` is what the flags stand on; `unitSeconds` is one unit of the time axis.
    void place(const BufferHistory &history, BufferHistory::Span span, qint64 nowMs,
               const QList<QPointF> &curve, double unitSeconds);
    void draw(QPainter &painter, const QRectF &plot, const ToScene &toScene) const;
    /// The sentences of what is drawn at a place of the scene, a line each; empty when nothing is.
    QString textAt(const QPointF &place, const QRectF &plot, const ToScene &toScene) const;

    int flagCount() const { return static_cast<int>(m_flags.size()); }
    int movementCount() const { return static_cast<int>(m_movements.size()); }

private:
    struct PlacedFlag {
        QPointF value; ///< in units of the axes
        BufferHistory::Flag flag;
    };

    /// Joins and leaves of a part of the span; stands on the time axis.
    struct PlacedMovement {
        double x = 0.0; ///< the middle of the part, in units of the axis
        int joined = 0;
        int left = 0;
        QString text;
    };

    static PlacedMovement placed(const BufferHistory::Movement &part, BufferHistory::Span span, qint64 nowMs,
                                 double unitMs);
    static void drawFlag(QPainter &painter, const QRectF &plot, QPointF foot, const QColor &colour);
    static void drawMovement(QPainter &painter, qreal foot, qreal x, const PlacedMovement &movement);

    QList<PlacedFlag> m_flags;
    QList<PlacedMovement> m_movements;
};

} // namespace cycast
