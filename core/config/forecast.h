// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

namespace cycast
{

/// What settings will cost, for the presets' preview, the settings dialog and the adviser: behaviour.md,
/// sections 2 to 4. Pure; one place for the formulas, so that all three say the same.
struct Forecast {
    double liveLatencyMs = 0.0;   ///< cushion + chunk deadline
    double memoryMb = 0.0;        ///< resident, with the ring full
    double bufferSeconds = 0.0;   ///< whole ring at the bitrate
    double pauseSeconds = 0.0;    ///< how long a listener may pause and go on: history part of the ring
    double cpuPercentAt100 = 0.0; ///< of one core with 100 listeners and a live source
};
Forecast forecast(const Settings &settings, int bitrateKbps = 128);

/// What the station has to do besides being there.
struct Load {
    int listeners = 100;
    int bitrateKbps = 128;
    bool isLive = true; ///< a live chunk has a deadline, the playlist waits up to a second
};

/// Seconds between two rounds of sending.
double roundSeconds(const Settings &settings, const Load &load);
/// Percent of one core that sending alone takes: rounds x listeners x the measured price of one send.
double sendingCpuPercent(const Settings &settings, const Load &load);

} // namespace cycast
