// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/linebudget.h"

#include <utility>

namespace cycast
{

bool LineBudget::take(qint64 nowMs)
{
    const qint64 passedMs = qMax<qint64>(nowMs - m_lastMs, 0);
    m_room = qMin<double>(atOnce, m_room + static_cast<double>(passedMs) / lineEveryMs);
    m_lastMs = nowMs;
    if (m_room >= 1.0) {
        m_room -= 1.0;
        return true;
    }
    if (m_leftOut++ == 0)
        m_sinceMs = nowMs;
    return false;
}

int LineBudget::gathered(qint64 nowMs)
{
    if (m_leftOut == 0 || nowMs - m_sinceMs < gatherMs)
        return 0;
    return std::exchange(m_leftOut, 0);
}

} // namespace cycast
