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
    , m_ahead(static_cast<size_t>(sampleRate) / 200)
    , m_ceiling(static_cast<float>(std::pow(10.0, (ceilingDb - betweenSamplesDb) / 20.0)))
    , m_release(1.0 - std::exp(-1.0 / (releaseSeconds * sampleRate)))
{
}

void PeakLimiter::take(const float *frame, Samples &out)
{
    float peak = 0.0F;
    for (size_t i = 0; i < m_channels; ++i)
        peak = std::max(peak, std::abs(frame[i]));
    const double wanted = peak > m_ceiling ? static_cast<double>(m_ceiling) / static_cast<double>(peak) : 1.0;
    while (!m_lowest.empty() && m_lowest.back().gain >= wanted)
        m_lowest.pop_back();
    m_lowest.push_back({m_number, wanted});
    while (m_lowest.front().number + m_ahead < m_number)
        m_lowest.pop_front();
    const double needed = m_lowest.front().gain;
    m_gain = needed < m_gain ? needed : m_gain + (needed - m_gain) * m_release;
    if (m_gain > 0.9999 && needed == 1.0)
        m_gain = 1.0;
    m_envelope.push_back(m_gain);
    m_envelopeSum += m_gain;
    if (m_envelope.size() > m_ahead) {
        m_envelopeSum -= m_envelope.front();
        m_envelope.pop_front();
    }
    ++m_number;

    m_delayed.insert(m_delayed.end(), frame, frame + m_channels);
    if (m_delayed.size() <= m_ahead * m_channels)
        return;
    const bool isUntouched = m_gain == 1.0 && m_envelope.front() == 1.0 && needed == 1.0;
    if (isUntouched)
        m_envelopeSum = static_cast<double>(m_envelope.size()); // no rounding is carried on
    const auto gain =
        isUntouched ? 1.0F : static_cast<float>(m_envelopeSum / static_cast<double>(m_envelope.size()));
    for (size_t i = 0; i < m_channels; ++i) {
        out.push_back(m_delayed.front() * gain);
        m_delayed.pop_front();
    }
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
    m_delayed.clear();
}

} // namespace cycast
