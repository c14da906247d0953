// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <functional>
#include <vector>

struct AVCodecContext;
struct AVFormatContext;
struct AVFrame;
struct AVIOContext;
struct AVPacket;
struct AVStream;

namespace cycast
{

/// Decoded sound as it comes: whole frames, the channels of each beside one another, -1 to 1. Valid during
/// the call only.
struct SoundBlock {
    const float *samples = nullptr;
    qsizetype frames = 0;
    int sampleRate = 0;
    int channels = 0;
};

/// Decodes a stream as it comes. Pulls bytes from a function that may wait; used in
/// one thread, which is not the station's.
class StreamDecoder
{
public:
    /// Up to `size` bytes into `buffer`; 0: the stream has ended.
    using Source = std::function<int(char *buffer, int size)>;

    using Sink = std::function<void(const SoundBlock &block)>;

    StreamDecoder(Source source, Sink sink);
    ~StreamDecoder();

    /// By content type ("audio/mpeg", "audio/aac", "application/ogg"); others are recognised by their bytes.
    Result<void> open(const QByteArray &contentType);
    /// Decodes one packet; false: the stream has ended.
    bool step();

private:
    Q_DISABLE_COPY_MOVE(StreamDecoder)

    static int readBytes(void *self, uint8_t *buffer, int size);
    bool prepareFor(const AVStream &stream);
    void handOver();

    Source m_source;
    Sink m_sink;
    AVIOContext *m_io = nullptr;
    AVFormatContext *m_context = nullptr;
    AVCodecContext *m_codec = nullptr;
    AVPacket *m_packet = nullptr;
    AVFrame *m_frame = nullptr;
    int m_stream = -1; ///< that m_codec is for
    std::vector<float> m_samples;
};

} // namespace cycast
