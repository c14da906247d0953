// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mp3writer.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace demosynth
{

namespace
{

void require(bool good, const char *sentence)
{
    if (!good)
        throw std::runtime_error(sentence);
}

struct FreeCodec {
    void operator()(AVCodecContext *codec) const { avcodec_free_context(&codec); }
};
struct FreeOutput {
    void operator()(AVFormatContext *output) const
    {
        avio_closep(&output->pb);
        avformat_free_context(output);
    }
};
struct FreeFrame {
    void operator()(AVFrame *frame) const { av_frame_free(&frame); }
};
struct FreePacket {
    void operator()(AVPacket *packet) const { av_packet_free(&packet); }
};

using Codec = std::unique_ptr<AVCodecContext, FreeCodec>;
using Output = std::unique_ptr<AVFormatContext, FreeOutput>;

Codec openEncoder(int kbps)
{
    const AVCodec *lame = avcodec_find_encoder_by_name("libmp3lame");
    require(lame != nullptr, "this libavcodec has no libmp3lame");
    Codec codec(avcodec_alloc_context3(lame));
    require(codec != nullptr, "no memory for the encoder");
    codec->sample_rate = sampleRate;
    codec->sample_fmt = AV_SAMPLE_FMT_FLTP;
    codec->bit_rate = kbps * 1000;
    codec->time_base = AVRational{1, sampleRate};
    codec->flags |= AV_CODEC_FLAG_BITEXACT;
    av_channel_layout_default(&codec->ch_layout, 2);
    require(avcodec_open2(codec.get(), lame, nullptr) >= 0, "the encoder could not be opened");
    return codec;
}

Output openOutput(const std::string &path, const AVCodecContext &codec, const Tags &tags)
{
    AVFormatContext *raw = nullptr;
    require(avformat_alloc_output_context2(&raw, nullptr, "mp3", path.c_str()) >= 0, "no MP3 muxer");
    Output output(raw);
    output->flags |= AVFMT_FLAG_BITEXACT;
    AVStream *stream = avformat_new_stream(output.get(), nullptr);
    require(stream != nullptr, "no memory for the stream");
    require(avcodec_parameters_from_context(stream->codecpar, &codec) >= 0, "no stream parameters");
    stream->time_base = codec.time_base;
    av_dict_set(&output->metadata, "title", tags.title.c_str(), 0);
    av_dict_set(&output->metadata, "artist", tags.artist.c_str(), 0);
    av_dict_set(&output->metadata, "album", tags.album.c_str(), 0);
    av_dict_set(&output->metadata, "track", tags.track.c_str(), 0);
    require(avio_open(&output->pb, path.c_str(), AVIO_FLAG_WRITE) >= 0, "the file could not be written");
    require(avformat_write_header(output.get(), nullptr) >= 0, "the header could not be written");
    return output;
}

void writePackets(AVCodecContext &codec, AVFormatContext &output)
{
    const std::unique_ptr<AVPacket, FreePacket> packet(av_packet_alloc());
    while (avcodec_receive_packet(&codec, packet.get()) >= 0) {
        packet->stream_index = 0;
        av_packet_rescale_ts(packet.get(), codec.time_base, output.streams[0]->time_base);
        require(av_write_frame(&output, packet.get()) >= 0, "a frame could not be written");
        av_packet_unref(packet.get());
    }
}

} // namespace

void writeMp3(const std::string &path, const Sound &sound, const Tags &tags, int kbps)
{
    const Codec codec = openEncoder(kbps);
    const Output output = openOutput(path, *codec, tags);
    const std::unique_ptr<AVFrame, FreeFrame> frame(av_frame_alloc());
    require(frame != nullptr, "no memory for a frame");
    for (std::size_t at = 0; at < sound.left.size(); at += static_cast<std::size_t>(codec->frame_size)) {
        av_frame_unref(frame.get());
        const std::size_t count =
            std::min(static_cast<std::size_t>(codec->frame_size), sound.left.size() - at);
        frame->nb_samples = static_cast<int>(count);
        frame->format = codec->sample_fmt;
        frame->sample_rate = sampleRate;
        frame->pts = static_cast<int64_t>(at);
        av_channel_layout_copy(&frame->ch_layout, &codec->ch_layout);
        require(av_frame_get_buffer(frame.get(), 0) >= 0, "no memory for samples");
        std::copy_n(sound.left.data() + at, count, reinterpret_cast<float *>(frame->data[0]));
        std::copy_n(sound.right.data() + at, count, reinterpret_cast<float *>(frame->data[1]));
        require(avcodec_send_frame(codec.get(), frame.get()) >= 0, "the encoder took no frame");
        writePackets(*codec, *output);
    }
    require(avcodec_send_frame(codec.get(), nullptr) >= 0, "the encoder could not be emptied");
    writePackets(*codec, *output);
    require(av_write_trailer(output.get()) >= 0, "the end could not be written");
}

} // namespace demosynth
