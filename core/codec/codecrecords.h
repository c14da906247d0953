// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

#include <QString>

#include <optional>

namespace cycast
{

/// What goes between the station and the helper program. On the wire: the length of the rest in four bytes
/// (big-endian), one byte for the kind, the values as QDataStream writes them. The station trusts no record:
/// a decoder that was taken over by a hostile file can send anything.
struct CodecRecord {
    enum class Kind : quint8 {
        // To the helper.
        Track = 1, ///< path, offset, gainDb, fades: decode or copy this next
        Finish,    ///< nothing follows: give out what is held back
        // From the helper.
        Frames,   ///< batch
        TrackEnd, ///< the track is decoded; text: why it could not be, or not to its end; empty: all is well
        Finished,
        Loudness,   ///< lufs (0: silence), peakDb, silentEndMs, or text: why it could not be measured
        TrackBegin, ///< the frames so far were of the track before; only of tracks that are encoded
    };
    Kind kind = Kind::Finish;
    QString path;
    Flicks offset = 0;
    double gainDb = 0.0;
    bool fades = true; ///< with the tracks before and after it
    FrameBatch batch;
    QString text;
    double lufs = 0.0;
    double peakDb = 0.0;
    qint32 silentEndMs = 0;

    bool operator==(const CodecRecord &) const = default;
};

inline constexpr qsizetype maxCodecRecordBytes = 4 * 1024 * 1024;

QByteArray encodeRecord(const CodecRecord &record);

/// Cuts a byte stream into records. After something impossible it is broken for good.
class CodecRecordReader
{
public:
    void feed(QByteArrayView bytes) { m_bytes.append(bytes); }
    /// The next whole record; nothing when more bytes are needed or the stream is broken.
    std::optional<CodecRecord> next();
    bool isBroken() const { return m_isBroken; }

private:
    QByteArray m_bytes;
    qsizetype m_place = 0;
    bool m_isBroken = false;
};

} // namespace cycast
