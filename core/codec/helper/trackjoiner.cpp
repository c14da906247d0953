// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/trackjoiner.h"

#include <cmath>

namespace cycast
{

TrackJoiner::TrackJoiner(const EncodingOptions &options)
    : m_options(options)
    , m_resampler(options.format.sampleRate, options.format.channels)
    , m_trimmer(options.format.sampleRate, options.format.channels)
    , m_crossfader(options.crossfadeSeconds, options.format.sampleRate, options.format.channels)
    , m_limiter(options.ceilingDb, options.format.sampleRate, options.format.channels)
{
}

Result<std::unique_ptr<TrackJoiner>> TrackJoiner::make(const EncodingOptions &options)
{
    auto encoder = Encoder::open(options.format);
    if (!encoder)
        return tl::unexpected(encoder.error());
    std::unique_ptr<TrackJoiner> joiner(new TrackJoiner(options));
    joiner->m_encoder = std::move(*encoder);
    return joiner;
}

/// Everything behind the crossfader.
void TrackJoiner::encode(const Samples &joined, FrameBatch &out)
{
    Samples limited;
    m_limiter.feed(joined, limited);
    m_encoder->feed(limited, out);
}

TrackResult<void> TrackJoiner::play(Decoder &decoder, double gainDb,
                                    const std::function<bool(const FrameBatch &)> &deliver, bool fades,
                                    const std::function<bool()> &begins)
{
    m_gain = static_cast<float>(std::pow(10.0, gainDb / 20.0));
    m_trimmer.beginTrack();
    m_crossfader.beginTrack(fades);
    const auto give = [&](const Samples &joined) {
        FrameBatch batch;
        encode(joined, batch);
        return batch.isEmpty() || deliver(batch);
    };
    const auto giveJoined = [&](const Samples &joined) {
        const auto beginning = m_crossfader.takeBeginning();
        if (!beginning)
            return give(joined);
        const auto at = joined.begin() + static_cast<std::ptrdiff_t>(*beginning);
        return give({joined.begin(), at}) && (!begins || begins()) && give({at, joined.end()});
    };
    const auto step = [&](Samples &samples) {
        for (float &sample : samples)
            sample *= m_gain;
        Samples joined;
        m_crossfader.feed(samples, joined);
        return giveJoined(joined);
    };
    for (Decoder::Piece piece = decoder.read(); piece.frame != nullptr; piece = decoder.read()) {
        Samples samples;
        if (!m_resampler.feed(*piece.frame, piece.skip, samples))
            continue;
        Samples kept;
        if (m_options.trimsSilence)
            m_trimmer.feed(samples, kept);
        if (!step(m_options.trimsSilence ? kept : samples))
            return {};
    }
    Samples rest;
    if (m_options.trimsSilence)
        m_trimmer.endTrack(rest);
    step(rest);
    Samples end;
    m_crossfader.endTrack(end);
    giveJoined(end);
    const auto problem = decoder.problem();
    return problem ? TrackResult<void>(tl::unexpected(*problem)) : TrackResult<void>();
}

FrameBatch TrackJoiner::finish()
{
    FrameBatch batch;
    Samples held;
    m_resampler.finish(held);
    Samples tail;
    m_crossfader.feed(held, tail);
    m_crossfader.finish(tail);
    Samples limited;
    m_limiter.feed(tail, limited);
    m_limiter.finish(limited);
    m_encoder->feed(limited, batch);
    m_encoder->finish(batch);
    return batch;
}

} // namespace cycast
