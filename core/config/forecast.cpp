// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/forecast.h"

#include <algorithm>

namespace cycast
{

namespace
{

/// What the process takes beside the ring: window, codecs, an everyday number of listeners.
constexpr double baseMb = 18.0;
/// The playlist reads ahead a quarter of the ring; the rest is history.
constexpr double historyShare = 0.75;
/// A playlist chunk goes out after so long even when it is not full (behaviour.md, section 4).
constexpr double playlistGatherSeconds = 1.0;
// The measured price of one send to one socket: it grows from about 5.5 microseconds by 0.8 per kB, to 11.
constexpr double sendMicroseconds = 5.5;
constexpr double sendMicrosecondsPerKb = 0.8;
constexpr double sendMicrosecondsMost = 11.0;

double bytesPerSecond(int bitrateKbps)
{
    return std::max(1, bitrateKbps) * 1000.0 / 8.0;
}

} // namespace

double roundSeconds(const Settings &settings, const Load &load)
{
    const int chunk = settings.broadcaster.chunkSize;
    const double deadline = load.isLive ? liveGatherMs(settings) / 1000.0 : playlistGatherSeconds;
    // A chunk goes out when it is full or when its deadline passes, and never before the pause is over.
    const double gather = std::min(chunk / bytesPerSecond(load.bitrateKbps), deadline);
    return std::max({gather, settings.broadcaster.sleepLow, 0.001});
}

double sendingCpuPercent(const Settings &settings, const Load &load)
{
    const double round = roundSeconds(settings, load);
    const double kilobytes = round * bytesPerSecond(load.bitrateKbps) / 1000.0;
    const double send = std::min(sendMicrosecondsMost, sendMicroseconds + sendMicrosecondsPerKb * kilobytes);
    return std::max(0, load.listeners) / round * send / 1e6 * 100.0;
}

Forecast forecast(const Settings &settings, int bitrateKbps)
{
    Forecast result;
    result.liveLatencyMs = liveCushionMs(settings) + liveGatherMs(settings);
    result.memoryMb = baseMb + settings.buffer.sizeMb;
    result.bufferSeconds = bufferSeconds(qint64(settings.buffer.sizeMb) * 1024 * 1024, bitrateKbps);
    result.pauseSeconds = historyShare * result.bufferSeconds;
    result.cpuPercentAt100 = sendingCpuPercent(settings, {100, bitrateKbps, true});
    return result;
}

} // namespace cycast
