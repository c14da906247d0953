// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

namespace cycast
{

/// Frames of one format, one after the other.
struct FormatRun {
    StreamFormat format;
    FrameBatch batch;
};

/// Cuts what a framer gives where sample rate, channels or (in Ogg) codec change: a batch may hold the end of
/// one kind and the beginning of the next, and Framer::format() tells the newest only. Every frame is in
/// exactly one run. One per stream, fed in order; never blocks.
class FormatRuns
{
public:
    /// `newest`: the framer's format behind this batch.
    QList<FormatRun> split(const FrameBatch &batch, const StreamFormat &newest);

private:
    StreamFormat m_current; ///< of the last frame so far
};

} // namespace cycast
