// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/mpeg/mpegframer.h"

namespace cycast
{

namespace
{

/// A frame that was cut off has the next thing in the file inside of what its header promises.
bool holdsTagMarker(QByteArrayView frame)
{
    return frame.indexOf("TAG") >= 0 || frame.indexOf("ID3") >= 0 || frame.indexOf("LYRICSBEGIN") >= 0;
}

} // namespace

void MpegFramer::forget()
{
    m_inSync = false;
    m_lyrics.stop();
}

qint64 MpegFramer::next(QByteArrayView rest, FrameBatch &out, bool atEnd)
{
    if (m_lyrics.isActive()) {
        const Lyrics3Walker::Step step = m_lyrics.step(rest, atEnd);
        if (step.done)
            m_lyrics.stop();
        if (step.bytes > 0 || !step.done)
            return step.bytes;
    }
    const MpegTagProbe tag = probeMpegTag(rest, atEnd);
    switch (tag.kind) {
    case MpegTagProbe::Kind::NeedsMore:
        return 0;
    case MpegTagProbe::Kind::Lyrics:
        m_lyrics.start();
        [[fallthrough]];
    case MpegTagProbe::Kind::Tag:
        m_inSync = false;
        return tag.bytes;
    case MpegTagProbe::Kind::NotATag:
        break;
    }
    if (rest.front() == '\xFF' && rest.size() < mpegHeaderBytes && !atEnd)
        return 0;
    const std::optional<MpegHeader> header = parseMpegHeader(rest);
    if (!header)
        return skipGarbage(rest);

    const bool continuesStream = m_inSync && sameMpegStream(*header, m_syncHeader);
    if (rest.size() < header->frameBytes) {
        if (!atEnd)
            return 0;
        if (!continuesStream)
            return skipGarbage(rest);
        return skip(rest.size()); // the file ends within its last frame
    }
    const QByteArrayView frame = rest.first(header->frameBytes);
    if (!continuesStream || holdsTagMarker(frame)) {
        const Confirmation confirmation = confirm(*header, rest.sliced(frame.size()), atEnd);
        if (confirmation == Confirmation::NeedsMore)
            return 0;
        if (confirmation == Confirmation::No)
            return skipGarbage(rest);
    }
    take(*header, frame, out);
    return frame.size();
}

MpegFramer::Confirmation MpegFramer::confirm(const MpegHeader &header, QByteArrayView follower, bool atEnd)
{
    if (follower.isEmpty() || (follower.size() < mpegHeaderBytes && follower.front() == '\xFF'))
        return atEnd ? Confirmation::Yes : Confirmation::NeedsMore;
    if (const std::optional<MpegHeader> next = parseMpegHeader(follower))
        return sameMpegStream(header, *next) ? Confirmation::Yes : Confirmation::No;
    switch (probeMpegTag(follower, atEnd).kind) {
    case MpegTagProbe::Kind::NeedsMore:
        return Confirmation::NeedsMore;
    case MpegTagProbe::Kind::NotATag:
        return Confirmation::No;
    default:
        return Confirmation::Yes;
    }
}

void MpegFramer::take(const MpegHeader &header, QByteArrayView frame, FrameBatch &out)
{
    m_inSync = true;
    m_syncHeader = header;
    if (isMpegInfoFrame(header, frame))
        return;
    out.append(frame, header.duration());
    if (m_format.contentType.isEmpty())
        m_format.contentType = "audio/mpeg";
    m_format.bitrateKbps = header.bitrateKbps;
    m_format.sampleRate = header.sampleRate;
    m_format.channels = header.channels;
}

qint64 MpegFramer::skipGarbage(QByteArrayView rest)
{
    m_inSync = false;
    return skipTo(mpegFrameOrTagStarts, rest);
}

} // namespace cycast
