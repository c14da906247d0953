// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/playlistentry.h"
#include "core/values/stationstatus.h"
#include "core/values/track.h"

namespace cycast
{

/// Twelve tracks as a home station has them; ids are fresh.
QList<PlaylistEntry> exampleTracks();
/// `count` rows without files behind them, titles "Track 0", "Track 1" ...
QList<PlaylistEntry> manyTracks(int count);
/// On the air with `track`, 42 listeners, a link in the home network.
StationStatus exampleStatus(const TrackInfo &track, const TrackInfo &next);

} // namespace cycast
