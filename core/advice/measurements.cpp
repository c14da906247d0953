// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/measurements.h"
#include "core/values/playedtrack.h"
#include "core/values/stationstatus.h"

#include <QFile>

#include <algorithm>

namespace cycast
{

namespace
{

constexpr double mega = 1024.0 * 1024.0;

/// "MemTotal:   16384 kB" in MB.
double megabytesOf(const QByteArray &text, QByteArrayView name)
{
    const qsizetype at = text.indexOf(name);
    if (at < 0)
        return 0.0;
    const qsizetype end = text.indexOf('\n', at);
    const QByteArray figure = text.mid(at + name.size(), end - at - name.size()).trimmed();
    return figure.left(figure.indexOf(' ')).toDouble() / 1024.0;
}

} // namespace

MachineMemory machineMemory()
{
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    return {megabytesOf(text, "MemTotal:"), megabytesOf(text, "MemAvailable:")};
}

double Measurements::lasting(bool holds, qint64 nowMs, qint64 &since)
{
    if (!holds)
        since = -1;
    else if (since < 0)
        since = nowMs;
    return since < 0 ? 0.0 : static_cast<double>(nowMs - since) / 1000.0;
}

void Measurements::restart()
{
    *this = {};
}

double Measurements::runningLow(qint64 nowMs, const StationStatus &status)
{
    const bool wasLow = m_lowSince >= 0;
    const double seconds =
        lasting(bufferVerdict(status, m_fill) == BufferVerdict::RunningLow, nowMs, m_lowSince);
    if (!wasLow)
        m_lowFromAhead = status.buffer.aheadSeconds;
    const double gained = status.buffer.aheadSeconds - m_lowFromAhead;
    return gained > 0.0 && gained >= fillingPerSecond * seconds ? 0.0 : seconds;
}

void Measurements::add(qint64 nowMs, const StationStatus &status, const MachineMemory &machine)
{
    if (status.state != AirState::OnAir) {
        restart();
        return;
    }
    m_fill.add(nowMs, status);
    m_cpu.push_back({nowMs, status.cpuPercent});
    while (nowMs - m_cpu.front().atMs > cpuWindowMs)
        m_cpu.pop_front();
    if (m_lastSkips >= 0 && status.skips > m_lastSkips)
        m_skips.push_back({nowMs, static_cast<double>(status.skips - m_lastSkips)});
    m_lastSkips = status.skips;
    while (!m_skips.empty() && nowMs - m_skips.front().atMs > skipWindowMs)
        m_skips.pop_front();

    const bool isLive = status.heard == ProgrammeKind::Live;
    const bool isLagging =
        status.stalledListeners >= laggingLeast && status.stalledListeners >= laggingShare * status.listeners;
    double cpu = 0.0;
    for (const Sample &sample : m_cpu)
        cpu += sample.value;
    double skips = 0.0;
    for (const Sample &sample : m_skips)
        skips += sample.value;

    m_now.isOnAir = true;
    m_now.isLive = isLive;
    m_now.listeners = status.listeners;
    m_now.bitrateKbps = status.bitrateKbps;
    m_now.skips = static_cast<qint64>(skips);
    m_now.runningLowSeconds = runningLow(nowMs, status);
    m_now.laggingSeconds = lasting(isLagging, nowMs, m_lagSince);
    m_now.gatheringSeconds = lasting(status.gatheringMs > 0, nowMs, m_gatheringSince);
    m_now.liveSeconds = lasting(isLive, nowMs, m_liveSince);
    m_now.cpuPercent = cpu / static_cast<double>(m_cpu.size());
    m_now.cpuSeconds = static_cast<double>(nowMs - m_cpu.front().atMs) / 1000.0;
    m_now.latencyMs = status.latencyMs;
    m_now.memoryMb = static_cast<double>(status.memoryBytes) / mega;
    m_now.machineMemoryMb = machine.totalMb;
    m_now.machineFreeMb = machine.freeMb;
}

} // namespace cycast
