// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

namespace cycast
{

// Chained Ogg (RFC 3533, section 4): streams that follow one another in one file, as recorded live programmes
// have them, each with a codec and a time of its own. libavformat takes such a file for one stream: it
// measures the last link only and ends where the codec changes. So each link is opened as a file of its own.
// All of these read through the descriptor, blocking, and leave its position alone. A file whose end is not
// whole is as long as its whole pages.

/// Looks at a few places of the file. False: one link, or no Ogg at all.
bool isChainedOgg(int descriptor, qint64 size);

/// Where the link that begins at `begin` ends: where the next one begins, or `size`. Reads up to there.
qint64 endOfOggLink(int descriptor, qint64 begin, qint64 size);

/// How long one link plays, by its first and its last pages; where its sound is no Vorbis, Opus, FLAC or
/// Speex: 0. A link that was cut out of an older programme begins with the age of that.
Flicks oggLinkDuration(int descriptor, qint64 begin, qint64 end);

/// The granule position at which the sound of one link begins: 0, but for one that was cut out of an older
/// programme.
qint64 oggLinkBegin(int descriptor, qint64 begin, qint64 end);

/// All links together. Reads the whole file.
Flicks oggDuration(int descriptor, qint64 size);

} // namespace cycast
