// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace cycast::test
{

/// MPEG-1 Layer III frames, 128 kbit/s, 44.1 kHz, stereo, that say who they are: each carries the number of
/// its source and its own number within it. Decoders hear silence (no main data, no reservoir). The padding
/// follows the standard's pattern, so that they come to 16,000 bytes per second exactly.
inline constexpr double stampedFrameSeconds = 1152.0 / 44100.0;
QByteArray stampedFrame(int source, int sequence);
QByteArray stampedFrames(int source, int count, int first = 0);

/// What was found at one place of a stream.
struct HeardFrame {
    enum class Kind { Stamped, Silent };
    Kind kind = Kind::Stamped;
    int source = 0;
    int sequence = 0;
    qint64 offset = 0; ///< first byte
    qint64 size = 0;
};

/// Consecutive frames of one source, or silence.
struct HeardRun {
    HeardFrame::Kind kind = HeardFrame::Kind::Stamped;
    int source = 0;
    int first = 0;
    int last = 0;
    qint64 offset = 0;
    int count() const { return last - first + 1; }
};

/// Reads a listener's audio from its first byte. Every byte must belong to a whole frame as it was made; the
/// beginning of a frame at the very end is allowed.
class StampedStream
{
public:
    explicit StampedStream(const QByteArray &audio);

    /// A sentence about the first byte that belongs to no frame; empty: there is none.
    QString fault() const { return m_fault; }
    QList<HeardFrame> frames() const { return m_frames; }
    QList<HeardRun> runs() const;
    /// Numbers left out or repeated within one source (0 after the last of a file is a new turn of it).
    /// `lengths`: how many frames each source has, by its number; 0 or missing: endless.
    QString sequenceFault(const QList<int> &lengths) const;
    int count(int source) const;
    int silentFrames() const;
    /// Short, for messages: "2:0-76 3:0-114 silence:12".
    QString summary() const;

private:
    QList<HeardFrame> m_frames;
    QString m_fault;
};

} // namespace cycast::test
