// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/playedtrack.h"
#include "core/values/stationstatus.h"

#include <deque>

namespace cycast
{

/// What the figures of a station mean, by the thresholds of the tuning guide (behaviour.md, section 6).
/// Values only; time is given. Words and sentences are English, for QCoreApplication::translate("Health",
/// ...).

namespace thresholds
{
inline constexpr double lowFillPercent = 5.0;   ///< below: running low
inline constexpr double highFillPercent = 95.0; ///< above: full
inline constexpr double swingPoints = 20.0;     ///< more than that within swingWindowMs: unstable
inline constexpr qint64 swingWindowMs = 10000;
inline constexpr double liveLatenessSeconds = 1.0; ///< beyond the cushion: running low
inline constexpr double cpuGoodPercent = 30.0;     ///< under: good
inline constexpr double cpuWarningPercent = 50.0;  ///< over: warning
inline constexpr double cpuCriticalPercent = 80.0; ///< over: critical
inline constexpr double promptMs = 100.0;          ///< under: good
inline constexpr double slowMs = 500.0;            ///< above: high; up to here: acceptable
inline constexpr double throughputShare = 0.99;    ///< of the bitrate; below: skipping
} // namespace thresholds

/// How much a verdict asks for attention.
enum class Severity : quint8 { Neutral, Good, Fair, Warning, Critical };

struct Verdict {
    Severity severity = Severity::Neutral;
    const char *word = "";     ///< "healthy"
    const char *sentence = ""; ///< what it means and what helps
};

/// The fill of the last seconds. Begins anew by itself where the fill jumps for a good reason: on and off the
/// air, another track, a live takeover, another buffer size. The owner calls restart() where it knows of
/// more.
class FillHistory
{
public:
    void add(qint64 nowMs, const StationStatus &status);
    void restart() { m_samples.clear(); }
    /// Highest less lowest fill of the last 10 s, in points.
    double swingPoints() const;

private:
    static constexpr qint64 fillingMs = 2000;

    struct Sample {
        qint64 atMs;
        double percent;
    };
    std::deque<Sample> m_samples;
    qint64 m_startedMs = 0;
    AirState m_state = AirState::OffAir;
    ProgrammeKind m_heard = ProgrammeKind::Silence;
    quint64 m_entryId = 0;
    qint64 m_capacity = 0;
};

enum class BufferVerdict : quint8 { OffAir, NothingToPlay, RunningLow, Healthy, Full, Unstable };
/// Playlist: by fill and swing. Live: by how late the source is against its own frame clock.
BufferVerdict bufferVerdict(const StationStatus &status, const FillHistory &history);
Verdict describe(BufferVerdict verdict);

enum class CpuVerdict : quint8 { Good, Fair, Warning, Critical };
CpuVerdict cpuVerdict(double percentOfOneCore);
Verdict describe(CpuVerdict verdict);

/// Time to the first byte, or live latency: both have the same thresholds.
enum class DelayVerdict : quint8 { Good, Acceptable, High };
DelayVerdict delayVerdict(double milliseconds);
Verdict describe(DelayVerdict verdict);

/// One listener's rate, best over 30 s, against the bitrate of the stream.
enum class ThroughputVerdict : quint8 { Good, Skipping };
ThroughputVerdict throughputVerdict(double bytesPerSecond, int bitrateKbps);
Verdict describe(ThroughputVerdict verdict);

} // namespace cycast
