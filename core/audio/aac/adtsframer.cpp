// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/adtsframer.h"

#include "core/audio/mpeg/mpegtags.h"

namespace cycast
{

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
        return skip(rest.size()); // the input ends within its last frame
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
    return skipTo(mpegFrameOrTagStarts, rest);
}

} // namespace cycast
