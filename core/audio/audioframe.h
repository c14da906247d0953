// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QtGlobal>

namespace cycast
{

/// Stream time in units of 1/705,600,000 s. Every sample rate in use (8 to 192 kHz) divides it, so that
/// sums of frame durations are exact for years; nanoseconds would lose a frame a week.
using Flicks = qint64;
inline constexpr Flicks flicksPerSecond = 705'600'000;

constexpr Flicks flicksForSamples(qint64 samples, int sampleRate)
{
    return samples * (flicksPerSecond / sampleRate);
}
constexpr double secondsOf(Flicks flicks)
{
    return static_cast<double>(flicks) / static_cast<double>(flicksPerSecond);
}
/// 7056 flicks are 10,000 ns exactly; split so that no 64-bit product overflows within a century.
constexpr Flicks flicksFromNs(qint64 ns)
{
    return ns / 10'000 * 7056 + ns % 10'000 * 7056 / 10'000;
}
constexpr qint64 nsFromFlicks(Flicks flicks)
{
    return flicks / 7056 * 10'000 + flicks % 7056 * 10'000 / 7056;
}

/// One whole frame inside a FrameBatch: an MPEG or ADTS frame, or a page of Ogg.
struct FrameInfo {
    quint32 size = 0;    ///< bytes, header included
    Flicks duration = 0; ///< what it plays for
    /// All header pages of the Ogg stream that begins here, as one frame of no duration. Whoever joins later
    /// needs it before anything else.
    bool isStreamHeader = false;

    bool operator==(const FrameInfo &) const = default;
};

/// Whole frames, back to back: the sum of `frames[i].size` equals `bytes.size()`.
struct FrameBatch {
    QByteArray bytes;
    QList<FrameInfo> frames;

    bool isEmpty() const { return frames.isEmpty(); }
    Flicks duration() const
    {
        Flicks sum = 0;
        for (const FrameInfo &frame : frames)
            sum += frame.duration;
        return sum;
    }
    void append(QByteArrayView frameBytes, Flicks frameDuration)
    {
        bytes.append(frameBytes);
        frames.append({static_cast<quint32>(frameBytes.size()), frameDuration});
    }
    void appendStreamHeader(QByteArrayView headerBytes)
    {
        bytes.append(headerBytes);
        frames.append({static_cast<quint32>(headerBytes.size()), 0, true});
    }
    void append(const FrameBatch &more)
    {
        bytes.append(more.bytes);
        frames.append(more.frames);
    }
    bool operator==(const FrameBatch &) const = default;
};

/// What a stream says about itself; zero means unknown.
struct StreamFormat {
    QByteArray contentType; ///< "audio/mpeg", "audio/aac", "audio/ogg"
    int bitrateKbps = 0;    ///< of the newest frame or, without a fixed one, of the last seconds
    int sampleRate = 0;     ///< Hz
    int channels = 0;
    QByteArray codec = {}; ///< within Ogg: "vorbis", "opus", "flac"; otherwise empty

    /// Whether a player that was told the one can go on with the other.
    bool isSameKindAs(const StreamFormat &other) const
    {
        return contentType == other.contentType && codec == other.codec;
    }
    bool operator==(const StreamFormat &) const = default;
};

} // namespace cycast
