// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/codecsession.h"
#include "core/codec/delivery.h"
#include "core/codec/loudness.h"
#include "core/playlist/reader/trackreader.h"
#include "core/values/playlistentry.h"

namespace cycast
{

class LoudnessCache;

/// How tracks become the stream.
struct PlayoutOptions {
    StationFormat format;
    int passthroughMaxKbps = 320;
    double crossfadeSeconds = 0.0;
    bool trimsSilence = false;
    LoudnessRules loudness;
    QString codecProgram; ///< cycast-codec; empty: nothing can be encoded

    DeliveryRules deliveryRules() const;
    EncodingOptions encodingOptions() const;
    bool operator==(const PlayoutOptions &) const = default;
};

/// What is asked of the opener.
struct TrackRequest {
    PlaylistEntry entry;
    Flicks offset = 0;
    bool fades = true;                     ///< with its neighbours; jingles do not
    bool continues = false;                ///< exactly where its read-ahead was cut
    int patienceMs = 10'000;               ///< for the helper to show a sign of life
    int diskPatienceMs = 10'000;           ///< for the disk
    int measuringMs = 1'000;               ///< that measuring the loudness may take
    std::shared_ptr<CodecSession> session; ///< of the track before, or null
};

struct OpenedTrack {
    PlaylistEntry entry;    ///< with tags, facts and loudness, when they were read or measured
    bool wasLooked = false; ///< into the file: it had changed, or nobody had yet
    std::unique_ptr<TrackReader> reader;
    FrameBatch before; ///< the end of the track before, which the session held back
    std::shared_ptr<CodecSession> session;
    std::optional<TrackError> error; ///< why there is no reader
};

/// Decides how a track is delivered and opens it. Blocking, on a reader thread. `cache`: of loudness; null:
/// the user's.
OpenedTrack openTrack(TrackRequest request, const PlayoutOptions &options, LoudnessCache *cache = nullptr);

} // namespace cycast
