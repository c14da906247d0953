// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/framing.h"

#include <QString>

#include <memory>
#include <optional>

namespace cycast
{

class RingBuffer;

enum class StationCodec : quint8 {
    Mp3,
    Aac, ///< AAC-LC in ADTS
    Opus ///< in Ogg
};

/// The station's own silence in one stream: like what was heard there last, so that a player need not change
/// anything.
class Silence
{
public:
    Silence() = default;
    virtual ~Silence() = default;
    Q_DISABLE_COPY_MOVE(Silence)

    /// Frames of this kind go into the stream, the station's own or a live source's.
    virtual void follow(const FrameBatch &, const StreamFormat &) {}
    /// What it is.
    virtual StreamFormat format() const = 0;
    /// Whole frames, at least `duration` long.
    virtual FrameBatch frames(Flicks duration) const = 0;
};

/// Makes frames from whatever reader or encoder the next frames of one stream. Most stand alone; this does
/// nothing.
class StreamJoiner
{
public:
    StreamJoiner() = default;
    virtual ~StreamJoiner() = default;
    Q_DISABLE_COPY_MOVE(StreamJoiner)

    /// Before `batch` is appended to the ring.
    virtual void join(FrameBatch &, const RingBuffer &) {}
};

/// All that is said of one codec that the station can send, in one object: there is one of each. Whoever
/// wants to know something about a codec asks here instead of comparing names. Pure, for all threads.
class StreamKind
{
public:
    static const StreamKind &of(StationCodec codec);
    /// By its name in the settings, "mp3"; null: there is none.
    static const StreamKind *named(QStringView name);

    virtual ~StreamKind() = default;
    Q_DISABLE_COPY_MOVE(StreamKind)

    virtual StationCodec codec() const = 0;
    /// In the settings, and as SoundFacts::codec has it.
    virtual QString name() const = 0;
    virtual QByteArray contentType() const = 0;
    /// What is in its container; empty where it has none.
    virtual QByteArray innerCodec() const { return {}; }
    StreamFormat format(int bitrateKbps, int sampleRate, int channels) const;

    /// Its frames are taken from such files (SoundFacts::container) as they are.
    virtual bool isTakenFrom(QStringView container) const = 0;
    /// A file's frames are cut out by our own framer; otherwise the helper program takes them from the file.
    virtual bool isCutByFramer() const { return false; }
    /// Frames of a file that fits in rate and channels may still need its headers (SoundFacts::isPlain).
    virtual bool needsPlainFrames() const { return true; }
    /// Every frame carries its loudness, which can be changed in place.
    virtual bool hasGainInFrames() const { return true; }
    /// It is decoded at one rate and in stereo whatever was put in.
    virtual bool isDecodedAlike() const { return false; }

    /// For a stream that is announced as this kind.
    std::unique_ptr<Framer> framer() const { return makeFramer(contentType()); }
    /// Of some frames of the station's own, of which `told` is what the settings say.
    virtual StreamFormat formatOf(const FrameBatch &, const StreamFormat &told) const { return told; }
    virtual std::unique_ptr<Silence> silence(const StreamFormat &like) const = 0;
    virtual std::unique_ptr<StreamJoiner> joiner(int channels) const;

protected:
    StreamKind() = default;
};

/// What frames come in, which other codecs than the station's may share.
struct StreamContainer {
    QByteArray name;    ///< for people, "Ogg"
    QString demuxer;    ///< as the helper program calls it
    QString fileEnding; ///< ".ogg"
};
/// Of a content type; null: nothing of ours. Case and parameters do not matter.
const StreamContainer *streamContainerOf(QByteArrayView contentType);

} // namespace cycast
