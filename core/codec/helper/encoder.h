// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/codec/helper/codedpackets.h"
#include "core/codec/helper/resampler.h"
#include "core/codec/stationformat.h"

struct AVCodecContext;
struct AVFrame;
struct AVPacket;

namespace cycast
{

/// Samples become whole frames of the station's format, each of which can be the first one that a listener
/// gets: MP3 without bit reservoir, AAC with ADTS headers, Opus in pages. In the helper program only.
class Encoder
{
public:
    static Result<std::unique_ptr<Encoder>> open(const StationFormat &format);
    ~Encoder();
    Encoder(const Encoder &) = delete;
    Encoder &operator=(const Encoder &) = delete;

    /// At the format's rate and channels; whole sample frames.
    void feed(const Samples &samples, FrameBatch &out);
    /// Filled up with silence to the last whole frame.
    void finish(FrameBatch &out);

private:
    explicit Encoder(const StationFormat &format);
    void encode(const float *samples, int count, FrameBatch &out);
    void takePackets(FrameBatch &out);

    StationFormat m_format;
    std::unique_ptr<CodedPackets> m_packets;
    AVCodecContext *m_codec = nullptr;
    AVFrame *m_frame = nullptr;
    AVPacket *m_packet = nullptr;
    Samples m_pending; ///< less than one frame
    qint64 m_samplesIn = 0;
};

} // namespace cycast
