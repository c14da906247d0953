// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/silencetrimmer.h"

#include <algorithm>
#include <cmath>

namespace cycast
{

SilenceTrimmer::SilenceTrimmer(int sampleRate, int channels)
    : m_channels(static_cast<size_t>(channels))
    , m_kept(static_cast<size_t>(sampleRate) / 20 * m_channels)
    , m_mostHeld(static_cast<size_t>(sampleRate) * 30 * m_channels)
{
}

void SilenceTrimmer::beginTrack()
{
    m_hasBegun = false;
    m_held.clear();
}

void SilenceTrimmer::feed(const Samples &samples, Samples &out)
{
    // Behind the last loud sample frame everything is held, before it nothing is, or only what leads in.
    const auto isLoud = [](float sample) { return std::abs(sample) >= threshold; };
    const auto last = std::find_if(samples.rbegin(), samples.rend(), isLoud);
    const auto loudEnd = static_cast<size_t>(samples.rend() - last);
    const size_t split = (loudEnd + m_channels - 1) / m_channels * m_channels;
    const auto splitAt = samples.begin() + static_cast<std::ptrdiff_t>(split);
    if (split > 0) {
        m_held.insert(m_held.end(), samples.begin(), splitAt);
        size_t from = 0;
        if (!m_hasBegun) {
            const auto first = std::find_if(m_held.begin(), m_held.end(), isLoud);
            const auto loudAt = static_cast<size_t>(first - m_held.begin()) / m_channels * m_channels;
            from = loudAt > m_kept ? loudAt - m_kept : 0;
            m_hasBegun = true;
        }
        out.insert(out.end(), m_held.begin() + static_cast<std::ptrdiff_t>(from), m_held.end());
        m_held.clear();
    }
    m_held.insert(m_held.end(), splitAt, samples.end());
    const size_t most = m_hasBegun ? m_mostHeld : m_kept;
    if (m_held.size() > most) {
        const auto excess = m_held.begin() + static_cast<std::ptrdiff_t>(m_held.size() - most);
        if (m_hasBegun)
            out.insert(out.end(), m_held.begin(), excess);
        m_held.erase(m_held.begin(), excess);
    }
}

void SilenceTrimmer::endTrack(Samples &out)
{
    if (m_hasBegun) {
        const auto stays = static_cast<std::ptrdiff_t>(std::min(m_kept, m_held.size()));
        out.insert(out.end(), m_held.begin(), m_held.begin() + stays);
    }
    m_held.clear();
}

} // namespace cycast
