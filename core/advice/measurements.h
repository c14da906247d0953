// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/health.h"
#include "core/values/stationstatus.h"

#include <deque>

namespace cycast
{

/// What a station has measurably done in the last minutes, condensed for the adviser.
struct Measured {
    bool isOnAir = false;
    bool isLive = false;
    int listeners = 0;
    int bitrateKbps = 0;
    qint64 skips = 0; ///< listeners' jumps within the last 5 minutes
    /// How long the buffer has been running low without a break; 0 while it fills up, as it does at the start
    /// and after a skip.
    double runningLowSeconds = 0.0;
    double gatheringSeconds = 0.0; ///< how long sound has gathered for longer than the settings ask
    double laggingSeconds = 0.0;   ///< how long many listeners at once have lagged
    double liveSeconds = 0.0;      ///< how long a live show has been on
    double cpuPercent = 0.0;       ///< mean of the last 10 s, of one core
    double cpuSeconds = 0.0;       ///< how much of these 10 s is covered
    double latencyMs = 0.0;
    double memoryMb = 0.0;
    double machineMemoryMb = 0.0; ///< of this computer; 0: unknown
    double machineFreeMb = 0.0;   ///< what programs can still get
};

/// Memory of this computer, for Measured; zeros where the system does not tell. Reads one small file.
struct MachineMemory {
    double totalMb = 0.0;
    double freeMb = 0.0;
};
MachineMemory machineMemory();

/// Collects what statuses say. Pure: time is given, in milliseconds of a clock that never goes back.
class Measurements
{
public:
    static constexpr qint64 skipWindowMs = 300'000;
    static constexpr qint64 cpuWindowMs = 10'000;
    /// "Many at once": so many stalled listeners, and this share of all.
    static constexpr int laggingLeast = 3;
    static constexpr double laggingShare = 0.2;
    /// A buffer fills up when it gains so many seconds of music each second.
    static constexpr double fillingPerSecond = 0.5;

    void add(qint64 nowMs, const StationStatus &status, const MachineMemory &machine = {});
    /// Forgets what was, because something was changed on purpose.
    void restart();
    const Measured &now() const { return m_now; }

private:
    struct Sample {
        qint64 atMs;
        double value;
    };
    /// Seconds since `since`, which starts to count when `holds` begins.
    static double lasting(bool holds, qint64 nowMs, qint64 &since);
    double runningLow(qint64 nowMs, const StationStatus &status);

    FillHistory m_fill;
    std::deque<Sample> m_cpu;
    std::deque<Sample> m_skips; ///< moments at which listeners jumped, and how many
    qint64 m_lastSkips = -1;
    qint64 m_lowSince = -1;
    double m_lowFromAhead = 0.0; ///< what was ahead then, in seconds
    qint64 m_lagSince = -1;
    qint64 m_gatheringSince = -1;
    qint64 m_liveSince = -1;
    Measured m_now;
};

} // namespace cycast
