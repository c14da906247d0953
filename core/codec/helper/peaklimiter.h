// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/helper/resampler.h"

#include <deque>

namespace cycast
{

/// Keeps every peak below a ceiling: looks 5 ms ahead, turns down in time and comes back slowly, so that it
/// is not heard as distortion. What stays below the ceiling goes through unchanged. Pure.
class PeakLimiter
{
public:
    /// `ceilingDb`: dBFS of samples; 0.5 dB are left for what rises between them.
    PeakLimiter(double ceilingDb, int sampleRate, int channels);

    /// Whole sample frames; appends as many, those from 5 ms before (the first ones later, see finish()).
    void feed(const Samples &samples, Samples &out);
    /// What is held back.
    void finish(Samples &out);

private:
    struct Lowest {
        size_t number = 0;
        double gain = 1.0;
    };
    void take(const float *frame, Samples &out);

    size_t m_channels;
    size_t m_ahead; ///< sample frames
    float m_ceiling;
    double m_release;
    std::deque<float> m_delayed;   ///< interleaved
    std::deque<Lowest> m_lowest;   ///< of the window, ascending
    std::deque<double> m_envelope; ///< gains of the last m_ahead frames
    double m_envelopeSum = 0.0;
    double m_gain = 1.0;
    size_t m_number = 0;
};

} // namespace cycast
