// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/mpeg/mpegheader.h"
#include "core/audio/mpeg/mpegtags.h"
#include "core/audio/scanningframer.h"

namespace cycast
{

/// MPEG-1, 2 and 2.5, Layers I to III, CBR and VBR (ISO/IEC 11172-3, 13818-3).
///
/// Leaves out ID3v1, ID3v2 (2.2 to 2.4, at the start, in the middle, with footer), APEv1/v2, Lyrics3 v1/v2,
/// and the header frames Xing, Info and VBRI, which carry no sound. After garbage, a tag or a change of
/// version, layer or sample rate it takes sync only where a second header of the same stream follows (or a
/// tag, or the end of the input), so that a stray 0xFFE in a picture does not count. While in sync a header
/// of the same stream is trusted, except where a tag begins within the frame: then the frame was cut off.
/// Free-format frames (bitrate index 0) are not supported and count as skipped.
class MpegFramer final : public ScanningFramer
{
protected:
    qint64 next(QByteArrayView rest, FrameBatch &out, bool atEnd) override;
    void forget() override;

private:
    enum class Confirmation : quint8 { No, NeedsMore, Yes };

    static Confirmation confirm(const MpegHeader &header, QByteArrayView follower, bool atEnd);
    void take(const MpegHeader &header, QByteArrayView frame, FrameBatch &out);
    qint64 skipGarbage(QByteArrayView rest);

    Lyrics3Walker m_lyrics;  ///< active within a tag whose length is not known
    bool m_inSync = false;   ///< the last thing read was a frame, so the next header is trusted
    MpegHeader m_syncHeader; ///< of the last frame
};

} // namespace cycast
