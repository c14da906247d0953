// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/encoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

Encoder::Encoder(const StationFormat &format)
    : m_format(format)
    , m_packets(CodedPackets::of(format))
{
}

Result<std::unique_ptr<Encoder>> Encoder::open(const StationFormat &format)
{
    std::unique_ptr<Encoder> encoder(new Encoder(format));
    const char *name = encoder->m_packets->encoderName();
    const AVCodec *codec = avcodec_find_encoder_by_name(name);
    AVCodecContext *context = encoder->m_codec = codec == nullptr ? nullptr : avcodec_alloc_context3(codec);
    encoder->m_frame = av_frame_alloc();
    encoder->m_packet = av_packet_alloc();
    if (context == nullptr || encoder->m_frame == nullptr || encoder->m_packet == nullptr)
        return failure(
            Core::tr("FFmpeg on this computer comes without the encoder %1").arg(QLatin1StringView(name)));
    context->bit_rate = qint64{format.bitrateKbps} * 1000;
    context->sample_rate = format.sampleRate;
    context->time_base = {1, format.sampleRate};
    context->thread_count = 1;
    av_channel_layout_default(&context->ch_layout, format.channels);
    encoder->m_packets->prepare(*context);
    if (avcodec_open2(context, codec, nullptr) < 0)
        return failure(Core::tr("%1 refuses %2 kbit/s at %3 Hz")
                           .arg(QLatin1StringView(name))
                           .arg(format.bitrateKbps)
                           .arg(format.sampleRate));
    AVFrame *frame = encoder->m_frame;
    frame->nb_samples = context->frame_size;
    frame->format = context->sample_fmt;
    frame->sample_rate = context->sample_rate;
    av_channel_layout_copy(&frame->ch_layout, &context->ch_layout);
    if (av_frame_get_buffer(frame, 0) < 0)
        return failure(Core::tr("there is not enough memory to encode"));
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
        if (m_packets->durationOf(packet))
            m_packets->add(packet, 0, out);
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
    m_packets->finish(out);
}

} // namespace cycast
