// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/decoder.h"

#include "core/codec/helper/oggchain.h"

#include <algorithm>
#include <limits>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// Packets that give nothing, one after the other, before a file counts as hopeless.
constexpr int maxFaultsInARow = 20'000;
/// Decoders need some sound before the place that is wanted (MP3's reservoir, Opus' 80 ms).
constexpr Flicks preroll = flicksPerSecond / 5;
constexpr AVRational flickBase{1, static_cast<int>(flicksPerSecond)};

} // namespace

Result<std::unique_ptr<Decoder>> Decoder::open(TrackFile file)
{
    std::unique_ptr<Decoder> decoder(new Decoder);
    if (const auto opened = decoder->openPart(std::move(file), 0); !opened)
        return tl::unexpected(opened.error());
    return decoder;
}

/// The link of a chain that begins there; anything else as a whole.
Result<void> Decoder::openPart(TrackFile file, qint64 begin)
{
    const qint64 size = stampOf(file.descriptor()).size;
    m_isChain = begin > 0 || isChainedOgg(file.descriptor(), size);
    AvInput::Range range;
    if (m_isChain) {
        range.begin = begin;
        const qint64 end = endOfOggLink(file.descriptor(), begin, size);
        range.end = end < size ? end : -1;
    }
    return openInput(std::move(file), range);
}

Result<void> Decoder::openInput(TrackFile file, AvInput::Range range)
{
    const QString name = file.name();
    auto input = AvInput::open(std::move(file), std::numeric_limits<qint64>::max(), range);
    if (!input)
        return tl::unexpected(input.error());
    closeCodec();
    m_input = std::move(*input);
    AVFormatContext *context = m_input->context();
    context->max_analyze_duration = AV_TIME_BASE * 5;
    avformat_find_stream_info(context, nullptr);
    return openCodec(name);
}

Result<std::unique_ptr<Decoder>> Decoder::openStream(int descriptor, const char *demuxer)
{
    auto input = AvInput::openStream(descriptor, demuxer);
    if (!input)
        return tl::unexpected(input.error());
    std::unique_ptr<Decoder> decoder(new Decoder);
    decoder->m_input = std::move(*input);
    decoder->m_input->context()->max_analyze_duration = AV_TIME_BASE / 10;
    avformat_find_stream_info(decoder->m_input->context(), nullptr);
    if (const auto opened = decoder->openCodec(u"The source"_s); !opened)
        return tl::unexpected(opened.error());
    return decoder;
}

Result<void> Decoder::openCodec(const QString &name)
{
    m_name = name;
    AVFormatContext *context = m_input->context();
    AVStream *stream = m_input->audioStream();
    if (stream == nullptr)
        return failure(Core::tr("“%1” holds no sound.").arg(name));
    for (unsigned i = 0; i < context->nb_streams; ++i) {
        if (context->streams[i] != stream)
            context->streams[i]->discard = AVDISCARD_ALL;
    }
    constexpr quint32 protectedTag = MKTAG('d', 'r', 'm', 's');
    if (stream->codecpar->codec_tag == protectedTag)
        return failure(
            Core::tr("“%1” is protected (DRM): only the program it was bought with can play it.").arg(name));
    const AVCodec *codec = avcodec_find_decoder(stream->codecpar->codec_id);
    m_codec = codec == nullptr ? nullptr : avcodec_alloc_context3(codec);
    m_frame = av_frame_alloc();
    if (m_codec == nullptr || m_frame == nullptr)
        return failure(Core::tr("“%1” cannot be played: its format (%2) is not known here.")
                           .arg(name, QString::fromLatin1(avcodec_get_name(stream->codecpar->codec_id))));
    avcodec_parameters_to_context(m_codec, stream->codecpar);
    m_codec->pkt_timebase = stream->time_base;
    m_codec->thread_count = 1;
    if (avcodec_open2(m_codec, codec, nullptr) < 0)
        return failure(
            Core::tr("“%1” cannot be played: what it says about its format makes no sense.").arg(name));
    return {};
}

Decoder::~Decoder()
{
    closeCodec();
}

void Decoder::closeCodec()
{
    avcodec_free_context(&m_codec);
    av_frame_free(&m_frame);
    m_inputEnded = false;
    m_faultsInARow = 0;
    m_target = 0;
    m_counted = -1;
}

int Decoder::sampleRate() const
{
    return m_codec->sample_rate;
}

std::optional<TrackError> Decoder::problem() const
{
    if (const QString why = m_input->readError(); !why.isEmpty())
        return TrackError{
            Core::tr("“%1” could not be read on: %2. Check the disk it is on.").arg(m_name, why),
            TrackFault::Machine};
    if (!m_anyDecoded)
        return TrackError{Core::tr("“%1” is damaged: no sound in it could be decoded.").arg(m_name)};
    return {};
}

void Decoder::seek(Flicks offset)
{
    m_place = qMax<Flicks>(0, offset);
    if (m_isChain)
        seekLink(m_place);
    else
        seekWithin(m_place);
}

qint64 Decoder::endOfLink() const
{
    const qint64 end = m_input->range().end;
    return end < 0 ? m_input->fileSize() : end;
}

/// In a chain: the link in which that is, and within it.
void Decoder::seekLink(Flicks offset)
{
    for (;;) {
        const AvInput::Range link = m_input->range();
        const Flicks length = oggLinkDuration(m_input->file().descriptor(), link.begin, endOfLink());
        if (offset < length || link.end < 0)
            break;
        offset -= length;
        if (!nextLink())
            return;
    }
    seekWithin(offset);
}

