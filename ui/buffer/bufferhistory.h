// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/stationevent.h"

#include <QPointF>

#include <deque>
#include <optional>

namespace cycast
{

/// What the chart remembers: samples of the buffer and of the outgoing side, and the events beside them.
///
/// Pure and bounded: every sample for two minutes; for ten minutes, an hour and a day one bucket per
/// 1/480 of the span that keeps its lowest, highest and last value, so that a dip of one sample is seen a day
/// later. Times are milliseconds of one clock of the caller's that never goes back.
class BufferHistory
{
public:
    enum class Span : quint8 { TwoMinutes, TenMinutes, Hour, Day };
    enum class Curve : quint8 { FillPercent, OutBytesPerSecond, Listeners, LatencyMs, CpuPercent };
    static constexpr int curveCount = 5;

    struct Sample {
        qint64 atMs = 0;
        double fillPercent = 0.0;
        qint64 bytes = 0;          ///< read ahead, not yet broadcast
        double aheadSeconds = 0.0; ///< what they play for
        double outBytesPerSecond = 0.0;
        int listeners = 0;
        double latencyMs = 0.0;
        double cpuPercent = 0.0;
    };

    struct Flag {
        qint64 atMs = 0;
        StationEvent::Kind kind = StationEvent::Kind::Problem;
        QString text;
    };

    /// Listeners that came and went within a part of the span.
    struct Movement {
        qint64 fromMs = 0;
        qint64 toMs = 0;
        int joined = 0;
        int left = 0;
    };
    /// A span is told in so many parts: however many listeners there are, no more flags than that.
    static constexpr int movementParts = 24;

    static qint64 spanMs(Span span);

    /// A sample older than the one before is taken as simultaneous with it.
    void add(Sample sample);
    void addFlag(const Flag &flag);
    void addMovement(qint64 atMs, int joined, int left);
    void clear();

    bool isEmpty() const { return m_raw.empty(); }
    std::optional<Sample> last() const;

    /// Points in the order of time; x is seconds relative to `nowMs` (-120 ... 0).
    QList<QPointF> points(Curve curve, Span span, qint64 nowMs) const;
    /// Flags inside the span, oldest first.
    QList<Flag> flags(Span span, qint64 nowMs) const;
    /// Joins and leaves inside the span, gathered into its parts, oldest first; parts where nobody moved are
    /// left out.
    QList<Movement> movements(Span span, qint64 nowMs) const;
    /// Value of a curve at a moment, between the neighbouring points of that span.
    static double valueAt(const QList<QPointF> &points, double xSeconds);

    /// Highest minus lowest fill in the last `windowMs`, in percentage points.
    double swing(qint64 nowMs, qint64 windowMs = 10'000) const;

    /// Samples and buckets held, for those who count memory.
    qsizetype storedCount() const;

private:
    struct Extreme {
        double value = 0.0;
        qint64 atMs = 0;
    };
    struct Range {
        Extreme low, high, last;
        void start(double value, qint64 atMs);
        void take(double value, qint64 atMs);
    };
    struct Bucket {
        qint64 index = 0; ///< atMs / width
        Range curves[curveCount];
    };
    struct Tier {
        qint64 widthMs = 0;
        qint64 keptMs = 0;
        std::deque<Bucket> buckets;
    };

    static double valueOf(const Sample &sample, Curve curve);
    const Tier &tierFor(Span span) const;

    std::deque<Sample> m_raw;
    Tier m_tiers[3] = {{1'250, 600'000, {}}, {7'500, 3'600'000, {}}, {180'000, 86'400'000, {}}};
    std::deque<Flag> m_flags;
    std::deque<Movement> m_movements[4]; ///< by span
};

} // namespace cycast
