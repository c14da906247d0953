// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/track.h"

#include <QByteArrayView>

#include <optional>

namespace cycast
{

/// Artist, title and album of the Vorbis comment in the header pages of a stream (Vorbis, Opus or FLAC); the
/// texts as they came, invalid UTF-8 replaced, to be cleaned for display. Nothing when neither artist nor
/// title is there, or the comment is malformed.
std::optional<TrackInfo> oggComments(QByteArrayView headerPages);

} // namespace cycast
