// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/ogg/oggopuspager.h"
#include "core/audio/ringbuffer.h"
#include "core/codec/stationformat.h"

namespace cycast
{

/// Makes frames from whatever reader or encoder the next frames of one stream. Only Ogg needs it: pages are
/// numbered by their place in the stream, which is known when they are appended, and not before: read-ahead
/// is cut and read again. One logical stream lasts as long as nothing else comes in between.
class StationStream
{
public:
    void setFormat(const StationFormat &format);
    const StationFormat &format() const { return m_format; }

    /// Before `batch` is appended to the ring.
    void join(FrameBatch &batch, const RingBuffer &ring);

private:
    StationFormat m_format;
    OggPageStamper m_stamper;
};

} // namespace cycast
