// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/mpeg/mpegstream.h"

#include "core/audio/mpeg/mpegheader.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

std::optional<MpegHeader> lastHeaderOf(const FrameBatch &batch)
{
    if (batch.isEmpty())
        return {};
    return parseMpegHeader(QByteArrayView(batch.bytes).last(batch.frames.constLast().size));
}

class MpegSilence final : public Silence
{
public:
    explicit MpegSilence(const StreamFormat &like)
        : m_header(mpegHeaderFor(like.sampleRate, like.channels, like.bitrateKbps))
        , m_format(like)
    {
    }

    void follow(const FrameBatch &batch, const StreamFormat &format) override
    {
        const auto header = lastHeaderOf(batch);
        if (!header)
            return;
        m_header = *header;
        m_format = format;
    }
    StreamFormat format() const override { return m_format; }
    FrameBatch frames(Flicks duration) const override
    {
        const QByteArray frame = silentMpegFrame(m_header);
        FrameBatch batch;
        for (Flicks time = 0; time < duration; time += m_header.duration())
            batch.append(frame, m_header.duration());
        return batch;
    }

private:
    MpegHeader m_header; ///< of the frame that was heard last
    StreamFormat m_format;
};

} // namespace

QString MpegStream::name() const
{
    return u"mp3"_s;
}

bool MpegStream::isTakenFrom(QStringView container) const
{
    return container == "mp3"_L1;
}

StreamFormat MpegStream::formatOf(const FrameBatch &batch, const StreamFormat &told) const
{
    const auto header = lastHeaderOf(batch);
    if (!header)
        return told;
    const Flicks duration = batch.duration();
    // The mean over a second or more is right for VBR too; of a few live frames it would only flicker.
    const int kbps = duration >= flicksPerSecond
                         ? qRound(static_cast<double>(batch.bytes.size()) * 8 / 1000 / secondsOf(duration))
                         : header->bitrateKbps;
    return format(kbps, header->sampleRate, header->channels);
}

std::unique_ptr<Silence> MpegStream::silence(const StreamFormat &like) const
{
    return std::make_unique<MpegSilence>(like);
}

} // namespace cycast
