// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/audio/mpegheader.h"

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

/// The framer for a MIME type ("audio/mpeg"; an empty type counts as MP3, as Icecast does for SOURCE),
/// or null when the type is not supported. Parameters ("; charset=") and case do not matter.
std::unique_ptr<Framer> makeFramer(QByteArrayView contentType);

/// MPEG-1, 2 and 2.5, Layers I to III, CBR and VBR (ISO/IEC 11172-3, 13818-3).
///
/// Leaves out ID3v1, ID3v2 (2.2 to 2.4, at the start, in the middle, with footer), APEv1/v2, Lyrics3 v1/v2,
/// and the header frames Xing, Info and VBRI, which carry no sound. After garbage it takes sync again only
/// where a second header of the same version, layer and sample rate follows, so that a stray 0xFFE in a
/// picture does not count. Free-format frames (bitrate index 0) are not supported and count as skipped.
class MpegFramer final : public Framer
{
public:
    void feed(QByteArrayView bytes, FrameBatch &out) override;
    void finish(FrameBatch &out) override;
    StreamFormat format() const override { return m_format; }
    qint64 skippedBytes() const override { return m_skippedBytes; }

private:
    void scan(FrameBatch &out, bool atEnd);

    QByteArray m_pending;     ///< not yet decided
    qint64 m_toSkip = 0;      ///< rest of a tag whose length is known
    bool m_inSync = false;    ///< the last thing read was a frame, so the next header is trusted
    quint32 m_syncHeader = 0; ///< header of the last frame
    qint64 m_skippedBytes = 0;
    StreamFormat m_format;
};

} // namespace cycast
