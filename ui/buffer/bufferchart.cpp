// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/buffer/bufferchart.h"

#include "ui/look/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QEvent>
#include <QGraphicsLayout>
#include <QHelpEvent>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QPainter>
#include <QToolTip>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace cycast
{

namespace
{
constexpr double lowPercent = 5.0;
constexpr double fullPercent = 95.0;

/// The next of 1, 2, 4, 5, 8 times a power of ten: divides by four into readable labels.
double niceCeiling(double value, double least)
{
    value = std::max(value, least);
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 4.0, 8.0, 10.0}) {
        if (value <= step * power * 1.0001)
            return step * power;
    }
    return 10.0 * power;
}

double highest(const QList<QPointF> &points)
{
    double result = 0.0;
    for (const QPointF &point : points)
        result = std::max(result, point.y());
    return result;
}
} // namespace

BufferChart::BufferChart(QWidget *parent)
    : QChartView(parent)
    , m_timeAxis(new QValueAxis(this))
    , m_fillAxis(new QValueAxis(this))
    , m_rateAxis(new QValueAxis(this))
    , m_listenersAxis(new QValueAxis(this))
    , m_latencyAxis(new QValueAxis(this))
    , m_cpuAxis(new QValueAxis(this))
    , m_fill(new QLineSeries(this))
    , m_fillUpper(new QLineSeries(this))
    , m_fillArea(new QAreaSeries(m_fillUpper))
    , m_low(new QLineSeries(this))
    , m_full(new QLineSeries(this))
    , m_rate(new QLineSeries(this))
    , m_listeners(new QLineSeries(this))
    , m_latency(new QLineSeries(this))
    , m_cpu(new QLineSeries(this))
{
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(fontMetrics().height() * 7);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundVisible(false);
    chart()->setMargins(QMargins(0, 4, 4, 0));
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->setAlignment(Qt::AlignTop);
    buildAxes();
    buildSeries();
    applyView();
    applySpan();
    takeColours();
}

void BufferChart::buildAxes()
{
    chart()->addAxis(m_timeAxis, Qt::AlignBottom);
    chart()->addAxis(m_fillAxis, Qt::AlignLeft);
    chart()->addAxis(m_rateAxis, Qt::AlignLeft);
    chart()->addAxis(m_listenersAxis, Qt::AlignRight);
    m_fillAxis->setRange(0.0, 100.0);
    m_fillAxis->setLabelFormat(tr("%d %%", "printf format of a percentage"));
    m_rateAxis->setLabelFormat(tr("%g kB/s", "printf format of a rate"));
    m_rateAxis->setRange(0.0, 20.0);
    m_listenersAxis->setLabelFormat(QStringLiteral("%d"));
    m_listenersAxis->setRange(0.0, 4.0);
    m_listenersAxis->setGridLineVisible(false);
    chart()->addAxis(m_latencyAxis, Qt::AlignLeft);
    chart()->addAxis(m_cpuAxis, Qt::AlignRight);
    m_latencyAxis->setLabelFormat(tr("%g ms", "printf format of a delay"));
    m_latencyAxis->setRange(0.0, 400.0);
    m_cpuAxis->setLabelFormat(tr("%g %%", "printf format of a percentage"));
    m_cpuAxis->setRange(0.0, 4.0);
    m_cpuAxis->setGridLineVisible(false);
    for (QValueAxis *axis : {m_timeAxis, m_fillAxis, m_rateAxis, m_listenersAxis, m_latencyAxis, m_cpuAxis}) {
        axis->setTickCount(5);
        axis->setLineVisible(false);
    }
}

