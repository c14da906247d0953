// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/codedpackets.h"

#include "core/audio/aac/aacgain.h"
#include "core/audio/aac/adtswriter.h"
#include "core/audio/mpeg/mpegheader.h"
#include "core/audio/ogg/oggcodec.h"
#include "core/audio/ogg/oggopuspager.h"
#include "core/codec/plainframes.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>
}

namespace cycast
{

namespace
{

constexpr qsizetype largestAdtsPayload = 8184;

class Mp3Packets final : public CodedPackets
{
public:
    const char *encoderName() const override { return "libmp3lame"; }
    void prepare(AVCodecContext &encoder) const override
    {
        encoder.sample_fmt = AV_SAMPLE_FMT_FLTP;
        av_opt_set_int(encoder.priv_data, "reservoir", 0, 0);
    }
    std::optional<Flicks> durationOf(QByteArrayView packet) const override
    {
        const auto header = parseMpegHeader(packet);
        return header && header->frameBytes == packet.size() ? std::optional(header->duration())
                                                             : std::nullopt;
    }
    void add(QByteArrayView packet, int, FrameBatch &out) override
    {
        if (const auto duration = durationOf(packet))
            out.append(packet, *duration);
    }
};

/// Wrapped in ADTS headers, where they have none.
class AacPackets final : public CodedPackets
{
public:
    explicit AacPackets(const StationFormat &format)
        : m_format(format)
        , m_duration(flicksForSamples(adtsSamplesPerFrame, format.sampleRate))
    {
    }

    const char *encoderName() const override { return "aac"; }
    void prepare(AVCodecContext &encoder) const override { encoder.sample_fmt = AV_SAMPLE_FMT_FLTP; }

    bool fits(const AVCodecParameters &file, bool hasHeaders) override
    {
        m_hasHeaders = hasHeaders;
        if (file.codec_id != AV_CODEC_ID_AAC)
            return false;
        if (hasHeaders)
            return true; // each frame tells
        const AacConfig config = aacConfigOf(QByteArrayView(file.extradata, file.extradata_size));
        return config.isPlain && config.sampleRate == m_format.sampleRate &&
               config.channels == m_format.channels;
    }
    int packetsTried() const override { return aacFramesTried; }
    bool isPlain(QByteArrayView packet) const override
    {
        const auto isPlainPacket = m_hasHeaders ? isPlainAdtsFrame : isPlainAacBlock;
        return durationOf(packet) && isPlainPacket(packet, m_format.sampleRate, m_format.channels);
    }

    std::optional<Flicks> durationOf(QByteArrayView packet) const override
    {
        return isGood(packet) ? std::optional(m_duration) : std::nullopt;
    }
    void add(QByteArrayView packet, int gainSteps, FrameBatch &out) override
    {
        const QByteArray header =
            m_hasHeaders ? QByteArray() : adtsHeader(m_format.sampleRate, m_format.channels, packet.size());
        out.append(header + levelled(packet, gainSteps), m_duration);
    }

private:
    bool isGood(QByteArrayView packet) const
    {
        if (!m_hasHeaders)
            return !packet.isEmpty() && packet.size() <= largestAdtsPayload;
        const auto header = parseAdtsHeader(packet);
        return header && header->profile == 1 && header->blocks == 1 && header->frameBytes == packet.size() &&
               header->sampleRate == m_format.sampleRate && header->channels() == m_format.channels;
    }
    QByteArray levelled(QByteArrayView packet, int gainSteps) const
    {
        std::optional<QByteArray> changed;
        if (gainSteps != 0)
            changed = m_hasHeaders ? withAdtsGain(packet, gainSteps)
                                   : withAacGain(packet, m_format.sampleRate, gainSteps);
        return changed ? *changed : packet.toByteArray();
    }

    StationFormat m_format;
    Flicks m_duration;
    bool m_hasHeaders = false;
};

/// Gathered in pages.
class OpusPackets final : public CodedPackets
{
public:
    explicit OpusPackets(int channels)
        : m_channels(channels)
    {
    }

    const char *encoderName() const override { return "libopus"; }
    void prepare(AVCodecContext &encoder) const override
    {
        encoder.sample_fmt = AV_SAMPLE_FMT_FLT;
        av_opt_set(encoder.priv_data, "frame_duration", "20", 0);
    }

    bool fits(const AVCodecParameters &file, bool) override
    {
        if (file.codec_id != AV_CODEC_ID_OPUS)
            return false;
        const OpusConfig config = opusConfigOf(QByteArrayView(file.extradata, file.extradata_size));
        return config.isPlain && config.channels == m_channels;
    }
    std::optional<Flicks> durationOf(QByteArrayView packet) const override
    {
        const int samples = opusPacketSamples(packet);
        return samples > 0 ? std::optional(flicksForSamples(samples, opusSampleRate)) : std::nullopt;
    }
    void add(QByteArrayView packet, int, FrameBatch &out) override
    {
        m_pager.add(packet, opusPacketSamples(packet), out);
    }
    void finish(FrameBatch &out) override { m_pager.finish(out); }

private:
    int m_channels;
    OggOpusPager m_pager;
};

} // namespace

std::unique_ptr<CodedPackets> CodedPackets::of(const StationFormat &format)
{
    switch (format.codec) {
    case StationCodec::Aac:
        return std::make_unique<AacPackets>(format);
    case StationCodec::Opus:
        return std::make_unique<OpusPackets>(format.channels);
    case StationCodec::Mp3:
        break;
    }
    return std::make_unique<Mp3Packets>();
}

bool CodedPackets::fits(const AVCodecParameters &, bool)
{
    return false;
}

} // namespace cycast
