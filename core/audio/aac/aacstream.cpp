// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/aacstream.h"

#include "core/audio/aac/adtswriter.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

class AacSilence final : public Silence
{
public:
    explicit AacSilence(const StreamFormat &like)
        : m_format(like)
    {
    }
    StreamFormat format() const override { return m_format; }
    FrameBatch frames(Flicks duration) const override
    {
        const QByteArray frame = silentAdtsFrame(m_format.sampleRate, m_format.channels);
        const Flicks each = flicksForSamples(adtsSamplesPerFrame, m_format.sampleRate);
        FrameBatch batch;
        for (Flicks time = 0; time < duration; time += each)
            batch.append(frame, each);
        return batch;
    }

private:
    StreamFormat m_format;
};

} // namespace

QString AacStream::name() const
{
    return u"aac"_s;
}

bool AacStream::isTakenFrom(QStringView container) const
{
    return container == "aac"_L1 || container.startsWith("mov"_L1);
}

std::unique_ptr<Silence> AacStream::silence(const StreamFormat &like) const
{
    return std::make_unique<AacSilence>(like);
}

} // namespace cycast
