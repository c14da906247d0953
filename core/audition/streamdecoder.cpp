// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audition/streamdecoder.h"

#include <array>

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
void addScaled(SoundLevel &level, const Sample *samples, int count, qint64 perSecond, float fullScale)
{
    std::array<float, 512> scaled{};
    for (int done = 0; done < count;) {
        const int now = std::min(count - done, static_cast<int>(scaled.size()));
        for (int i = 0; i < now; ++i)
            scaled[static_cast<size_t>(i)] = static_cast<float>(samples[done + i]) / fullScale;
        level.add(scaled.data(), now, perSecond);
        done += now;
    }
}

} // namespace

StreamDecoder::StreamDecoder(Source source, SoundLevel &level)
    : m_source(std::move(source))
    , m_level(level)
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
            measure();
    }
    av_packet_unref(m_packet);
    return true;
}

void StreamDecoder::measure()
{
    const auto format = static_cast<AVSampleFormat>(m_frame->format);
    const int channels = m_frame->ch_layout.nb_channels;
    const bool isPlanar = av_sample_fmt_is_planar(format) != 0;
    const int planes = isPlanar ? channels : 1;
    const int count = m_frame->nb_samples * (isPlanar ? 1 : channels);
    const qint64 perSecond = qint64{m_frame->sample_rate} * channels;
    for (int plane = 0; plane < planes; ++plane) {
        const uint8_t *data = m_frame->extended_data[plane];
        switch (av_get_packed_sample_fmt(format)) {
        case AV_SAMPLE_FMT_FLT:
            m_level.add(reinterpret_cast<const float *>(data), count, perSecond);
            break;
        case AV_SAMPLE_FMT_S16:
            addScaled(m_level, reinterpret_cast<const qint16 *>(data), count, perSecond, 32768.0F);
            break;
        case AV_SAMPLE_FMT_S32:
            addScaled(m_level, reinterpret_cast<const qint32 *>(data), count, perSecond, 2147483648.0F);
            break;
        default: // no decoder of ours gives others
            break;
        }
    }
}

} // namespace cycast
