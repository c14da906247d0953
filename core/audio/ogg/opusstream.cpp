// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/ogg/opusstream.h"

#include "core/audio/ogg/oggopuspager.h"
#include "core/audio/ogg/oggpage.h"
#include "core/audio/ringbuffer.h"

#include <atomic>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

class OpusSilence final : public Silence
{
public:
    explicit OpusSilence(const StreamFormat &like)
        : m_format(like)
    {
    }
    StreamFormat format() const override { return m_format; }
    FrameBatch frames(Flicks duration) const override
    {
        FrameBatch pages;
        OggOpusPager pager;
        while (pages.duration() < duration)
            pager.add(silentOpusPacket(m_format.channels), stationOpusSamples, pages);
        return pages;
    }

private:
    StreamFormat m_format;
};

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

/// Every one of them has streams of its own, told apart by their serial numbers.
quint32 newSerial()
{
    static std::atomic<quint32> last = 0;
    return ++last;
}

class OpusJoiner final : public StreamJoiner
{
public:
    explicit OpusJoiner(int channels)
        : m_channels(channels)
    {
        m_stamper.start(newSerial());
    }

    void join(FrameBatch &batch, const RingBuffer &ring) override
    {
        if (batch.isEmpty())
            return;
        if (m_stamper.continueBehind(lastFrameStart(ring))) {
            m_stamper.stamp(batch);
            return;
        }
        m_stamper.start(newSerial());
        m_stamper.stamp(batch);
        FrameBatch stream;
        stream.appendStreamHeader(oggOpusHeader(m_stamper.serial(), m_channels));
        stream.append(batch);
        batch = stream;
    }

private:
    int m_channels;
    OggPageStamper m_stamper;
};

} // namespace

QString OpusStream::name() const
{
    return u"opus"_s;
}

bool OpusStream::isTakenFrom(QStringView container) const
{
    return container == "ogg"_L1;
}

std::unique_ptr<Silence> OpusStream::silence(const StreamFormat &like) const
{
    return std::make_unique<OpusSilence>(like);
}

std::unique_ptr<StreamJoiner> OpusStream::joiner(int channels) const
{
    return std::make_unique<OpusJoiner>(channels);
}

} // namespace cycast
