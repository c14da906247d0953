// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/resampler.h"

#include <algorithm>
#include <array>
#include <cmath>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/frame.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
}

namespace cycast
{

namespace
{

constexpr int maxPlanes = 64;
/// 18 dB above full scale; what is louder, or no number at all, comes from a damaged file.
constexpr float loudest = 8.0F;

} // namespace

struct Resampler::Input {
    int rate = 0;
    int format = -1;
    AVChannelLayout layout = {};

    Input() = default;
    ~Input() { av_channel_layout_uninit(&layout); }
    Input(const Input &) = delete;
    Input &operator=(const Input &) = delete;
};

Resampler::Resampler(int sampleRate, int channels)
    : m_sampleRate(sampleRate)
    , m_channels(channels)
    , m_input(std::make_unique<Input>())
{
}

Resampler::~Resampler()
{
    swr_free(&m_converter);
}

bool Resampler::prepareFor(const AVFrame &frame, Samples &out)
{
    if (m_converter != nullptr && m_input->rate == frame.sample_rate && m_input->format == frame.format &&
        av_channel_layout_compare(&m_input->layout, &frame.ch_layout) == 0)
        return true;
    finish(out);
    const int channels = frame.ch_layout.nb_channels;
    if (frame.sample_rate < 1000 || frame.sample_rate > 768'000 || channels < 1 || channels > maxPlanes)
        return false;
    AVChannelLayout from = {};
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&from, channels);
    else
        av_channel_layout_copy(&from, &frame.ch_layout);
    AVChannelLayout to = {};
    av_channel_layout_default(&to, m_channels);
    const int made =
        swr_alloc_set_opts2(&m_converter, &to, AV_SAMPLE_FMT_FLT, m_sampleRate, &from,
                            static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
    av_channel_layout_uninit(&from);
    if (made < 0)
        return false;
    // Many channels into two: never louder than full scale.
    av_opt_set_double(m_converter, "rematrix_maxval", 1.0, 0);
    if (swr_init(m_converter) < 0) {
        swr_free(&m_converter);
        return false;
    }
    m_input->rate = frame.sample_rate;
    m_input->format = frame.format;
    av_channel_layout_copy(&m_input->layout, &frame.ch_layout);
    return true;
}

bool Resampler::feed(const AVFrame &frame, int skip, Samples &out)
{
    if (!prepareFor(frame, out))
        return false;
    skip = std::clamp(skip, 0, frame.nb_samples);
    const auto format = static_cast<AVSampleFormat>(frame.format);
    const bool isPlanar = av_sample_fmt_is_planar(format) != 0;
    const int planes = isPlanar ? frame.ch_layout.nb_channels : 1;
    const int step = av_get_bytes_per_sample(format) * (isPlanar ? 1 : frame.ch_layout.nb_channels) * skip;
    std::array<const unsigned char *, maxPlanes> data{};
    for (int i = 0; i < planes; ++i)
        data[static_cast<size_t>(i)] = frame.extended_data[i] + step;
    convert(data.data(), frame.nb_samples - skip, out);
    return true;
}

void Resampler::convert(const unsigned char **planes, int count, Samples &out)
{
    const int room = swr_get_out_samples(m_converter, count);
    if (room <= 0)
        return;
    const size_t before = out.size();
    out.resize(before + static_cast<size_t>(room) * static_cast<size_t>(m_channels));
    auto *target = reinterpret_cast<unsigned char *>(out.data() + before);
    const int made = swr_convert(m_converter, &target, room, planes, count);
    out.resize(before + static_cast<size_t>(std::max(made, 0)) * static_cast<size_t>(m_channels));
    for (auto sample = out.begin() + static_cast<std::ptrdiff_t>(before); sample != out.end(); ++sample)
        *sample = std::isfinite(*sample) ? std::clamp(*sample, -loudest, loudest) : 0.0F;
}

void Resampler::finish(Samples &out)
{
    if (m_converter != nullptr)
        convert(nullptr, 0, out);
    swr_free(&m_converter);
}

} // namespace cycast
