// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ringbuffer.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace cycast
{

RingBuffer::RingBuffer(qint64 capacityBytes)
    : m_capacity(qMax(capacityBytes, blockBytes))
{
}

RingBuffer::~RingBuffer() = default;

void RingBuffer::setCapacity(qint64 capacityBytes)
{
    m_capacity = qMax(capacityBytes, blockBytes);
    trim(0);
    m_spare.clear();
}

double RingBuffer::fillPercent() const
{
    return qMin(100.0, 100.0 * static_cast<double>(available()) / static_cast<double>(m_capacity));
}

qint64 RingBuffer::memoryBytes() const
{
    return static_cast<qint64>(m_blocks.size() + m_spare.size()) * blockBytes +
           static_cast<qint64>(m_frames.size() * sizeof(Frame) + m_marks.size() * sizeof(TitleMark));
}

void RingBuffer::append(const FrameBatch &batch)
{
    trim(batch.bytes.size()); // first, so that a block which falls free is used again at once
    quint64 position = m_end;
    for (const FrameInfo &frame : batch.frames) {
        m_frames.push_back({position, m_endTime});
        if (frame.isStreamHeader)
            markStream(position, m_streamMarks.empty() ? StreamFormat() : m_streamMarks.back().format,
                       batch.bytes.sliced(static_cast<qsizetype>(position - m_end), frame.size));
        position += frame.size;
        m_endTime += frame.duration;
    }
    write(batch.bytes);
    Q_ASSERT(position == m_end);
}

void RingBuffer::write(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const quint64 block = m_end / blockBytes;
        const qint64 offset = static_cast<qint64>(m_end % blockBytes);
        if (m_blocks.empty())
            m_firstBlock = block;
        if (block == m_firstBlock + m_blocks.size()) {
            if (m_spare.empty()) {
                m_blocks.push_back(std::make_unique_for_overwrite<char[]>(blockBytes));
            } else {
                m_blocks.push_back(std::move(m_spare.back()));
                m_spare.pop_back();
            }
        }
        const qsizetype part = qMin<qint64>(bytes.size(), blockBytes - offset);
        std::memcpy(m_blocks[block - m_firstBlock].get() + offset, bytes.data(), static_cast<size_t>(part));
        bytes = bytes.sliced(part);
        m_end += static_cast<quint64>(part);
    }
}

void RingBuffer::trim(qint64 incomingBytes)
{
    const quint64 wanted = m_end + static_cast<quint64>(incomingBytes);
    while (wanted - m_tail > static_cast<quint64>(m_capacity) && m_tail < m_head) {
        m_frames.pop_front();
        m_tail = m_frames.empty() ? m_end : m_frames.front().position;
    }
    while (!m_blocks.empty() && (m_firstBlock + 1) * blockBytes <= m_tail) {
        releaseBlock(std::move(m_blocks.front()));
        m_blocks.pop_front();
        ++m_firstBlock;
    }
    while (m_marks.size() > 1 && m_marks[1].position <= m_tail)
        m_marks.pop_front();
    while (m_streamMarks.size() > 1 && m_streamMarks[1].position <= m_tail)
        m_streamMarks.pop_front();
}

void RingBuffer::releaseBlock(Block block)
{
    if (m_spare.empty())
        m_spare.push_back(std::move(block));
}

void RingBuffer::addMark(TitleMark mark)
{
    mark.position = m_end;
    mark.time = m_endTime;
    mark.serial = ++m_lastSerial;
    // One that got no audio of its own was never in force.
    if (!m_marks.empty() && m_marks.back().position == m_end)
        m_marks.back() = std::move(mark);
    else
        m_marks.push_back(std::move(mark));
}

void RingBuffer::setFormat(const StreamFormat &format)
{
    if (m_streamMarks.empty() || !m_streamMarks.back().format.isSameKindAs(format))
        markStream(m_end, format, {});
}

