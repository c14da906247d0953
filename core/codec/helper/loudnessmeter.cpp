// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/loudnessmeter.h"

#include "core/codec/helper/decoder.h"
#include "core/codec/helper/resampler.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace cycast
{

namespace
{

struct MeterDeleter {
    void operator()(ebur128_state *state) const { ebur128_destroy(&state); }
};
using Meter = std::unique_ptr<ebur128_state, MeterDeleter>;

constexpr int usualRate = 48000;
/// -60 dBFS, as SilenceTrimmer has it: what is softer is not heard in a room.
constexpr float softestSound = 0.001F;

/// How many sample frames have passed since the last one that could be heard.
class SilenceCounter
{
public:
    void feed(const Samples &samples, int channels)
    {
        const auto last = std::find_if(samples.rbegin(), samples.rend(),
                                       [](float sample) { return std::abs(sample) >= softestSound; });
        const qint64 silent = std::distance(samples.rbegin(), last) / channels;
        const qint64 all = static_cast<qint64>(samples.size()) / channels;
        m_frames = silent == all ? m_frames + all : silent;
    }
    qint32 milliseconds(int rate) const
    {
        return static_cast<qint32>(qMin<qint64>(m_frames * 1000 / rate, std::numeric_limits<qint32>::max()));
    }

private:
    qint64 m_frames = 0;
};

} // namespace

Result<std::optional<Loudness>> measuredLoudness(TrackFile file, int channels)
{
    auto decoder = Decoder::open(std::move(file));
    if (!decoder)
        return tl::unexpected(decoder.error());
    const int ownRate = (*decoder)->sampleRate();
    const int rate = ownRate >= 16000 && ownRate <= usualRate ? ownRate : usualRate;
    const Meter meter(ebur128_init(static_cast<unsigned>(channels), static_cast<unsigned long>(rate),
                                   EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK | EBUR128_MODE_HISTOGRAM));
    if (!meter)
        return failure(Core::tr("There is not enough memory to measure a file."));
    if (channels == 1)
        ebur128_set_channel(meter.get(), 0, EBUR128_DUAL_MONO);
    Resampler resampler(rate, channels);
    Samples samples;
    SilenceCounter silence;
    const auto measure = [&] {
        silence.feed(samples, channels);
        ebur128_add_frames_float(meter.get(), samples.data(), samples.size() / static_cast<size_t>(channels));
        samples.clear();
    };
    for (Decoder::Piece piece = (*decoder)->read(); piece.frame != nullptr; piece = (*decoder)->read()) {
        if (resampler.feed(*piece.frame, 0, samples))
            measure();
    }
    resampler.finish(samples);
    measure();
    if (const auto problem = (*decoder)->problem())
        return failure(problem->sentence);

    Loudness result;
    ebur128_loudness_global(meter.get(), &result.lufs);
    double highest = 0.0;
    for (unsigned channel = 0; channel < static_cast<unsigned>(channels); ++channel) {
        double peak = 0.0;
        ebur128_true_peak(meter.get(), channel, &peak);
        highest = std::max(highest, peak);
    }
    // The gate of R 128: there is nothing below.
    if (!std::isfinite(result.lufs) || result.lufs < -70.0 || highest <= 0.0)
        return std::optional<Loudness>();
    result.peakDbtp = 20.0 * std::log10(highest);
    result.silentEndMs = silence.milliseconds(rate);
    return std::optional(result);
}

} // namespace cycast
