// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/stationevent.h"
#include "ui/buffer/bufferhistory.h"
#include "ui/buffer/chartflags.h"

#include <QChartView>

class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace cycast
{

/// Draws a BufferHistory: the fill with the guide's 5 % and 95 % lines, the outgoing rate and the
/// listeners, or the latency and the processor. Paint only: it keeps no samples, has no timer and is told
/// when to draw and what time it is. What happened stands on the curve (see ChartFlags); its sentence shows
/// when the pointer rests on it.
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
    int flagCount() const { return m_flags.flagCount(); }
    int movementCount() const { return m_flags.movementCount(); }

protected:
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildAxes();
    void buildSeries();
    void applyView();
    void applySpan();
    void takeColours();
    /// From units of the axes of the curve that is looked at to the scene.
    QPointF sceneOf(const QPointF &value) const;
    QRectF plot() const;
    double xUnitSeconds() const;

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
    ChartFlags m_flags;
    QString m_placeholder;
    bool m_isEmpty = true;
};

} // namespace cycast
