// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/values/track.h"

#include <deque>
#include <memory>
#include <vector>

namespace cycast
{

/// "From this stream position on, this is what plays."
struct TitleMark {
    quint64 position = 0;   ///< set by RingBuffer::addMark
    quint64 serial = 0;     ///< counts up over the life of the ring; set by addMark
    Flicks time = 0;        ///< stream time at `position`; set by addMark
    Flicks trackOffset = 0; ///< how far into the track it starts (a resumed track)
    TrackInfo track;
    QByteArray icyBlock; ///< ready to be sent, length byte included (icymetadata.h)
};

/// "From this stream position on, the stream is of this kind."
struct StreamMark {
    quint64 position = 0; ///< set by RingBuffer
    quint64 serial = 0;   ///< counts up; set by RingBuffer
    StreamFormat format;
    /// Header pages of the Ogg stream that begins here. They are in the ring as well, as its first frame.
    QByteArray header;
};

/// The stream in memory: history already broadcast, then what was read ahead.
///
///     tail ........ head ........ end          positions: bytes since the ring was made, 64 bit
///     |<- history ->|<- available ->|          available + space == capacity
///
/// `head` is the broadcast position (what has been due so far); everything between the positions handed in
/// and out of here is on frame boundaries unless said otherwise. Memory is a queue of blocks, taken as data
/// arrives and given back when the capacity shrinks: changing the size moves no byte and a listener's
/// position stays good. Oldest history goes first; what is read ahead is never overwritten.
///
/// Owned by Mount, used in the station's thread only.
class RingBuffer
{
public:
    static constexpr qint64 blockBytes = 256 * 1024;

    /// `capacityBytes`: at least one block.
    explicit RingBuffer(qint64 capacityBytes);
    ~RingBuffer();
    RingBuffer(const RingBuffer &) = delete;
    RingBuffer &operator=(const RingBuffer &) = delete;

    qint64 capacity() const { return m_capacity; }
    /// Takes effect at once. Smaller than what is read ahead: history goes, the read-ahead stays.
    void setCapacity(qint64 capacityBytes);

    quint64 tail() const { return m_tail; } ///< oldest frame boundary still held
    quint64 head() const { return m_head; } ///< broadcast up to here
    quint64 end() const { return m_end; }   ///< next byte to be appended
    qint64 available() const { return static_cast<qint64>(m_end - m_head); }
    qint64 space() const { return qMax<qint64>(0, m_capacity - available()); }
    double fillPercent() const; ///< 0-100
    qint64 memoryBytes() const; ///< what the blocks and the index take

    /// Appends whole frames. The caller keeps to `space()`; more than that is still taken (a live source is
    /// never torn) and costs history first.
    void append(const FrameBatch &batch);
    /// Stamps the current end. Takes the place of a mark that stands there already and has no audio.
    void addMark(TitleMark mark);
    /// What is appended from here on is of this kind; a player that was told another one cannot go on with
    /// it. Does nothing while the kind stays the same.
    void setFormat(const StreamFormat &format);
    /// Drops everything from `position` (a frame boundary, head <= position <= end) on, marks included.
    void cut(quint64 position);
    /// Moves the head forward to a frame boundary (head <= position <= end); a position within a frame counts
    /// as that frame's start, one behind the head changes nothing.
    void advanceHead(quint64 position);

    /// Contiguous bytes from any position in [tail, end); ends at a block's edge or at the end.
    QByteArrayView bytesAt(quint64 position) const;

    Flicks headTime() const;                     ///< stream time at the head
    Flicks endTime() const { return m_endTime; } ///< stream time at the end
    /// Stream time of the frame boundary at or before `position` (clamped to [tail, end]).
    Flicks timeAt(quint64 position) const;
    /// The last frame boundary whose time is <= `time`, between head and end.
    quint64 positionAtTime(Flicks time) const;
    /// The frame boundary at or before / at or after any position, clamped to [tail, end].
    quint64 frameAtOrBefore(quint64 position) const;
    quint64 frameAtOrAfter(quint64 position) const;

    /// The mark in force at a position, or null before the first. Marks whose audio has left the history
    /// stay as long as they are in force for the tail.
    const TitleMark *markAt(quint64 position) const;
    const std::deque<TitleMark> &marks() const { return m_marks; }

    /// What kind of stream stands at a position, or null before the first setFormat(). Kept like title marks.
    const StreamMark *streamMarkAt(quint64 position) const;
    const std::deque<StreamMark> &streamMarks() const { return m_streamMarks; }
    /// What a player that starts at this frame boundary needs first: the header pages in force there; empty
    /// when there are none, or when they come next anyway.
    QByteArray streamHeaderAt(quint64 position) const;

private:
    struct Frame {
        quint64 position; ///< first byte
        Flicks time;      ///< stream time at the first byte
    };
    using Block = std::unique_ptr<char[]>;

    void write(QByteArrayView bytes);
    void markStream(quint64 position, const StreamFormat &format, const QByteArray &header);
    /// Makes room for what is about to come, out of the history.
    void trim(qint64 incomingBytes);
    void releaseBlock(Block block);
    std::deque<Frame>::const_iterator frameBefore(quint64 position) const;

    qint64 m_capacity;
    quint64 m_tail = 0;
    quint64 m_head = 0;
    quint64 m_end = 0;
    Flicks m_endTime = 0;
    quint64 m_firstBlock = 0; ///< index of m_blocks.front(): position / blockBytes
    std::deque<Block> m_blocks;
    std::vector<Block> m_spare; ///< at most one, so that a steady stream allocates nothing
    std::deque<Frame> m_frames; ///< tail to end
    std::deque<TitleMark> m_marks;
    quint64 m_lastSerial = 0;
    std::deque<StreamMark> m_streamMarks;
    quint64 m_lastStreamSerial = 0;
};

} // namespace cycast