void RingBuffer::markStream(quint64 position, const StreamFormat &format, const QByteArray &header)
{
    // One that got no audio of its own was never in force.
    if (!m_streamMarks.empty() && m_streamMarks.back().position == position)
        m_streamMarks.pop_back();
    m_streamMarks.push_back({position, ++m_lastStreamSerial, format, header});
}

void RingBuffer::cut(quint64 position)
{
    position = qMax(m_head, frameAtOrBefore(position));
    if (position >= m_end)
        return;
    m_endTime = timeAt(position);
    m_end = position;
    while (!m_frames.empty() && m_frames.back().position >= position)
        m_frames.pop_back();
    while (!m_marks.empty() && m_marks.back().position >= position)
        m_marks.pop_back();
    while (!m_streamMarks.empty() && m_streamMarks.back().position >= position)
        m_streamMarks.pop_back();
    while (!m_blocks.empty() && (m_firstBlock + m_blocks.size() - 1) * blockBytes >= m_end) {
        releaseBlock(std::move(m_blocks.back()));
        m_blocks.pop_back();
    }
}

void RingBuffer::advanceHead(quint64 position)
{
    m_head = qMax(m_head, frameAtOrBefore(position));
}

QByteArrayView RingBuffer::bytesAt(quint64 position) const
{
    if (position < m_tail || position >= m_end)
        return {};
    const quint64 block = position / blockBytes;
    const quint64 offset = position % blockBytes;
    const quint64 length = std::min<quint64>(blockBytes - offset, m_end - position);
    return {m_blocks[block - m_firstBlock].get() + offset, static_cast<qsizetype>(length)};
}

std::deque<RingBuffer::Frame>::const_iterator RingBuffer::frameBefore(quint64 position) const
{
    const auto after =
        std::upper_bound(m_frames.begin(), m_frames.end(), position,
                         [](quint64 value, const Frame &frame) { return value < frame.position; });
    return after == m_frames.begin() ? after : std::prev(after);
}

Flicks RingBuffer::headTime() const
{
    return timeAt(m_head);
}

Flicks RingBuffer::timeAt(quint64 position) const
{
    return position >= m_end || m_frames.empty() ? m_endTime : frameBefore(position)->time;
}

quint64 RingBuffer::positionAtTime(Flicks time) const
{
    if (time >= m_endTime)
        return m_end;
    const auto after = std::upper_bound(m_frames.begin(), m_frames.end(), time,
                                        [](Flicks value, const Frame &frame) { return value < frame.time; });
    return after == m_frames.begin() ? m_head : std::max(m_head, std::prev(after)->position);
}

quint64 RingBuffer::frameAtOrBefore(quint64 position) const
{
    return position >= m_end || m_frames.empty() ? m_end : frameBefore(position)->position;
}

quint64 RingBuffer::frameAtOrAfter(quint64 position) const
{
    const auto found =
        std::lower_bound(m_frames.begin(), m_frames.end(), position,
                         [](const Frame &frame, quint64 value) { return frame.position < value; });
    return found == m_frames.end() ? m_end : found->position;
}

namespace
{

template<class Mark>
const Mark *inForce(const std::deque<Mark> &marks, quint64 position)
{
    const auto after =
        std::upper_bound(marks.begin(), marks.end(), position,
                         [](quint64 value, const Mark &mark) { return value < mark.position; });
    return after == marks.begin() ? nullptr : &*std::prev(after);
}

} // namespace

const TitleMark *RingBuffer::markAt(quint64 position) const
{
    return inForce(m_marks, position);
}

const StreamMark *RingBuffer::streamMarkAt(quint64 position) const
{
    return inForce(m_streamMarks, position);
}

QByteArray RingBuffer::streamHeaderAt(quint64 position) const
{
    const StreamMark *mark = streamMarkAt(position);
    return mark && mark->position < position ? mark->header : QByteArray();
}

} // namespace cycast
