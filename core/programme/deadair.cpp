// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/deadair.h"

#include "core/base/monotonic.h"

namespace cycast
{

namespace
{

// The reader gets this long before silence is put in between.
constexpr qint64 readerGraceNs = nsPerSecond / 2;

} // namespace

void DeadAir::start(qint64 nowNs)
{
    m_startedNs = nowNs;
    m_shortSinceNs = 0;
}

bool DeadAir::isToFill(Flicks end, Flicks due, bool isReaderAtWork, qint64 nowNs)
{
    if (end >= due + madeAhead) {
        m_shortSinceNs = 0;
        return false;
    }
    if (!isReaderAtWork && nowNs - m_startedNs >= readerGraceNs)
        return true;
    // Music is coming: it gets a moment, and what is still ahead plays out first.
    if (m_shortSinceNs == 0)
        m_shortSinceNs = nowNs;
    return end <= due && nowNs - m_shortSinceNs >= readerGraceNs;
}

} // namespace cycast
