// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/playoutclock.h"

namespace cycast
{

void PlayoutClock::anchor(qint64 nowNs, Flicks streamTime)
{
    m_running = true;
    m_anchorNs = nowNs;
    m_anchorTime = streamTime;
    m_lastNs = nowNs;
    m_due = streamTime;
}

Flicks PlayoutClock::dueTime(qint64 nowNs)
{
    if (!m_running || nowNs <= m_lastNs)
        return m_due;
    if (nowNs - m_lastNs > maxCatchUpNs)
        m_anchorNs += nowNs - m_lastNs;
    m_lastNs = nowNs;
    m_due = m_anchorTime + flicksFromNs(nowNs - m_anchorNs);
    return m_due;
}

qint64 PlayoutClock::nsWhenDue(Flicks time) const
{
    if (time <= m_anchorTime)
        return m_anchorNs;
    const Flicks wanted = time - m_anchorTime;
    const qint64 ns = nsFromFlicks(wanted); // rounded down: may fall one flick short
    return m_anchorNs + (flicksFromNs(ns) < wanted ? ns + 1 : ns);
}

} // namespace cycast
