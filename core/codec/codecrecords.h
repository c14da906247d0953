// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/base/sentence.h"
#include "core/codec/mediafacts.h"
#include "core/codec/trackfault.h"

#include <QString>

#include <optional>

namespace cycast
{

/// What goes between the station and the helper program. On the wire: the length of the rest in four bytes
/// (big-endian), one byte for the kind, the values as QDataStream writes them. With the first byte of a
/// record about a file comes its descriptor: the helper opens nothing itself. The station trusts no record: a
/// decoder that was taken over by a hostile file can send anything.
struct CodecRecord {
    enum class Kind : quint8 {
        // To the helper.
        Track = 1, ///< name, offset, gainDb, fades, and a file: decode, copy or measure this next
        Finish,    ///< nothing follows: give out what is held back
        Look,      ///< name, and a file: tell what is in it
        Cover,     ///< likewise: its picture
        // From the helper.
        Frames,   ///< batch
        TrackEnd, ///< the track is decoded; text, fault: why it could not be, or not to its end; empty: all
                  ///< is well
        Finished,
        Loudness,   ///< lufs (0: silence), peakDb, silentEndMs, or text: why it could not be measured
        Facts,      ///< facts
        Picture,    ///< bytes: the next part of it; none: that was all
        Sound,      ///< sampleRate, channels, bytes: floats, the channels beside one another
        TrackBegin, ///< the frames so far were of the track before; only of tracks that are encoded
    };
    Kind kind = Kind::Finish;
    QString name; ///< of the file, without its folders
    Flicks offset = 0;
    double gainDb = 0.0;
    bool fades = true; ///< with the tracks before and after it
    FrameBatch batch;
    Sentence text;
    TrackFault fault = TrackFault::File;
    double lufs = 0.0;
    double peakDb = 0.0;
    qint32 silentEndMs = 0;
    MediaFacts facts;
    QByteArray bytes;
    qint32 sampleRate = 0;
    qint32 channels = 0;

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
