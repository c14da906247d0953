// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audition/soundlevel.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cycast
{

void SoundLevel::add(const float *samples, qsizetype count, qint64 perSecond)
{
    const qint64 window = std::max<qint64>(1, perSecond / 10);
    for (qsizetype i = 0; i < count; ++i) {
        const double sample = static_cast<double>(samples[i]);
        // Damaged data may decode to anything; it is not loud for that.
        if (std::isfinite(sample))
            m_squares += sample * sample;
        if (++m_count >= window)
            closeWindow();
    }
}

void SoundLevel::closeWindow()
{
    if (m_count > 0)
        m_loudest = std::max(m_loudest, m_squares / static_cast<double>(m_count));
    m_squares = 0.0;
    m_count = 0;
}

double SoundLevel::takeLoudest()
{
    closeWindow();
    const double meanSquare = std::exchange(m_loudest, 0.0);
    return meanSquare <= 1e-12 ? floorDb : 10.0 * std::log10(meanSquare);
}

} // namespace cycast
