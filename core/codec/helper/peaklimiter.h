// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/helper/resampler.h"

#include <vector>

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
    /// The lowest gain of the window that ends with a frame: those that can still become it, in rising order.
    class LowestGain
    {
    public:
        explicit LowestGain(size_t window)
            : m_window(window)
            , m_ring(window + 1)
        {
        }
        /// Of the last `window` frames and this one, whose gain is `gain`.
        double next(double gain);

    private:
        struct Candidate {
            size_t number = 0;
            double gain = 1.0;
        };
        Candidate &at(size_t position) { return m_ring[position % m_ring.size()]; }

        size_t m_window;
        std::vector<Candidate> m_ring;
        size_t m_first = 0, m_end = 0; ///< positions
        size_t m_number = 0;
    };

    void take(const float *frame, Samples &out);
    double gainFor(const float *frame);

    size_t m_channels;
    size_t m_ahead; ///< sample frames
    float m_ceiling;
    double m_release;
    LowestGain m_lowest;
    Samples m_delayed;              ///< ring of m_ahead frames, interleaved
    size_t m_held = 0;              ///< frames in it
    size_t m_delayedAt = 0;         ///< the oldest once it is full
    std::vector<double> m_envelope; ///< ring: gains of the last m_ahead frames
    size_t m_envelopeAt = 0;        ///< the oldest once it is full
    size_t m_gains = 0;             ///< in it
    double m_envelopeSum = 0.0;
    double m_gain = 1.0;
};

} // namespace cycast
