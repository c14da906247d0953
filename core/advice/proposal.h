// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/measurements.h"
#include "core/config/settings.h"

#include <optional>

namespace cycast
{

/// What the adviser answers to: the rows of the guide's quick reference (behaviour.md, section 9).
enum class Symptom : quint8 { CpuHigh, Skipping, RunningLow, ManyLag, LargeCrowd, LatencyHigh, MemoryHigh };

/// The four figures people choose settings by.
struct Prediction {
    double latencyMs = 0.0;     ///< of a live show
    double memoryMb = 0.0;      ///< resident
    double cpuPercent = 0.0;    ///< of one core
    double bufferSeconds = 0.0; ///< the whole ring at the bitrate in force
};

/// One piece of advice. Words are English, for QCoreApplication::translate("Adviser", ...).
struct Proposal {
    Symptom symptom = Symptom::CpuHigh;
    const char *title = ""; ///< what was measured
    const char *why = "";   ///< why the change helps, and what it costs
    QStringList changed;    ///< keys; empty: no setting helps, and `why` says what does
    Settings before;        ///< only the values of the changed keys count
    Settings after;
    Prediction now;  ///< as measured
    Prediction then; ///< as expected
};

namespace limits
{
inline constexpr qint64 skips = 3;             ///< within 5 minutes: listeners skip
inline constexpr double crowdSeconds = 20.0;   ///< gathering for a crowd for so long counts
inline constexpr double lowSeconds = 5.0;      ///< running low for so long counts
inline constexpr double lagSeconds = 10.0;     ///< so do many laggards
inline constexpr double liveSeconds = 5.0;     ///< a live show this old has a latency worth a word
inline constexpr double wantedLatencyMs = 200; ///< what advice on latency aims at
inline constexpr double freeShare = 0.1;       ///< of the computer's memory; less is short
inline constexpr double worthShare = 0.05;     ///< with less our own share is not worth a change
inline constexpr double ownShare = 0.5;        ///< of the computer's memory; more is too much
} // namespace limits

/// Whether a symptom shows in what was measured.
bool shows(Symptom symptom, const Measured &measured);

/// The most urgent symptom and what helps; nothing when all is well. Pure.
std::optional<Proposal> propose(const Measured &measured, const Settings &settings);

/// What to expect of `after`, starting from what was measured under `before`.
Prediction predict(const Measured &measured, const Settings &before, const Settings &after);

} // namespace cycast
