// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/values/bufferstatus.h"
#include "core/values/directorystatus.h"
#include "core/values/httpsstatus.h"
#include "core/values/outside.h"
#include "core/values/playedtrack.h"
#include "core/values/reachreport.h"
#include "core/values/stationaddresses.h"

#include <QList>
#include <QMetaType>
#include <QString>

/// Plain values that cross threads. No pointers, no behaviour beyond comparison; every text in here that
/// came from outside (titles, User-Agents, addresses) is data and is escaped where it is shown.
namespace cycast
{

enum class AirState : quint8 { OffAir, OnAir };

struct SourceStatus {
    bool connected = false;
    QString address; ///< of the live source
    QString program; ///< its User-Agent
    QString name;    ///< its ice-name
    qint64 connectedMs = 0;
    qint64 bytesReceived = 0;
    double lateSeconds = 0.0; ///< behind its own frame clock
    double cushionSeconds = 0.0;
    bool operator==(const SourceStatus &) const = default;
};

/// What is being written to disk of the stream.
struct RecordingStatus {
    bool isWanted = false;  ///< asked for; records while on the air
    bool isRunning = false; ///< a file is open
    QString file;           ///< being written, or written last
    qint64 bytes = 0;       ///< of this recording, in all its files
    qint64 recordedMs = 0;
    Sentence problem; ///< why it stopped by itself, a sentence
    bool operator==(const RecordingStatus &) const = default;
};

/// Sent four times a second while on the air, and once after every change of state.
struct StationStatus {
    AirState state = AirState::OffAir;
    ProgrammeKind heard = ProgrammeKind::Silence;
    TrackInfo current;     ///< at the broadcast head, not what the feeder reads
    qint64 positionMs = 0; ///< within `current`
    TrackInfo next;        ///< empty title: nothing
    qint64 onAirMs = 0;
    int bitrateKbps = 0; ///< of what is heard now
    int listeners = 0;
    int listenersPeak = 0;
    int stalledListeners = 0;
    qint64 totalBytesSent = 0;
    double outBytesPerSecond = 0.0;
    BufferStatus buffer;
    SourceStatus source;
    StationAddresses addresses;
    double cpuPercent = 0.0;    ///< of one core, this process
    qint64 memoryBytes = 0;     ///< resident
    qint64 descriptors = 0;     ///< connections and files that are open
    qint64 descriptorLimit = 0; ///< how many the computer allows; 0: unknown
    double latencyMs = 0.0;     ///< expected source to listener's socket with the settings in force
    int gatheringMs = 0;        ///< what a large crowd makes of it; 0: as the settings ask
    qint64 skips = 0;           ///< listeners' jumps so far
    QList<PlayedTrack> history; ///< newest first, `current` and jingles left out; at most 20
    RecordingStatus recording;
    Outside outside; ///< the way in from the internet, as it was found out
    DirectoryStatus directory;
    HttpsStatus https;
    ReachReport reach; ///< who can listen, as far as it is known
    bool operator==(const StationStatus &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::StationStatus)
