// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/codecsession.h"
#include "core/playlist/reader/trackplan.h"
#include "core/playlist/reader/trackreader.h"

namespace cycast
{

class LoudnessCache;

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

/// Opens a track the way that planTrack() says. Its file is opened once, for all that is done with it.
/// Blocking, on a reader thread. `cache`: of loudness; null:
/// the user's.
OpenedTrack openTrack(TrackRequest request, const PlayoutOptions &options, LoudnessCache *cache = nullptr);

} // namespace cycast
