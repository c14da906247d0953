// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/helper/trackfile.h"
#include "core/codec/mediafacts.h"

namespace cycast
{

/// Tags, length and format of one file, and what is wrong with it, with libavformat. Runs no decoder, reads a
/// bounded part of it. In the helper program only.
MediaFacts probeMedia(TrackFile file);

} // namespace cycast
