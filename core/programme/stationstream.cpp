// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/stationstream.h"

#include "core/audio/ogg/oggpage.h"

namespace cycast
{

namespace
{

/// The beginning of the last frame in the ring, as much as a page header takes.
QByteArray lastFrameStart(const RingBuffer &ring)
{
    if (ring.end() <= ring.tail())
        return {};
    QByteArray bytes;
    quint64 place = ring.frameAtOrBefore(ring.end() - 1);
    while (bytes.size() < oggPageHeaderBytes && place < ring.end()) {
        const QByteArrayView part = ring.bytesAt(place); // ends at a block's edge
        bytes += part.first(qMin(part.size(), oggPageHeaderBytes - bytes.size()));
        place += static_cast<quint64>(part.size());
    }
    return bytes;
}

} // namespace

void StationStream::setFormat(const StationFormat &format)
{
    if (format.codec != m_format.codec || format.channels != m_format.channels)
        m_stamper.start(m_stamper.serial() + 1);
    m_format = format;
}

void StationStream::join(FrameBatch &batch, const RingBuffer &ring)
{
    if (m_format.codec != StationCodec::Opus || batch.isEmpty())
        return;
    if (m_stamper.continueBehind(lastFrameStart(ring))) {
        m_stamper.stamp(batch);
        return;
    }
    m_stamper.start(m_stamper.serial() + 1);
    m_stamper.stamp(batch);
    FrameBatch stream;
    stream.appendStreamHeader(oggOpusHeader(m_stamper.serial(), m_format.channels));
    stream.append(batch);
    batch = stream;
}

} // namespace cycast
