// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/trackfault.h"
#include "core/values/filestamp.h"

#include <functional>

namespace cycast
{

/// For a file that somebody else is writing at this moment: waits until it has some bytes and stands still
/// for 0.3 s, but no longer than 3 s. `look` says how the file is now; its first error is returned. Returns
/// the last stamp. Blocking, on a reader thread or in the helper.
TrackResult<FileStamp> waitForQuiet(const std::function<TrackResult<FileStamp>()> &look);

} // namespace cycast
