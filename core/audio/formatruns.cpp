// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/formatruns.h"

#include "core/audio/aac/adtsheader.h"
#include "core/audio/mpeg/mpegheader.h"
#include "core/audio/ogg/oggcodec.h"
#include "core/audio/ogg/oggpage.h"

namespace cycast
{
namespace
{

bool isAlike(const StreamFormat &a, const StreamFormat &b)
{
    return a.isSameKindAs(b) && a.sampleRate == b.sampleRate && a.channels == b.channels;
}

StreamFormat readMpeg(QByteArrayView frame, StreamFormat before)
{
    if (const auto header = parseMpegHeader(frame)) {
        before.bitrateKbps = header->bitrateKbps;
        before.sampleRate = header->sampleRate;
        before.channels = header->channels;
    }
    return before;
}

StreamFormat readAdts(QByteArrayView frame, StreamFormat before)
{
    if (const auto header = parseAdtsHeader(frame)) {
        before.sampleRate = header->sampleRate;
        before.channels = header->channels();
    }
    return before;
}

StreamFormat readOggHeader(QByteArrayView header, StreamFormat before)
{
    const OggProbe probe = probeOggPage(header);
    if (probe.kind != OggProbe::Kind::Page)
        return before;
    QByteArrayView packet;
    probe.page.forEachPacket([&packet](QByteArrayView part, bool, bool) {
        if (packet.isNull())
            packet = part;
    });
    if (const auto codec = parseOggCodec(packet)) {
        before.bitrateKbps = codec->bitrateKbps;
        before.sampleRate = codec->sampleRate;
        before.channels = codec->channels;
        before.codec = codec->name();
    }
    return before;
}

} // namespace

QList<FormatRun> FormatRuns::split(const FrameBatch &batch, const StreamFormat &newest)
{
    m_current.contentType = newest.contentType;
    QList<FormatRun> runs;
    qsizetype runFrom = 0; // first byte
    qsizetype firstFrame = 0;
    qsizetype at = 0;
    const auto close = [&](qsizetype frames) {
        if (frames == firstFrame)
            return;
        FormatRun run{m_current, {}};
        if (frames - firstFrame == batch.frames.size()) {
            run.batch = batch;
        } else {
            run.batch.bytes = batch.bytes.sliced(runFrom, at - runFrom);
            run.batch.frames = batch.frames.sliced(firstFrame, frames - firstFrame);
        }
        runs.append(run);
        runFrom = at;
        firstFrame = frames;
    };
    for (qsizetype i = 0; i < batch.frames.size(); ++i) {
        const FrameInfo &info = batch.frames.at(i);
        const QByteArrayView frame = QByteArrayView(batch.bytes).sliced(at, info.size);
        StreamFormat format = m_current;
        if (newest.contentType == "audio/mpeg")
            format = readMpeg(frame, m_current);
        else if (newest.contentType == "audio/aac")
            format = readAdts(frame, m_current);
        else if (info.isStreamHeader)
            format = readOggHeader(frame, m_current);
        if (!isAlike(format, m_current))
            close(i);
        m_current = format;
        at += info.size;
    }
    close(batch.frames.size());
    if (!runs.isEmpty() && isAlike(runs.constLast().format, newest))
        runs.last().format = newest; // with the bit rate as measured
    return runs;
}

} // namespace cycast
