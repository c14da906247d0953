// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/mediafaults.h"

#include "core/codec/loudnesscache.h"

namespace cycast
{

PlaylistEntry withLoudness(PlaylistEntry entry, const std::optional<Loudness> &loudness)
{
    const double measured = loudness ? loudness->lufs : silenceLufs;
    entry.loudnessLufs =
        static_cast<float>(entry.sound.taggedLufs != 0.0 ? entry.sound.taggedLufs : measured);
    entry.silentEndMs = loudness ? loudness->silentEndMs : 0;
    return entry;
}

PlaylistEntry withKnownLoudness(PlaylistEntry entry)
{
    entry.loudnessLufs = static_cast<float>(entry.sound.taggedLufs);
    entry.silentEndMs = -1;
    if (!entry.problem.isEmpty())
        return entry;
    for (const int channels : {2, 1}) { // as the station's stream has
        if (const auto known = LoudnessCache::shared().find(entry.path, channels))
            return withLoudness(std::move(entry), known->loudness);
    }
    return entry;
}

} // namespace cycast
