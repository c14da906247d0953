// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/audio/mpegheader.h"
#include "core/audio/mpegtags.h"

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

/// The framer for a MIME type, or null when the type is not supported: MP3 ("audio/mpeg"), AAC in ADTS
/// ("audio/aac", "audio/aacp"), Vorbis, Opus and FLAC in Ogg ("audio/ogg", "application/ogg"), and the other
/// names that programs have for them. An empty type (and curl's application/octet-stream) is guessed from the
/// first bytes. Parameters ("; charset=") and case do not matter.
std::unique_ptr<Framer> makeFramer(QByteArrayView contentType);

/// MPEG-1, 2 and 2.5, Layers I to III, CBR and VBR (ISO/IEC 11172-3, 13818-3).
///
/// Leaves out ID3v1, ID3v2 (2.2 to 2.4, at the start, in the middle, with footer), APEv1/v2, Lyrics3 v1/v2,
/// and the header frames Xing, Info and VBRI, which carry no sound. After garbage, a tag or a change of
/// version, layer or sample rate it takes sync only where a second header of the same stream follows (or a
/// tag, or the end of the input), so that a stray 0xFFE in a picture does not count. While in sync a header
/// of the same stream is trusted, except where a tag begins within the frame: then the frame was cut off.
/// Free-format frames (bitrate index 0) are not supported and count as skipped.
class MpegFramer final : public Framer
{
public:
    void feed(QByteArrayView bytes, FrameBatch &out) override;
    void finish(FrameBatch &out) override;
    StreamFormat format() const override { return m_format; }
    qint64 skippedBytes() const override { return m_skippedBytes; }

private:
    enum class Confirmation : quint8 { No, NeedsMore, Yes };

    /// Decides on as much of `bytes` as it can and says how much that was.
    qsizetype scan(QByteArrayView bytes, FrameBatch &out, bool atEnd);
    /// Decides on what `rest` begins with; how long that is (a tag may be longer than `rest`), 0: cannot
    /// tell.
    qint64 next(QByteArrayView rest, FrameBatch &out, bool atEnd);
    static Confirmation confirm(const MpegHeader &header, QByteArrayView follower, bool atEnd);
    void take(const MpegHeader &header, QByteArrayView frame, FrameBatch &out);
    qint64 skipGarbage(QByteArrayView rest);

    QByteArray m_pending;    ///< not yet decided
    qint64 m_toSkip = 0;     ///< rest of a tag whose length is known
    Lyrics3Walker m_lyrics;  ///< active within a tag whose length is not known
    bool m_inSync = false;   ///< the last thing read was a frame, so the next header is trusted
    MpegHeader m_syncHeader; ///< of the last frame
    qint64 m_skippedBytes = 0;
    StreamFormat m_format;
};

} // namespace cycast
