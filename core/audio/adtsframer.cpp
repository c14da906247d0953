// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/adtsframer.h"

namespace cycast
{

void AdtsFramer::feed(QByteArrayView bytes, FrameBatch &out)
{
    // In small pieces, so that the memory held stays small however much is fed at once.
    constexpr qsizetype pieceBytes = 4096;
    while (!bytes.isEmpty()) {
        if (m_toSkip > 0) {
            const qsizetype skipped = qMin<qint64>(m_toSkip, bytes.size());
            m_toSkip -= skipped;
            bytes = bytes.sliced(skipped);
            continue;
        }
        const qsizetype piece = qMin(pieceBytes, bytes.size());
        m_pending.append(bytes.first(piece));
        bytes = bytes.sliced(piece);
        m_pending.remove(0, scan(m_pending, out, false));
    }
}

void AdtsFramer::finish(FrameBatch &out)
{
    scan(m_pending, out, true);
    m_pending.clear();
    m_toSkip = 0;
    m_inSync = false;
}

qsizetype AdtsFramer::scan(QByteArrayView bytes, FrameBatch &out, bool atEnd)
{
    qsizetype position = 0;
    while (position < bytes.size()) {
        const QByteArrayView rest = bytes.sliced(position);
        const qint64 decided = next(rest, out, atEnd);
        if (decided == 0)
            break;
        const qsizetype here = qMin<qint64>(decided, rest.size());
        m_toSkip = decided - here;
        position += here;
    }
    return position;
}

qint64 AdtsFramer::next(QByteArrayView rest, FrameBatch &out, bool atEnd)
{
    const MpegTagProbe tag = probeMpegTag(rest, atEnd);
    if (tag.kind == MpegTagProbe::Kind::NeedsMore)
        return 0;
    if (tag.kind == MpegTagProbe::Kind::Tag) {
        m_inSync = false;
        return tag.bytes;
    }
    if (rest.front() == '\xFF' && rest.size() < adtsHeaderBytes && !atEnd)
        return 0;
    const std::optional<AdtsHeader> header = parseAdtsHeader(rest);
    if (!header)
        return skipGarbage(rest);
    const bool continuesStream = m_inSync && sameAdtsStream(*header, m_syncHeader);
    if (rest.size() < header->frameBytes) {
        if (!atEnd)
            return 0;
        if (!continuesStream)
            return skipGarbage(rest);
        m_skippedBytes += rest.size(); // the input ends within its last frame
        return rest.size();
    }
    const QByteArrayView frame = rest.first(header->frameBytes);
    if (!continuesStream) {
        const QByteArrayView follower = rest.sliced(frame.size());
        if (follower.size() < adtsHeaderBytes && !atEnd)
            return 0;
        const std::optional<AdtsHeader> second = parseAdtsHeader(follower);
        const bool isLast = atEnd && follower.isEmpty();
        if (!isLast && !(second && sameAdtsStream(*header, *second)))
            return skipGarbage(rest);
    }
    take(*header, frame, out);
    return frame.size();
}

void AdtsFramer::take(const AdtsHeader &header, QByteArrayView frame, FrameBatch &out)
{
    m_inSync = true;
    m_syncHeader = header;
    out.append(frame, header.duration());
    m_meter.add(frame.size(), header.duration());
    m_format = {"audio/aac", m_meter.kbps(), header.sampleRate, header.channels()};
}

qint64 AdtsFramer::skipGarbage(QByteArrayView rest)
{
    m_inSync = false;
    qsizetype bytes = 1;
    // A frame begins with 0xFF, the tags that are known with one of the letters.
    while (bytes < rest.size() && !QByteArrayView("\xFFITAL").contains(rest[bytes]))
        ++bytes;
    m_skippedBytes += bytes;
    return bytes;
}

} // namespace cycast