void BufferChart::buildSeries()
{
    m_rate->setName(tr("Outgoing, kB/s"));
    m_listeners->setName(tr("Listeners (dashed)"));
    m_latency->setName(tr("Latency, ms"));
    m_cpu->setName(tr("CPU, % of a core (dashed)"));
    const auto add = [this](QAbstractSeries *series, QValueAxis *vertical) {
        chart()->addSeries(series);
        series->attachAxis(m_timeAxis);
        series->attachAxis(vertical);
    };
    add(m_fillArea, m_fillAxis);
    add(m_low, m_fillAxis);
    add(m_full, m_fillAxis);
    add(m_fill, m_fillAxis);
    add(m_rate, m_rateAxis);
    add(m_listeners, m_listenersAxis);
    add(m_latency, m_latencyAxis);
    add(m_cpu, m_cpuAxis);
}

void BufferChart::setSpan(BufferHistory::Span span)
{
    m_span = span;
    applySpan();
}

void BufferChart::setView(View view)
{
    m_view = view;
    applyView();
}

void BufferChart::setPlaceholder(const QString &text)
{
    if (m_placeholder == text)
        return;
    m_placeholder = text;
    viewport()->update();
}

double BufferChart::xUnitSeconds() const
{
    switch (m_span) {
    case BufferHistory::Span::TwoMinutes:
        return 1.0;
    case BufferHistory::Span::TenMinutes:
    case BufferHistory::Span::Hour:
        return 60.0;
    case BufferHistory::Span::Day:
        return 3600.0;
    }
    return 1.0;
}

void BufferChart::applySpan()
{
    const double width = static_cast<double>(BufferHistory::spanMs(m_span)) / 1000.0 / xUnitSeconds();
    m_timeAxis->setRange(-width, 0.0);
    switch (m_span) {
    case BufferHistory::Span::TwoMinutes:
        m_timeAxis->setLabelFormat(tr("%d s", "printf format of seconds"));
        m_timeAxis->setTickCount(5);
        break;
    case BufferHistory::Span::TenMinutes:
        m_timeAxis->setLabelFormat(tr("%d min", "printf format of minutes"));
        m_timeAxis->setTickCount(6);
        break;
    case BufferHistory::Span::Hour:
        m_timeAxis->setLabelFormat(tr("%d min", "printf format of minutes"));
        m_timeAxis->setTickCount(5);
        break;
    case BufferHistory::Span::Day:
        m_timeAxis->setLabelFormat(tr("%d h", "printf format of hours"));
        m_timeAxis->setTickCount(5);
        break;
    }
    m_low->replace(QList<QPointF>{{-width, lowPercent}, {0.0, lowPercent}});
    m_full->replace(QList<QPointF>{{-width, fullPercent}, {0.0, fullPercent}});
}

void BufferChart::applyView()
{
    const bool fill = m_view == View::Fill;
    const bool traffic = m_view == View::Traffic;
    const bool load = m_view == View::Load;
    for (QAbstractSeries *series :
         std::initializer_list<QAbstractSeries *>{m_fillArea, m_low, m_full, m_fill})
        series->setVisible(fill);
    m_rate->setVisible(traffic);
    m_listeners->setVisible(traffic);
    m_latency->setVisible(load);
    m_cpu->setVisible(load);
    m_fillAxis->setVisible(fill);
    m_rateAxis->setVisible(traffic);
    m_listenersAxis->setVisible(traffic);
    m_latencyAxis->setVisible(load);
    m_cpuAxis->setVisible(load);
    chart()->legend()->setVisible(!fill);
    // A series that is hidden still has its marker.
    for (QLegendMarker *marker : chart()->legend()->markers())
        marker->setVisible((traffic && (marker->series() == m_rate || marker->series() == m_listeners)) ||
                           (load && (marker->series() == m_latency || marker->series() == m_cpu)));
}

