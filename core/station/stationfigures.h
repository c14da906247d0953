// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processstats.h"
#include "core/programme/programme.h"
#include "core/reach/reach.h"
#include "core/station/playhistory.h"
#include "core/station/stationrecording.h"
#include "core/values/stationaddresses.h"
#include "core/values/stationstatus.h"

namespace cycast
{

/// What the station tells of itself, gathered from its rooms into one StationStatus. Keeps what only it
/// knows: since when the station is on the air and where it can be reached, how much goes out, how often the
/// playlist ran dry. Lives in the station's thread.
class StationFigures
{
public:
    /// All of them outlive this.
    StationFigures(const Mount &mount, const Programme &programme, const PlayHistory &history,
                   const StationRecording &recording, const Reach &reach);

    /// `cushionMs`, `gatherMs`: what settings make of a live show's way, see StationStatus::latencyMs.
    void setLatency(int cushionMs, int gatherMs);
    void goOnAir(const StationAddresses &addresses, qint64 nowNs);
    void goOffAir();
    bool isOnAir() const { return m_onAir; }
    /// Those at which listeners and sources find the station; empty off the air.
    const StationAddresses &addresses() const { return m_addresses; }
    void setAddresses(const StationAddresses &addresses) { m_addresses = addresses; }
    void countUnderrun() { ++m_underruns; }
    qint64 underruns() const { return m_underruns; }
    /// A moment has passed: measures what goes out, once a second.
    void look(qint64 nowNs);

    StationStatus status(qint64 nowNs);

private:
    void addProcess(StationStatus &status, qint64 nowNs);

    const Mount &m_mount;
    const Programme &m_programme;
    const PlayHistory &m_history;
    const StationRecording &m_recording;
    const Reach &m_reach;
    ProcessStats m_process;
    StationAddresses m_addresses;
    int m_cushionMs = 0;
    int m_gatherMs = 0;
    bool m_onAir = false;
    qint64 m_onAirSinceNs = 0;
    qint64 m_lastBytes = 0;
    qint64 m_lastBytesNs = 0;
    double m_outRate = 0.0; ///< bytes a second
    qint64 m_underruns = 0;
};

} // namespace cycast