void Decoder::seekWithin(Flicks offset)
{
    m_target = offset;
    if (offset <= 0)
        return;
    const AVStream *stream = m_input->audioStream();
    m_start = stream->start_time == AV_NOPTS_VALUE ? 0 : stream->start_time;
    // Of FLAC in Ogg libavformat looks at the pages, which can be older, for a seek only.
    if (m_codec->codec_id == AV_CODEC_ID_FLAC && qstrcmp(m_input->context()->iformat->name, "ogg") == 0)
        m_start = oggLinkBegin(m_input->file().descriptor(), m_input->range().begin, endOfLink());
    const int64_t place =
        m_start + av_rescale_q(qMax<Flicks>(0, offset - preroll), flickBase, stream->time_base);
    const bool isThere = av_seek_frame(m_input->context(), stream->index, place, AVSEEK_FLAG_BACKWARD) >= 0;
    m_counted = isThere ? -1 : 0; // otherwise everything before it is decoded and left out
}

/// How many samples of a frame come before the place that was asked for.
int Decoder::skipIn(const AVFrame &frame)
{
    if (m_target <= 0 || frame.sample_rate <= 0)
        return 0;
    const AVStream *stream = m_input->audioStream();
    Flicks begins = m_counted;
    if (begins < 0)
        begins = frame.best_effort_timestamp == AV_NOPTS_VALUE
                     ? m_target
                     : av_rescale_q(frame.best_effort_timestamp - m_start, stream->time_base, flickBase);
    const int64_t before = av_rescale_q(m_target - begins, flickBase, {1, frame.sample_rate});
    if (m_counted >= 0)
        m_counted += av_rescale_q(frame.nb_samples, {1, frame.sample_rate}, flickBase);
    if (before < frame.nb_samples)
        m_target = 0;
    return static_cast<int>(std::clamp<int64_t>(before, 0, frame.nb_samples));
}

/// MP4 says how much of the last frame is sound; libavcodec gives out all of it.
void Decoder::cutPadding()
{
    const AVStream *stream = m_input->audioStream();
    if (qstrncmp(m_input->context()->iformat->name, "mov", 3) != 0 || stream->duration <= 0 ||
        m_frame->pts == AV_NOPTS_VALUE || m_frame->pkt_duration <= 0)
        return;
    const int64_t start = stream->start_time == AV_NOPTS_VALUE ? 0 : stream->start_time;
    if (m_frame->pts - start + m_frame->pkt_duration < stream->duration)
        return;
    const int64_t sound = av_rescale_q(m_frame->pkt_duration, stream->time_base, {1, m_frame->sample_rate});
    m_frame->nb_samples = static_cast<int>(std::clamp<int64_t>(sound, 0, m_frame->nb_samples));
}

/// False: there are no more packets, and the decoder has been told.
bool Decoder::sendPacket()
{
    const AVPacket *packet = m_inputEnded ? nullptr : m_input->nextPacket();
    if (packet == nullptr) {
        if (std::exchange(m_inputEnded, true))
            return false;
        avcodec_send_packet(m_codec, nullptr);
        return true;
    }
    if (avcodec_send_packet(m_codec, packet) < 0)
        ++m_faultsInARow;
    return true;
}

Decoder::Piece Decoder::read()
{
    for (;;) {
        const Piece piece = readPart();
        if (piece.frame != nullptr) {
            const DecodedKind kind = kindOf(*piece.frame);
            m_place += flicksForSamples(kind.samples - piece.skip, qMax(1, kind.sampleRate));
            return piece;
        }
        if (!goOn())
            return {};
    }
}

/// There is more, though the demuxer has come to an end.
bool Decoder::goOn()
{
    if (m_input->hasMoved())
        return beginAnew();
    return m_isChain && nextLink();
}

/// One that cannot be played is passed over.
bool Decoder::nextLink()
{
    for (AvInput::Range link = m_input->range(); link.end >= 0;) {
        const TrackFile file = m_input->file().again();
        const qint64 begin = link.end;
        if (openPart(file.again(), begin))
            return true;
        const qint64 size = stampOf(file.descriptor()).size;
        const qint64 end = endOfOggLink(file.descriptor(), begin, size);
        link = {begin, end < size ? end : -1};
    }
    return false;
}

/// Somebody has changed the file: from its first byte on, to where it was.
bool Decoder::beginAnew()
{
    constexpr int mostMoves = 10;
    m_moves = m_movedAt == m_place ? m_moves + 1 : 0;
    m_movedAt = m_place;
    if (m_moves > mostMoves || !m_input->waitForQuiet() || !openPart(m_input->file().again(), 0))
        return false;
    seek(m_place);
    return true;
}

Decoder::Piece Decoder::readPart()
{
    while (m_codec != nullptr && m_faultsInARow < maxFaultsInARow) {
        av_frame_unref(m_frame);
        const int result = avcodec_receive_frame(m_codec, m_frame);
        if (result == AVERROR_EOF)
            return {};
        if (result < 0) {
            if (result != AVERROR(EAGAIN))
                ++m_faultsInARow;
            if (!sendPacket())
                return {};
            continue;
        }
        if (m_frame->nb_samples <= 0)
            continue;
        m_faultsInARow = 0;
        m_anyDecoded = true;
        cutPadding();
        const int skip = skipIn(*m_frame);
        if (skip < m_frame->nb_samples)
            return {m_frame, skip};
    }
    return {};
}

DecodedKind kindOf(const AVFrame &frame)
{
    return {frame.nb_samples, frame.sample_rate, frame.ch_layout.nb_channels};
}

} // namespace cycast
