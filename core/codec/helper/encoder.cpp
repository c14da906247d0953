// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/encoder.h"

#include "core/audio/aac/adtswriter.h"
#include "core/audio/mpeg/mpegheader.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>
}

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

const char *encoderName(StationCodec codec)
{
    switch (codec) {
    case StationCodec::Aac:
        return "aac";
    case StationCodec::Opus:
        return "libopus";
    case StationCodec::Mp3:
        break;
    }
    return "libmp3lame";
}

} // namespace

Encoder::Encoder(const StationFormat &format)
    : m_format(format)
{
}

Result<std::unique_ptr<Encoder>> Encoder::open(const StationFormat &format)
{
    const char *name = encoderName(format.codec);
    const AVCodec *codec = avcodec_find_encoder_by_name(name);
    std::unique_ptr<Encoder> encoder(new Encoder(format));
    AVCodecContext *context = encoder->m_codec = codec == nullptr ? nullptr : avcodec_alloc_context3(codec);
    encoder->m_frame = av_frame_alloc();
    encoder->m_packet = av_packet_alloc();
    if (context == nullptr || encoder->m_frame == nullptr || encoder->m_packet == nullptr)
        return failure(
            u"FFmpeg on this computer comes without the encoder %1"_s.arg(QLatin1StringView(name)));
    context->bit_rate = qint64{format.bitrateKbps} * 1000;
    context->sample_rate = format.sampleRate;
    context->time_base = {1, format.sampleRate};
    context->sample_fmt = format.codec == StationCodec::Opus ? AV_SAMPLE_FMT_FLT : AV_SAMPLE_FMT_FLTP;
    context->thread_count = 1;
    av_channel_layout_default(&context->ch_layout, format.channels);
    if (format.codec == StationCodec::Mp3)
        av_opt_set_int(context->priv_data, "reservoir", 0, 0);
    if (format.codec == StationCodec::Opus)
        av_opt_set(context->priv_data, "frame_duration", "20", 0);
    if (avcodec_open2(context, codec, nullptr) < 0)
        return failure(u"%1 refuses %2 kbit/s at %3 Hz"_s.arg(QLatin1StringView(name))
                           .arg(format.bitrateKbps)
                           .arg(format.sampleRate));
    AVFrame *frame = encoder->m_frame;
    frame->nb_samples = context->frame_size;
    frame->format = context->sample_fmt;
    frame->sample_rate = context->sample_rate;
    av_channel_layout_copy(&frame->ch_layout, &context->ch_layout);
    if (av_frame_get_buffer(frame, 0) < 0)
        return failure(u"there is not enough memory to encode"_s);
    return encoder;
}

Encoder::~Encoder()
{
    avcodec_free_context(&m_codec);
    av_frame_free(&m_frame);
    av_packet_free(&m_packet);
}

void Encoder::feed(const Samples &samples, FrameBatch &out)
{
    m_pending.insert(m_pending.end(), samples.begin(), samples.end());
    const int whole = m_codec->frame_size;
    const auto step = static_cast<size_t>(whole) * static_cast<size_t>(m_format.channels);
    size_t place = 0;
    for (; m_pending.size() - place >= step; place += step)
        encode(m_pending.data() + place, whole, out);
    m_pending.erase(m_pending.begin(), m_pending.begin() + static_cast<std::ptrdiff_t>(place));
}

void Encoder::encode(const float *samples, int count, FrameBatch &out)
{
    if (av_frame_make_writable(m_frame) < 0)
        return;
    const int channels = m_format.channels;
    if (m_codec->sample_fmt == AV_SAMPLE_FMT_FLT) {
        std::copy_n(samples, count * channels, reinterpret_cast<float *>(m_frame->data[0]));
    } else {
        for (int channel = 0; channel < channels; ++channel) {
            auto *plane = reinterpret_cast<float *>(m_frame->extended_data[channel]);
            for (int i = 0; i < count; ++i)
                plane[i] = samples[i * channels + channel];
        }
    }
    m_frame->pts = m_samplesIn;
    m_samplesIn += count;
    avcodec_send_frame(m_codec, m_frame);
    takePackets(out);
}

void Encoder::takePackets(FrameBatch &out)
{
    while (avcodec_receive_packet(m_codec, m_packet) >= 0) {
        const QByteArrayView packet(m_packet->data, m_packet->size);
        switch (m_format.codec) {
        case StationCodec::Mp3:
            if (const auto header = parseMpegHeader(packet); header && header->frameBytes == packet.size())
                out.append(packet, header->duration());
            break;
        case StationCodec::Aac:
            out.append(adtsHeader(m_format.sampleRate, m_format.channels, packet.size()) +
                           packet.toByteArray(),
                       flicksForSamples(adtsSamplesPerFrame, m_format.sampleRate));
            break;
        case StationCodec::Opus:
            m_pager.add(packet, stationOpusSamples, out);
            break;
        }
        av_packet_unref(m_packet);
    }
}

void Encoder::finish(FrameBatch &out)
{
    const auto step = static_cast<size_t>(m_codec->frame_size) * static_cast<size_t>(m_format.channels);
    // What is inside the encoder comes out behind as much silence.
    const size_t whole = (m_pending.size() + step - 1) / step * step;
    m_pending.resize(whole);
    feed({}, out);
    avcodec_send_frame(m_codec, nullptr);
    takePackets(out);
    m_pager.finish(out);
}

} // namespace cycast
