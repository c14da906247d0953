// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/codec/helper/trackfile.h"
#include "core/codec/loudness.h"

namespace cycast
{

/// Decodes a whole file and measures it by EBU R 128 (libebur128): integrated loudness and highest true
/// peak of the sound as it is mixed to one or two channels, and the silence at its end. Nothing: it is
/// silence. In the helper program only.
Result<std::optional<Loudness>> measuredLoudness(TrackFile file, int channels);

} // namespace cycast