void BufferChart::draw(const BufferHistory &history, qint64 nowMs)
{
    const double unit = xUnitSeconds();
    const auto curve = [&](BufferHistory::Curve which, double factor) {
        QList<QPointF> points = history.points(which, m_span, nowMs);
        for (QPointF &point : points)
            point = {point.x() / unit, point.y() * factor};
        return points;
    };
    QList<QPointF> flagged;
    if (m_view == View::Fill) {
        flagged = curve(BufferHistory::Curve::FillPercent, 1.0);
        m_fillUpper->replace(flagged);
        m_fill->replace(flagged);
    } else if (m_view == View::Load) {
        flagged = curve(BufferHistory::Curve::LatencyMs, 1.0);
        const QList<QPointF> cpu = curve(BufferHistory::Curve::CpuPercent, 1.0);
        m_latencyAxis->setMax(niceCeiling(highest(flagged), 100.0));
        m_cpuAxis->setMax(niceCeiling(highest(cpu), 4.0));
        m_latency->replace(flagged);
        m_cpu->replace(cpu);
    } else {
        flagged = curve(BufferHistory::Curve::OutBytesPerSecond, 0.001);
        const QList<QPointF> listeners = curve(BufferHistory::Curve::Listeners, 1.0);
        m_rateAxis->setMax(niceCeiling(highest(flagged), 20.0));
        m_listenersAxis->setMax(niceCeiling(highest(listeners), 4.0));
        m_rate->replace(flagged);
        m_listeners->replace(listeners);
    }
    m_isEmpty = flagged.isEmpty();
    m_flags.place(history, m_span, nowMs, flagged, unit);
    viewport()->update();
}

QPointF BufferChart::sceneOf(const QPointF &value) const
{
    QAbstractSeries *series = m_view == View::Fill ? m_fill : m_view == View::Load ? m_latency : m_rate;
    return chart()->mapToScene(chart()->mapToPosition(value, series));
}

QRectF BufferChart::plot() const
{
    return chart()->mapRectToScene(chart()->plotArea());
}

QString BufferChart::flagTextAt(const QPoint &position) const
{
    return m_flags.textAt(mapToScene(position), plot(),
                          [this](const QPointF &value) { return sceneOf(value); });
}

void BufferChart::drawForeground(QPainter *painter, const QRectF &rect)
{
    QChartView::drawForeground(painter, rect);
    painter->save();
    if (m_isEmpty && !m_placeholder.isEmpty()) {
        painter->setPen(theme::mutedText());
        painter->drawText(plot().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
    painter->setRenderHint(QPainter::Antialiasing);
    m_flags.draw(*painter, plot(), [this](const QPointF &value) { return sceneOf(value); });
    painter->restore();
}

bool BufferChart::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString text = flagTextAt(help->pos());
        if (text.isEmpty()) {
            QToolTip::hideText();
        } else {
            // Never rich text: a title or a program's name stands in it.
            QToolTip::showText(
                help->globalPos(),
                QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text.toHtmlEscaped()),
                viewport());
        }
        return true;
    }
    return QChartView::viewportEvent(event);
}

void BufferChart::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        takeColours();
}

void BufferChart::takeColours()
{
    const QColor accent = theme::accent();
    QColor area = accent;
    area.setAlphaF(theme::isDark() ? 0.22F : 0.15F);
    setBackgroundBrush(theme::card());
    m_fillArea->setPen(Qt::NoPen);
    m_fillArea->setBrush(area);
    m_fill->setPen(QPen(accent, 2.0));
    m_rate->setPen(QPen(accent, 2.0));
    m_listeners->setPen(QPen(theme::warning(), 2.0, Qt::DashLine));
    m_latency->setPen(QPen(accent, 2.0));
    m_cpu->setPen(QPen(theme::warning(), 2.0, Qt::DashLine));
    m_low->setPen(QPen(theme::critical(), 1.0, Qt::DashLine));
    m_full->setPen(QPen(theme::warning(), 1.0, Qt::DashLine));
    for (QValueAxis *axis : {m_timeAxis, m_fillAxis, m_rateAxis, m_listenersAxis, m_latencyAxis, m_cpuAxis}) {
        axis->setLabelsColor(theme::mutedText());
        axis->setLabelsFont(theme::scaled(font(), 0.92));
        axis->setGridLinePen(QPen(theme::grid(), 1.0));
    }
    chart()->legend()->setLabelColor(theme::mutedText());
    chart()->legend()->setFont(theme::scaled(font(), 0.92));
    viewport()->update();
}

} // namespace cycast
