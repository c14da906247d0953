// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/framing.h"
#include "core/result.h"

#include <QFile>

namespace cycast
{

/// One file as frames, bit for bit, tags left out. Blocking: it is used on a reader thread, by one owner at a
/// time, never in the station's thread.
class TrackReader
{
public:
    /// Refuses, with a sentence, what cannot be played: missing, not readable, a folder, a pipe or device
    /// (which could block for ever), empty, no MPEG audio within the first 1 MiB after its tags.
    static Result<std::unique_ptr<TrackReader>> open(const QString &path);

    /// Skips whole frames up to `offset` from the start. The first frames after it whose bit reservoir
    /// reaches back before the cut (at most 511 bytes, ISO/IEC 11172-3 2.4.2.7) are left out as well, so that
    /// a decoder never joins garbage.
    void seek(Flicks offset);

    /// The next frames, about `bytes` of them (at least one when there is one). An empty batch: the end.
    /// A read error in the middle is an error; what was delivered before stays good.
    Result<FrameBatch> read(qint64 bytes);

    StreamFormat format() const { return m_framer.format(); }
    bool atEnd() const { return m_atEnd; }

private:
    TrackReader() = default;
    Result<void> fill();

    QFile m_file;
    MpegFramer m_framer;
    FrameBatch m_ready; ///< framed, not yet handed out
    qsizetype m_readyFrame = 0;
    qsizetype m_readyByte = 0;
    Flicks m_skip = 0;
    bool m_joining = false; ///< after a seek: reservoir still incomplete
    int m_reservoir = 0;
    bool m_atEnd = false;
};

} // namespace cycast
