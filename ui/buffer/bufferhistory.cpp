// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/buffer/bufferhistory.h"

#include <algorithm>
#include <array>

namespace cycast
{

namespace
{
constexpr qint64 rawKeptMs = 120'000;
// At 4 Hz two minutes are 480 samples; the bound holds when somebody sends far more.
constexpr std::size_t rawLimit = 2'000;
constexpr std::size_t flagLimit = 500;
} // namespace

qint64 BufferHistory::spanMs(Span span)
{
    switch (span) {
    case Span::TwoMinutes:
        return 120'000;
    case Span::TenMinutes:
        return 600'000;
    case Span::Hour:
        return 3'600'000;
    case Span::Day:
        return 86'400'000;
    }
    return 120'000;
}

void BufferHistory::Range::start(double value, qint64 atMs)
{
    low = high = last = {value, atMs};
}

void BufferHistory::Range::take(double value, qint64 atMs)
{
    if (value < low.value)
        low = {value, atMs};
    if (value > high.value)
        high = {value, atMs};
    last = {value, atMs};
}

double BufferHistory::valueOf(const Sample &sample, Curve curve)
{
    switch (curve) {
    case Curve::FillPercent:
        return sample.fillPercent;
    case Curve::OutBytesPerSecond:
        return sample.outBytesPerSecond;
    case Curve::Listeners:
        return sample.listeners;
    case Curve::LatencyMs:
        return sample.latencyMs;
    case Curve::CpuPercent:
        return sample.cpuPercent;
    }
    return 0.0;
}

void BufferHistory::add(Sample sample)
{
    if (!m_raw.empty())
        sample.atMs = std::max(sample.atMs, m_raw.back().atMs);
    m_raw.push_back(sample);
    // One sample before the window stays: the curve begins at the left edge and not inside.
    while (m_raw.size() > 2 && (m_raw.size() > rawLimit || m_raw[1].atMs < sample.atMs - rawKeptMs))
        m_raw.pop_front();

    for (Tier &tier : m_tiers) {
        const qint64 index = sample.atMs / tier.widthMs;
        const bool isNew = tier.buckets.empty() || tier.buckets.back().index != index;
        if (isNew)
            tier.buckets.push_back(Bucket{index, {}});
        Bucket &bucket = tier.buckets.back();
        for (int i = 0; i < curveCount; ++i) {
            const auto curve = static_cast<Curve>(i);
            Range &range = bucket.curves[i];
            if (isNew)
                range.start(valueOf(sample, curve), sample.atMs);
            else
                range.take(valueOf(sample, curve), sample.atMs);
        }
        const qint64 oldest = (sample.atMs - tier.keptMs) / tier.widthMs - 1;
        while (tier.buckets.front().index < oldest)
            tier.buckets.pop_front();
    }
}

void BufferHistory::addFlag(const Flag &flag)
{
    // Events may be reported a little out of order; the list is kept in order of time.
    auto place = m_flags.end();
    while (place != m_flags.begin() && std::prev(place)->atMs > flag.atMs)
        --place;
    m_flags.insert(place, flag);
    const qint64 oldest = m_flags.back().atMs - spanMs(Span::Day);
    while (m_flags.size() > flagLimit || m_flags.front().atMs < oldest)
        m_flags.pop_front();
}

void BufferHistory::addMovement(qint64 atMs, int joined, int left)
{
    if (joined <= 0 && left <= 0)
        return;
    for (const Span span : {Span::TwoMinutes, Span::TenMinutes, Span::Hour, Span::Day}) {
        std::deque<Movement> &parts = m_movements[static_cast<int>(span)];
        const qint64 width = spanMs(span) / movementParts;
        const qint64 from = atMs / width * width;
        // What is learnt late (nobody looked meanwhile) goes where it belongs.
        auto part = std::lower_bound(parts.begin(), parts.end(), from,
                                     [](const Movement &each, qint64 start) { return each.fromMs < start; });
        if (part == parts.end() || part->fromMs != from)
            part = parts.insert(part, {from, from + width, 0, 0});
        part->joined += std::max(joined, 0);
        part->left += std::max(left, 0);
        while (parts.size() > movementParts + 1 || parts.front().toMs < parts.back().toMs - spanMs(span))
            parts.pop_front();
    }
}

QList<BufferHistory::Movement> BufferHistory::movements(Span span, qint64 nowMs) const
{
    QList<Movement> result;
    for (const Movement &part : m_movements[static_cast<int>(span)]) {
        if (part.toMs >= nowMs - spanMs(span) && part.fromMs <= nowMs)
            result.append(part);
    }
    return result;
}

void BufferHistory::clear()
{
    for (std::deque<Movement> &parts : m_movements)
        parts.clear();
    m_raw.clear();
    m_flags.clear();
    for (Tier &tier : m_tiers)
        tier.buckets.clear();
}

std::optional<BufferHistory::Sample> BufferHistory::last() const
{
    return m_raw.empty() ? std::nullopt : std::optional(m_raw.back());
}

const BufferHistory::Tier &BufferHistory::tierFor(Span span) const
{
    return m_tiers[span == Span::Day ? 2 : span == Span::Hour ? 1 : 0];
}

QList<QPointF> BufferHistory::points(Curve curve, Span span, qint64 nowMs) const
{
    QList<QPointF> result;
    const qint64 from = nowMs - spanMs(span);
    const auto append = [&](qint64 atMs, double value) {
        result.append({static_cast<double>(atMs - nowMs) / 1000.0, value});
    };

    if (span == Span::TwoMinutes) {
        result.reserve(static_cast<qsizetype>(m_raw.size()));
        for (const Sample &sample : m_raw)
            append(sample.atMs, valueOf(sample, curve));
    } else {
        for (const Bucket &bucket : tierFor(span).buckets) {
            const Range &range = bucket.curves[static_cast<int>(curve)];
            std::array<Extreme, 3> extremes{range.low, range.high, range.last};
            std::sort(extremes.begin(), extremes.end(),
                      [](const Extreme &a, const Extreme &b) { return a.atMs < b.atMs; });
            qint64 previous = -1;
            for (const Extreme &extreme : extremes) {
                if (extreme.atMs != previous)
                    append(extreme.atMs, extreme.value);
                previous = extreme.atMs;
            }
        }
    }

    // What lies before the span becomes one point on its left edge.
    const double left = static_cast<double>(from - nowMs) / 1000.0;
    qsizetype before = 0;
    while (before < result.size() && result.at(before).x() < left)
        ++before;
    if (before == result.size())
        return {};
    if (before > 0) {
        const double value = valueAt(result, left);
        result.remove(0, before - 1);
        result.first() = {left, value};
    }
    return result;
}

QList<BufferHistory::Flag> BufferHistory::flags(Span span, qint64 nowMs) const
{
    QList<Flag> result;
    for (const Flag &flag : m_flags) {
        if (flag.atMs >= nowMs - spanMs(span) && flag.atMs <= nowMs)
            result.append(flag);
    }
    return result;
}

double BufferHistory::valueAt(const QList<QPointF> &points, double xSeconds)
{
    if (points.isEmpty())
        return 0.0;
    const auto right = std::lower_bound(points.begin(), points.end(), xSeconds,
                                        [](const QPointF &point, double x) { return point.x() < x; });
    if (right == points.end())
        return points.last().y();
    if (right == points.begin() || right->x() - xSeconds <= 0.0)
        return right->y();
    const auto left = std::prev(right);
    const double width = right->x() - left->x();
    return left->y() + (right->y() - left->y()) * (width > 0.0 ? (xSeconds - left->x()) / width : 1.0);
}

double BufferHistory::swing(qint64 nowMs, qint64 windowMs) const
{
    double low = 0.0;
    double high = 0.0;
    bool any = false;
    for (auto sample = m_raw.rbegin(); sample != m_raw.rend() && sample->atMs >= nowMs - windowMs; ++sample) {
        low = any ? std::min(low, sample->fillPercent) : sample->fillPercent;
        high = any ? std::max(high, sample->fillPercent) : sample->fillPercent;
        any = true;
    }
    return high - low;
}

qsizetype BufferHistory::storedCount() const
{
    std::size_t count = m_raw.size() + m_flags.size();
    for (const std::deque<Movement> &parts : m_movements)
        count += parts.size();
    for (const Tier &tier : m_tiers)
        count += tier.buckets.size();
    return static_cast<qsizetype>(count);
}

} // namespace cycast
