// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

#include <memory>

namespace cycast
{

/// Cuts a byte stream into whole audio frames. Fed any split of the same bytes it gives the same frames.
/// Keeps less than one frame plus one tag header of memory; never blocks, no sockets, no files.
/// Not thread-safe: one owner.
class Framer
{
public:
    virtual ~Framer() = default;

    /// Appends to `out` every frame that is now certain.
    virtual void feed(QByteArrayView bytes, FrameBatch &out) = 0;
    /// The input has ended: what was held back to confirm it comes out, a cut-off frame does not.
    virtual void finish(FrameBatch &out) = 0;
    /// Of the frames so far; zeroes before the first one.
    virtual StreamFormat format() const = 0;
    /// Bytes that were neither audio frames nor known tags (garbage, cut-off frames).
    virtual qint64 skippedBytes() const = 0;
};

/// The framer for a source that announces this MIME type, or null when nothing of that kind is supported: MP3
/// ("audio/mpeg"), AAC in ADTS ("audio/aac", "audio/aacp"), Vorbis, Opus and FLAC in Ogg ("audio/ogg",
/// "application/ogg"), the other names that programs have for them, none, and curl's
/// application/octet-stream. Which of them it is, the bytes say (guessingframer.h). Parameters
/// ("; charset=") and case do not matter.
std::unique_ptr<Framer> makeFramer(QByteArrayView contentType);

} // namespace cycast
