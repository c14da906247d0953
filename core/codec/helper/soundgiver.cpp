// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/soundgiver.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/samplefmt.h>
}

namespace cycast
{

namespace
{

template<class Sample>
void interleave(const AVFrame &frame, int skip, bool isPlanar, float fullScale, QByteArray &bytes)
{
    const auto channels = static_cast<size_t>(frame.ch_layout.nb_channels);
    const auto count = static_cast<size_t>(frame.nb_samples - skip);
    bytes.resize(static_cast<qsizetype>(channels * count * sizeof(float)));
    auto *samples = reinterpret_cast<float *>(bytes.data());
    for (size_t channel = 0; channel < channels; ++channel) {
        const auto *data = reinterpret_cast<const Sample *>(frame.extended_data[isPlanar ? channel : 0]) +
                           (isPlanar ? 0 : channel);
        const size_t step = isPlanar ? 1 : channels;
        for (size_t i = 0; i < count; ++i)
            samples[i * channels + channel] =
                static_cast<float>(data[(i + static_cast<size_t>(skip)) * step]) / fullScale;
    }
}

} // namespace

std::optional<CodecRecord> soundRecord(const AVFrame &frame, int skip)
{
    CodecRecord record;
    record.kind = CodecRecord::Kind::Sound;
    record.sampleRate = frame.sample_rate;
    record.channels = frame.ch_layout.nb_channels;
    const auto format = static_cast<AVSampleFormat>(frame.format);
    const bool isPlanar = av_sample_fmt_is_planar(format) != 0;
    switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_FLT:
        interleave<float>(frame, skip, isPlanar, 1.0F, record.bytes);
        break;
    case AV_SAMPLE_FMT_S16:
        interleave<qint16>(frame, skip, isPlanar, 32768.0F, record.bytes);
        break;
    case AV_SAMPLE_FMT_S32:
        interleave<qint32>(frame, skip, isPlanar, 2147483648.0F, record.bytes);
        break;
    default:
        return {};
    }
    return record;
}

} // namespace cycast
