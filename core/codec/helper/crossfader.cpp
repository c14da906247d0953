// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/crossfader.h"

#include <cmath>
#include <numbers>

namespace cycast
{

Crossfader::Crossfader(double seconds, int sampleRate, int channels)
    : m_channels(static_cast<size_t>(channels))
    , m_length(static_cast<size_t>(seconds * sampleRate) * m_channels)
{
}

void Crossfader::beginTrack()
{
    // A track shorter than the fade ends under what is still fading.
    m_tail.insert(m_tail.end(), m_fading.begin() + static_cast<std::ptrdiff_t>(m_faded), m_fading.end());
    m_fading = std::exchange(m_tail, {});
    m_faded = 0;
}

void Crossfader::feed(const Samples &samples, Samples &out)
{
    size_t place = 0;
    const double quarter = std::numbers::pi / 2;
    while (m_faded < m_fading.size() && place < samples.size()) {
        const double phase = static_cast<double>(m_faded / m_channels * m_channels) /
                             static_cast<double>(m_fading.size()) * quarter;
        m_tail.push_back(m_fading[m_faded] * static_cast<float>(std::cos(phase)) +
                         samples[place] * static_cast<float>(std::sin(phase)));
        ++m_faded;
        ++place;
    }
    m_tail.insert(m_tail.end(), samples.begin() + static_cast<std::ptrdiff_t>(place), samples.end());
    giveExcess(out);
}

void Crossfader::finish(Samples &out)
{
    beginTrack();
    out.insert(out.end(), m_fading.begin(), m_fading.end());
    m_fading.clear();
    m_tail.clear();
}

void Crossfader::giveExcess(Samples &out)
{
    if (m_tail.size() <= m_length)
        return;
    const auto excess = m_tail.begin() + static_cast<std::ptrdiff_t>(m_tail.size() - m_length);
    out.insert(out.end(), m_tail.begin(), excess);
    m_tail.erase(m_tail.begin(), excess);
}

} // namespace cycast
