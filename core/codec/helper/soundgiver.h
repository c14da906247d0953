// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/codecrecords.h"

#include <optional>

struct AVFrame;

namespace cycast
{

/// A decoded frame as a Sound record: the channels beside one another, -1 to 1. Nothing of formats that no
/// decoder of ours gives. In the helper program only.
std::optional<CodecRecord> soundRecord(const AVFrame &frame, int skip);

} // namespace cycast
