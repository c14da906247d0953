// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/codecprocess.h"
#include "core/codec/mediafacts.h"
#include "core/codec/musicfile.h"

namespace cycast
{

/// For all of one file; a second is much already.
inline constexpr int usualLookMs = 20'000;

/// What is in a file, as the helper program finds it: tags, length, kind, picture. The helpers look into many
/// files each, one after the other; a few are kept for the next ones, and end when nobody has asked for a
/// while. One that dies at a file, or does not get on with it in time, is replaced, and only that file has a
/// fault. Blocking, with bounds; thread-safe.
TrackResult<MediaFacts> lookIntoMedia(const MusicFile &file, int patienceMs = usualLookMs,
                                      const QString &program = codecProgramPath());

/// The picture inside a file, as it is; empty: there is none.
TrackResult<QByteArray> coverInMedia(const MusicFile &file, const QString &program = codecProgramPath());

/// No cover that anybody shows is larger; what is larger is left alone.
inline constexpr qint64 maxCoverBytes = 16LL * 1024 * 1024;

} // namespace cycast
