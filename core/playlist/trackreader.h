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

    /// Skips whole frames up to `offset` from the start (from where it is, when something was read already).
    /// A Layer III frame may use up to 511 bytes of main data from frames before it (the bit reservoir,
    /// ISO/IEC 11172-3 2.4.2.7), and at a cut those are missing. The one to three frames after the cut that
    /// reach back before it come muted: same size and duration, their main data in place for the frames that
    /// follow, so that a decoder joins without garbage and the timing stays exact.
    void seek(Flicks offset);
    /// Skips to the frame at exactly `offset`, unmuted: the listeners have heard the frames before it.
    void continueAt(Flicks offset);

    /// The next frames, about `bytes` of them (at least one when there is one). An empty batch: the end.
    /// A read error in the middle is an error; what was delivered before stays good.
    Result<FrameBatch> read(qint64 bytes);

    StreamFormat format() const { return m_framer.format(); }
    bool atEnd() const { return m_atEnd; }

private:
    TrackReader() = default;
    /// Reads on until at least one more frame is ready or the file has ended.
    Result<void> fill();
    QByteArray joined(QByteArrayView frame);

    QFile m_file;
    QString m_name; ///< for sentences
    MpegFramer m_framer;
    FrameBatch m_ready; ///< framed, not yet handed out
    qsizetype m_readyFrame = 0;
    qsizetype m_readyByte = 0;
    Flicks m_skip = 0;
    bool m_joining = false; ///< after a seek: the reservoir is still incomplete
    int m_reservoir = 0;    ///< main data bytes handed out since the cut
    bool m_fileEnded = false;
    bool m_atEnd = false;
};

} // namespace cycast
