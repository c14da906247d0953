// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

struct AVFrame;
struct SwrContext;

namespace cycast
{

/// Samples as they are handled between decoder and encoder: floating point, channels interleaved.
using Samples = std::vector<float>;

/// Brings decoded sound of any rate, layout and sample format to one rate and one or two channels
/// (libswresample). Sound of the same kind goes through one filter, across the ends of tracks too: a join
/// stays a join. One owner, any thread.
class Resampler
{
public:
    /// `sampleRate` 8000 to 192000 Hz, `channels` 1 or 2.
    Resampler(int sampleRate, int channels);
    ~Resampler();
    Resampler(const Resampler &) = delete;
    Resampler &operator=(const Resampler &) = delete;

    /// Appends to `out`; the first `skip` samples of the frame are left out. False: this kind of sound
    /// cannot be converted.
    bool feed(const AVFrame &frame, int skip, Samples &out);
    /// What the filter holds back.
    void finish(Samples &out);

private:
    struct Input;
    bool prepareFor(const AVFrame &frame, Samples &out);
    void convert(const unsigned char **planes, int count, Samples &out);

    int m_sampleRate;
    int m_channels;
    SwrContext *m_converter = nullptr;
    std::unique_ptr<Input> m_input; ///< what it is set up for
};

} // namespace cycast
