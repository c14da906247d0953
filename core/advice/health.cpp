// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/health.h"

#include <algorithm>

namespace cycast
{

void FillHistory::add(qint64 nowMs, const StationStatus &status)
{
    const bool jumped = status.state != m_state || status.heard != m_heard ||
                        status.current.entryId != m_entryId || status.buffer.capacity != m_capacity;
    if (jumped || (!m_samples.empty() && nowMs < m_samples.back().atMs))
        restart();
    if (m_samples.empty())
        m_startedMs = nowMs;
    // Right after a start, a skip or a takeover the ring fills at disk speed: rising is no swing then.
    while (nowMs - m_startedMs < fillingMs && !m_samples.empty() &&
           m_samples.back().percent < status.buffer.fillPercent)
        m_samples.pop_back();
    m_state = status.state;
    m_heard = status.heard;
    m_entryId = status.current.entryId;
    m_capacity = status.buffer.capacity;
    m_samples.push_back({nowMs, status.buffer.fillPercent});
    while (nowMs - m_samples.front().atMs > thresholds::swingWindowMs)
        m_samples.pop_front();
}

double FillHistory::swingPoints() const
{
    if (m_samples.empty())
        return 0.0;
    const auto [lowest, highest] =
        std::minmax_element(m_samples.begin(), m_samples.end(),
                            [](const Sample &a, const Sample &b) { return a.percent < b.percent; });
    return highest->percent - lowest->percent;
}

BufferVerdict bufferVerdict(const StationStatus &status, const FillHistory &history)
{
    if (status.state == AirState::OffAir)
        return BufferVerdict::OffAir;
    if (status.heard == ProgrammeKind::Silence)
        return BufferVerdict::NothingToPlay;
    if (status.buffer.fillPercent > thresholds::highFillPercent)
        return BufferVerdict::Full;
    if (status.heard == ProgrammeKind::Live) {
        const double bearable = status.source.cushionSeconds + thresholds::liveLatenessSeconds;
        return status.source.lateSeconds > bearable ? BufferVerdict::RunningLow : BufferVerdict::Healthy;
    }
    if (status.buffer.fillPercent < thresholds::lowFillPercent)
        return BufferVerdict::RunningLow;
    return history.swingPoints() > thresholds::swingPoints ? BufferVerdict::Unstable : BufferVerdict::Healthy;
}

CpuVerdict cpuVerdict(double percentOfOneCore)
{
    if (percentOfOneCore > thresholds::cpuCriticalPercent)
        return CpuVerdict::Critical;
    if (percentOfOneCore > thresholds::cpuWarningPercent)
        return CpuVerdict::Warning;
    return percentOfOneCore < thresholds::cpuGoodPercent ? CpuVerdict::Good : CpuVerdict::Fair;
}

DelayVerdict delayVerdict(double milliseconds)
{
    if (milliseconds > thresholds::slowMs)
        return DelayVerdict::High;
    return milliseconds < thresholds::promptMs ? DelayVerdict::Good : DelayVerdict::Acceptable;
}

ThroughputVerdict throughputVerdict(double bytesPerSecond, int bitrateKbps)
{
    const double expected = bitrateKbps * 1000.0 / 8.0;
    return bytesPerSecond < expected * thresholds::throughputShare ? ThroughputVerdict::Skipping
                                                                   : ThroughputVerdict::Good;
}

Verdict describe(BufferVerdict verdict)
{
    switch (verdict) {
    case BufferVerdict::OffAir:
        return {Severity::Neutral, QT_TRANSLATE_NOOP("Health", "off air"),
                QT_TRANSLATE_NOOP("Health", "The station is off the air.")};
    case BufferVerdict::NothingToPlay:
        return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "nothing to play"),
                QT_TRANSLATE_NOOP("Health", "Listeners hear silence: add music or go live.")};
    case BufferVerdict::RunningLow:
        return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "running low"),
                QT_TRANSLATE_NOOP("Health",
                                  "The disk or the live source does not keep up; a larger buffer rides out "
                                  "more.")};
    case BufferVerdict::Healthy:
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "healthy"),
                QT_TRANSLATE_NOOP("Health", "Enough audio is ready, and it is steady.")};
    case BufferVerdict::Full:
        return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "full"),
                QT_TRANSLATE_NOOP("Health",
                                  "Audio comes faster than it goes out: listeners or the clock do not keep "
                                  "up.")};
    case BufferVerdict::Unstable:
        return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "unstable"),
                QT_TRANSLATE_NOOP("Health", "The fill swings quickly: the source or the CPU is unstable.")};
    }
    return {};
}

Verdict describe(CpuVerdict verdict)
{
    switch (verdict) {
    case CpuVerdict::Good:
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "good"),
                QT_TRANSLATE_NOOP("Health", "The processor has plenty of room.")};
    case CpuVerdict::Fair:
        return {Severity::Fair, QT_TRANSLATE_NOOP("Health", "fair"),
                QT_TRANSLATE_NOOP("Health", "The processor is busy, with room left.")};
    case CpuVerdict::Warning:
        return {
            Severity::Warning, QT_TRANSLATE_NOOP("Health", "warning"),
            QT_TRANSLATE_NOOP("Health", "The processor is very busy: larger chunks and longer pauses help.")};
    case CpuVerdict::Critical:
        return {Severity::Critical, QT_TRANSLATE_NOOP("Health", "critical"),
                QT_TRANSLATE_NOOP("Health",
                                  "The processor is at its limit and listeners will hear skips: larger "
                                  "chunks and longer pauses help.")};
    }
    return {};
}

Verdict describe(DelayVerdict verdict)
{
    switch (verdict) {
    case DelayVerdict::Good:
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "good"),
                QT_TRANSLATE_NOOP("Health", "Hardly any delay.")};
    case DelayVerdict::Acceptable:
        return {Severity::Fair, QT_TRANSLATE_NOOP("Health", "acceptable"),
                QT_TRANSLATE_NOOP("Health", "A delay that few will notice.")};
    case DelayVerdict::High:
        return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "high"),
                QT_TRANSLATE_NOOP("Health", "A noticeable delay: a smaller buffer and smaller chunks help.")};
    }
    return {};
}

Verdict describe(ThroughputVerdict verdict)
{
    switch (verdict) {
    case ThroughputVerdict::Good:
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "steady"),
                QT_TRANSLATE_NOOP("Health", "The stream arrives at its full rate.")};
    case ThroughputVerdict::Skipping:
        return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "skipping"),
                QT_TRANSLATE_NOOP("Health", "Less arrives than is played: this listener hears gaps.")};
    }
    return {};
}

} // namespace cycast
