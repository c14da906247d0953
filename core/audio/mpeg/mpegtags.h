// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace cycast
{

/// What stands at the beginning of some bytes of an MPEG file, as far as tags are concerned.
struct MpegTagProbe {
    enum class Kind : quint8 {
        NotATag,
        NeedsMore, ///< could become a tag; the bytes do not tell yet
        Tag,       ///< `bytes` long, whatever is in it
        Lyrics,    ///< Lyrics3 begins: its first `bytes` are the marker, its length is not known in advance
    };
    Kind kind = Kind::NotATag;
    qint64 bytes = 0;
};

/// What a frame (0xFF) or one of the tags may begin with.
inline constexpr QByteArrayView mpegFrameOrTagStarts = "\xFFITAL";

/// Knows ID3v1 (and its "TAG+" extension), ID3v2.2 to 2.4, APEv1/v2 and the start of Lyrics3. Decides on the
/// first `maxMpegTagProbeBytes` bytes at the latest; with `atEnd` no more bytes will come, so that NeedsMore
/// is never the answer.
MpegTagProbe probeMpegTag(QByteArrayView bytes, bool atEnd);

inline constexpr qsizetype maxMpegTagProbeBytes = 230;

/// Walks through Lyrics3 v1 (text up to "LYRICSEND") and v2 (fields with their lengths, "LYRICS200") without
/// holding any of it.
class Lyrics3Walker
{
public:
    /// What to do with the bytes at hand: nothing yet (`bytes` 0, not done), leave out `bytes` of them and
    /// whatever follows up to that number, or, when `done`, leave out `bytes` and read on as usual.
    struct Step {
        qint64 bytes = 0;
        bool done = false;
    };

    void start()
    {
        *this = {};
        m_active = true;
    }
    void stop() { m_active = false; }
    bool isActive() const { return m_active; }
    Step step(QByteArrayView bytes, bool atEnd);

private:
    bool m_active = false;
    bool m_inText = false; ///< v1: no field and no size was found where v2 has one
    int m_textBytes = 0;
};

} // namespace cycast
