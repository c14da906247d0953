// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/stationfigures.h"

#include "core/base/monotonic.h"

namespace cycast
{

StationFigures::StationFigures(const Mount &mount, const Programme &programme, const PlayHistory &history,
                               const StationRecording &recording, const Reach &reach)
    : m_mount(mount)
    , m_programme(programme)
    , m_history(history)
    , m_recording(recording)
    , m_reach(reach)
{
}

void StationFigures::setLatency(int cushionMs, int gatherMs)
{
    m_cushionMs = cushionMs;
    m_gatherMs = gatherMs;
}

void StationFigures::goOnAir(const StationAddresses &addresses, qint64 nowNs)
{
    m_onAir = true;
    m_onAirSinceNs = nowNs;
    m_addresses = addresses;
    m_lastBytes = m_mount.broadcaster().totalBytesSent();
    m_lastBytesNs = nowNs;
}

void StationFigures::goOffAir()
{
    m_onAir = false;
    m_addresses = {};
    m_outRate = 0.0;
}

void StationFigures::look(qint64 nowNs)
{
    const qint64 elapsedNs = nowNs - m_lastBytesNs;
    if (elapsedNs < nsPerSecond)
        return;
    const qint64 bytes = m_mount.broadcaster().totalBytesSent();
    m_outRate = static_cast<double>(bytes - m_lastBytes) * 1e9 / static_cast<double>(elapsedNs);
    m_lastBytes = bytes;
    m_lastBytesNs = nowNs;
}

StationStatus StationFigures::status(qint64 nowNs)
{
    const Broadcaster &broadcaster = m_mount.broadcaster();
    const RingBuffer &ring = m_mount.ring();
    StationStatus status;
    status.state = m_onAir ? AirState::OnAir : AirState::OffAir;
    if (m_onAir) {
        status.heard = m_programme.heard();
        status.current = m_programme.current();
        status.positionMs = m_programme.positionMs();
        status.onAirMs = (nowNs - m_onAirSinceNs) / nsPerMs;
        status.bitrateKbps = m_programme.format().bitrateKbps;
        status.source = m_programme.sourceStatus(nowNs);
    }
    status.next = m_programme.next();
    status.listeners = broadcaster.count();
    status.listenersPeak = broadcaster.peak();
    status.stalledListeners = broadcaster.stalledCount(nowNs);
    status.totalBytesSent = broadcaster.totalBytesSent();
    status.outBytesPerSecond = m_outRate;
    status.buffer.capacity = ring.capacity();
    status.buffer.available = ring.available();
    status.buffer.space = ring.space();
    status.buffer.fillPercent = ring.fillPercent();
    status.buffer.aheadSeconds = secondsOf(ring.endTime() - ring.headTime());
    status.addresses = m_addresses;
    addProcess(status, nowNs);
    status.gatheringMs = static_cast<int>(m_mount.stretchedNs() / nsPerMs);
    status.latencyMs = m_cushionMs + qMax(m_gatherMs, status.gatheringMs);
    status.skips = broadcaster.totalSkips();
    status.history = m_history.played();
    status.recording = m_recording.status();
    status.reach = m_reach.report();
    return status;
}

void StationFigures::addProcess(StationStatus &status, qint64 nowNs)
{
    m_process.look(nowNs);
    status.cpuPercent = m_process.cpuPercent();
    status.memoryBytes = m_process.residentBytes();
    status.descriptors = m_process.descriptors();
    status.descriptorLimit = m_process.descriptorLimit();
}

} // namespace cycast
