// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/musicfile.h"
#include "core/values/playlistentry.h"

#include <optional>

namespace cycast
{

/// Tags, length, format and faults of one file, as the helper program finds them, filled into `entry` (title,
/// artist, album, duration, format, sound, stamp, problem, fault, tagsRead). Blocking, with bounds; for a
/// pool thread. What cannot be read gets its reason in `problem` and its file name as the title. Latin-1 and
/// UTF-16 tags come out right; text is stripped of control characters and cut at 512 characters.
///
/// What passes (a disk that does not answer, no descriptors) is told in the result, and then only what the
/// name says is filled in: the entry stays unread, without a problem.
struct MediaLook {
    PlaylistEntry entry;
    std::optional<TrackError> passing;
};
MediaLook lookAtMedia(PlaylistEntry entry);
/// Likewise of a file that is open already.
MediaLook lookAtMedia(PlaylistEntry entry, const MusicFile &file, int patienceMs);

/// The same, for who does not mind.
PlaylistEntry withMediaInfo(PlaylistEntry entry);

} // namespace cycast
