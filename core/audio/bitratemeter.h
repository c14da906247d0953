// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

namespace cycast
{

/// The bitrate of a stream whose frames do not say it (AAC, Ogg), as a mean over two seconds, so that it does
/// not flicker. Pure.
class BitrateMeter
{
public:
    void add(qint64 bytes, Flicks duration)
    {
        m_bytes += bytes;
        m_duration += duration;
        if (m_duration <= 0)
            return;
        const bool isComplete = m_duration >= window;
        // Until the first window is complete, what there is has to do.
        if (isComplete || !m_hasWindow)
            m_kbps = qRound(static_cast<double>(m_bytes) * 8 / 1000 / secondsOf(m_duration));
        if (isComplete) {
            m_hasWindow = true;
            m_bytes = m_duration = 0;
        }
    }
    int kbps() const { return m_kbps; } ///< 0: nothing yet

private:
    static constexpr Flicks window = 2 * flicksPerSecond;
    qint64 m_bytes = 0;
    Flicks m_duration = 0;
    int m_kbps = 0;
    bool m_hasWindow = false;
};

} // namespace cycast
