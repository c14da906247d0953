// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audition/streamdecoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr int ioBufferBytes = 4096;

const AVInputFormat *formatFor(const QByteArray &contentType)
{
    if (contentType == "audio/mpeg")
        return av_find_input_format("mp3");
    if (contentType.startsWith("audio/aac"))
        return av_find_input_format("aac");
    if (contentType.endsWith("/ogg"))
        return av_find_input_format("ogg");
    return nullptr;
}

int refuseToOpen(AVFormatContext *, AVIOContext **, const char *, int, AVDictionary **)
{
    return AVERROR(EPERM);
}

template<class Sample>
void interleave(const AVFrame &frame, bool isPlanar, float fullScale, std::vector<float> &samples)
{
    const auto channels = static_cast<size_t>(frame.ch_layout.nb_channels);
    const auto count = static_cast<size_t>(frame.nb_samples);
    samples.resize(channels * count);
    for (size_t channel = 0; channel < channels; ++channel) {
        const auto *data = reinterpret_cast<const Sample *>(frame.extended_data[isPlanar ? channel : 0]) +
                           (isPlanar ? 0 : channel);
        const size_t step = isPlanar ? 1 : channels;
        for (size_t i = 0; i < count; ++i)
            samples[i * channels + channel] = static_cast<float>(data[i * step]) / fullScale;
    }
}

} // namespace

StreamDecoder::StreamDecoder(Source source, Sink sink)
    : m_source(std::move(source))
    , m_sink(std::move(sink))
    , m_packet(av_packet_alloc())
    , m_frame(av_frame_alloc())
{
}

StreamDecoder::~StreamDecoder()
{
    avcodec_free_context(&m_codec);
    avformat_close_input(&m_context);
    if (m_io != nullptr)
        av_freep(&m_io->buffer);
    avio_context_free(&m_io);
    av_packet_free(&m_packet);
    av_frame_free(&m_frame);
}

int StreamDecoder::readBytes(void *self, uint8_t *buffer, int size)
{
    const int count = static_cast<StreamDecoder *>(self)->m_source(reinterpret_cast<char *>(buffer), size);
    return count > 0 ? count : AVERROR_EOF;
}

Result<void> StreamDecoder::open(const QByteArray &contentType)
{
    av_log_set_level(AV_LOG_QUIET);
    auto *buffer = static_cast<unsigned char *>(av_malloc(ioBufferBytes));
    m_io = buffer == nullptr ? nullptr
                             : avio_alloc_context(buffer, ioBufferBytes, 0, this, &StreamDecoder::readBytes,
                                                  nullptr, nullptr);
    if (m_io == nullptr)
        av_free(buffer);
    m_context = avformat_alloc_context();
    if (m_io == nullptr || m_context == nullptr || m_packet == nullptr || m_frame == nullptr)
        return failure(u"there is not enough memory"_s);
    m_context->pb = m_io;
    m_context->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_NOBUFFER;
    m_context->io_open = refuseToOpen;
    m_context->probesize = 32 * 1024;
    const int result = avformat_open_input(&m_context, "", formatFor(contentType), nullptr);
    if (result < 0) // the context is gone then
        return failure(u"what comes is no sound that can be recognised"_s);
    return {};
}

bool StreamDecoder::prepareFor(const AVStream &stream)
{
    if (m_codec != nullptr && m_stream == stream.index)
        return true;
    avcodec_free_context(&m_codec);
    m_stream = -1;
    if (stream.codecpar->codec_type != AVMEDIA_TYPE_AUDIO)
        return false;
    const AVCodec *decoder = avcodec_find_decoder(stream.codecpar->codec_id);
    m_codec = decoder == nullptr ? nullptr : avcodec_alloc_context3(decoder);
    if (m_codec == nullptr || avcodec_parameters_to_context(m_codec, stream.codecpar) < 0 ||
        avcodec_open2(m_codec, decoder, nullptr) < 0) {
        avcodec_free_context(&m_codec);
        return false;
    }
    m_stream = stream.index;
    return true;
}

bool StreamDecoder::step()
{
    if (av_read_frame(m_context, m_packet) < 0)
        return false;
    if (prepareFor(*m_context->streams[m_packet->stream_index]) &&
        avcodec_send_packet(m_codec, m_packet) >= 0) {
        while (avcodec_receive_frame(m_codec, m_frame) >= 0)
            handOver();
    }
    av_packet_unref(m_packet);
    return true;
}

void StreamDecoder::handOver()
{
    const auto format = static_cast<AVSampleFormat>(m_frame->format);
    const bool isPlanar = av_sample_fmt_is_planar(format) != 0;
    switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_FLT:
        interleave<float>(*m_frame, isPlanar, 1.0F, m_samples);
        break;
    case AV_SAMPLE_FMT_S16:
        interleave<qint16>(*m_frame, isPlanar, 32768.0F, m_samples);
        break;
    case AV_SAMPLE_FMT_S32:
        interleave<qint32>(*m_frame, isPlanar, 2147483648.0F, m_samples);
        break;
    default: // no decoder of ours gives others
        return;
    }
    m_sink({m_samples.data(), m_frame->nb_samples, m_frame->sample_rate, m_frame->ch_layout.nb_channels});
}

} // namespace cycast
