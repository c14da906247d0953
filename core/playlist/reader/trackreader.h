// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/codec/trackfault.h"

namespace cycast
{

/// How long is waited for somebody else, in milliseconds.
struct ReadPatience {
    int diskMs = 10'000;
    int helperMs = 10'000; ///< for a sign of life of the helper program
};

/// One track as frames of the stream. Blocking: it is used on a reader thread, by one user at a time, never
/// in the station's thread.
class TrackReader
{
public:
    TrackReader() = default;
    virtual ~TrackReader() = default;
    Q_DISABLE_COPY_MOVE(TrackReader)

    /// The next frames, about `bytes` of them (at least one when there is one). An empty batch: the end.
    /// An error in the middle is an error; what was delivered before stays good.
    virtual TrackResult<FrameBatch> read(qint64 bytes, const ReadPatience &patience) = 0;
};

} // namespace cycast
