// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/helper/crossfader.h"
#include "core/codec/helper/decoder.h"
#include "core/codec/helper/encoder.h"
#include "core/codec/helper/peaklimiter.h"
#include "core/codec/helper/resampler.h"
#include "core/codec/helper/silencetrimmer.h"

#include <functional>

namespace cycast
{

/// The way of the sound from decoded pieces to one endless run of frames:
///     resampler -> silence trimmer -> gain -> crossfader -> limiter -> encoder
/// None of them ends with a track. In the helper program only.
class TrackJoiner
{
public:
    static Result<std::unique_ptr<TrackJoiner>> make(const EncodingOptions &options);

    /// Decodes a whole track, `offset` into it. `deliver` gets frames as they are made and says whether to go
    /// on; `begins` is called between those of the track before and its own. `fades`: with its neighbours.
    /// The sentence says why the file could not be played, or not to its end.
    TrackResult<void> play(Decoder &decoder, double gainDb,
                           const std::function<bool(const FrameBatch &)> &deliver, bool fades = true,
                           const std::function<bool()> &begins = {});
    /// Nothing follows. The joiner is used up.
    FrameBatch finish();

private:
    explicit TrackJoiner(const EncodingOptions &options);
    void encode(const Samples &joined, FrameBatch &out);

    EncodingOptions m_options;
    Resampler m_resampler;
    SilenceTrimmer m_trimmer;
    Crossfader m_crossfader;
    PeakLimiter m_limiter;
    std::unique_ptr<Encoder> m_encoder;
    float m_gain = 1.0F;
};

} // namespace cycast
