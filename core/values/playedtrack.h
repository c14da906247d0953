// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/track.h"

#include <QDateTime>

namespace cycast
{

enum class ProgrammeKind : quint8 { Silence, Playlist, Live };

/// What was on the air and since when.
struct PlayedTrack {
    TrackInfo track;
    QDateTime startedAt;
    ProgrammeKind kind = ProgrammeKind::Playlist;
    bool operator==(const PlayedTrack &) const = default;
};

} // namespace cycast
