// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/loudness.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// A track that was found to be silence has -70 (R128's absolute gate).
inline constexpr double silenceLufs = -70.0;

/// What was measured becomes a fact of the row; nothing: it is silence. Loudness that tags tell stays.
PlaylistEntry withLoudness(PlaylistEntry entry, const std::optional<Loudness> &loudness);

/// Fills PlaylistEntry::loudnessLufs and silentEndMs from the file's tags and from what was measured before
/// (LoudnessCache); measures nothing.
PlaylistEntry withKnownLoudness(PlaylistEntry entry);

} // namespace cycast
