// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/stationevent.h"
#include "ui/buffer/bufferhistory.h"

#include <QChartView>

class QAbstractSeries;
class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace cycast
{

/// "12 joined, 3 left", as much of it as there is to tell.
QString movementText(int joined, int left);

/// Draws a BufferHistory: the fill with the guide's 5 % and 95 % lines, the outgoing rate and the
/// listeners, or the latency and the processor. Paint only: it keeps no samples, has no timer and is told
/// when to draw and what time it is. Events stand as flags on the curve, joins and leaves of listeners as
/// small triangles on the time axis (up and down), gathered so that a crowd makes no forest; their sentence
/// shows when the pointer rests on one.
class BufferChart : public QChartView
{
    Q_OBJECT

public:
    enum class View : quint8 { Fill, Traffic, Load };

    explicit BufferChart(QWidget *parent = nullptr);

    BufferHistory::Span span() const { return m_span; }
    View view() const { return m_view; }
    void setSpan(BufferHistory::Span span);
    void setView(View view);
    /// Said in the middle while there is nothing to draw.
    void setPlaceholder(const QString &text);

    void draw(const BufferHistory &history, qint64 nowMs);
    /// The sentence of the flag at a place of the viewport, or nothing.
    QString flagTextAt(const QPoint &position) const;
    int flagCount() const { return static_cast<int>(m_flags.size()); }
    int movementCount() const { return static_cast<int>(m_movements.size()); }

protected:
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

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

    void buildAxes();
    void buildSeries();
    void applyView();
    void applySpan();
    void takeColours();
    void placeFlags(const BufferHistory &history, qint64 nowMs, const QList<QPointF> &curve);
    void placeMovements(const BufferHistory &history, qint64 nowMs);
    void drawMovements(QPainter &painter, const QRectF &plot) const;
    double sceneX(double x) const;
    QAbstractSeries *flaggedSeries() const;
    QPointF positionOf(const PlacedFlag &flag) const;
    double xUnitSeconds() const;
    QColor flagColour(StationEvent::Kind kind) const;

    QValueAxis *m_timeAxis;
    QValueAxis *m_fillAxis;
    QValueAxis *m_rateAxis;
    QValueAxis *m_listenersAxis;
    QValueAxis *m_latencyAxis;
    QValueAxis *m_cpuAxis;
    QLineSeries *m_fill;
    QLineSeries *m_fillUpper; ///< the same points; the area wants a series of its own
    QAreaSeries *m_fillArea;
    QLineSeries *m_low;
    QLineSeries *m_full;
    QLineSeries *m_rate;
    QLineSeries *m_listeners;
    QLineSeries *m_latency;
    QLineSeries *m_cpu;
    BufferHistory::Span m_span = BufferHistory::Span::TwoMinutes;
    View m_view = View::Fill;
    QList<PlacedFlag> m_flags;
    QList<PlacedMovement> m_movements;
    QString m_placeholder;
    bool m_isEmpty = true;
};

} // namespace cycast
