// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/peaklimiter.h"

#include <algorithm>
#include <cmath>

namespace cycast
{

namespace
{

constexpr double betweenSamplesDb = 0.5;
constexpr double releaseSeconds = 0.15;

} // namespace

PeakLimiter::PeakLimiter(double ceilingDb, int sampleRate, int channels)
    : m_channels(static_cast<size_t>(channels))
    , m_ahead(std::max<size_t>(1, static_cast<size_t>(sampleRate) / 200))
    , m_ceiling(static_cast<float>(std::pow(10.0, (ceilingDb - betweenSamplesDb) / 20.0)))
    , m_release(1.0 - std::exp(-1.0 / (releaseSeconds * sampleRate)))
    , m_lowest(m_ahead)
    , m_delayed(m_ahead * m_channels)
    , m_envelope(m_ahead)
{
}

double PeakLimiter::LowestGain::next(double gain)
{
    while (m_first != m_end && at(m_first).number + m_window < m_number)
        ++m_first;
    while (m_first != m_end && at(m_end - 1).gain >= gain)
        --m_end;
    at(m_end++) = {m_number++, gain};
    return at(m_first).gain;
}

/// What the oldest frame that is held back gets, after `frame` has come.
double PeakLimiter::gainFor(const float *frame)
{
    float peak = 0.0F;
    for (size_t i = 0; i < m_channels; ++i)
        peak = std::max(peak, std::abs(frame[i]));
    const double wanted = peak > m_ceiling ? static_cast<double>(m_ceiling) / static_cast<double>(peak) : 1.0;
    const double needed = m_lowest.next(wanted);
    m_gain = needed < m_gain ? needed : m_gain + (needed - m_gain) * m_release;
    if (m_gain > 0.9999 && needed == 1.0)
        m_gain = 1.0;
    m_envelopeSum += m_gain;
    if (m_gains == m_ahead)
        m_envelopeSum -= m_envelope[m_envelopeAt];
    else
        ++m_gains;
    m_envelope[m_envelopeAt] = m_gain;
    m_envelopeAt = m_envelopeAt + 1 == m_ahead ? 0 : m_envelopeAt + 1;
    const double oldest = m_gains == m_ahead ? m_envelope[m_envelopeAt] : m_envelope.front();
    if (m_gain == 1.0 && oldest == 1.0 && needed == 1.0) {
        m_envelopeSum = static_cast<double>(m_gains); // no rounding is carried on
        return 1.0;
    }
    return m_envelopeSum / static_cast<double>(m_gains);
}

void PeakLimiter::take(const float *frame, Samples &out)
{
    const auto gain = static_cast<float>(gainFor(frame));
    float *slot = m_delayed.data() + m_delayedAt * m_channels;
    if (m_held == m_ahead) {
        for (size_t i = 0; i < m_channels; ++i)
            out.push_back(slot[i] * gain);
    } else {
        ++m_held;
    }
    std::copy_n(frame, m_channels, slot);
    m_delayedAt = m_delayedAt + 1 == m_ahead ? 0 : m_delayedAt + 1;
}

void PeakLimiter::feed(const Samples &samples, Samples &out)
{
    out.reserve(out.size() + samples.size());
    for (size_t i = 0; i + m_channels <= samples.size(); i += m_channels)
        take(samples.data() + i, out);
}

void PeakLimiter::finish(Samples &out)
{
    const Samples silence(m_ahead * m_channels, 0.0F);
    feed(silence, out);
    m_held = 0;
}

} // namespace cycast
