// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/track.h"

namespace cycast
{

/// "Artist - Title.mp3" -> both parts; otherwise the name without its ending, underscores as spaces, a
/// leading track number ("03 ", "03. ", "03 - ") left out.
TrackInfo trackFromFileName(const QString &path);

} // namespace cycast
