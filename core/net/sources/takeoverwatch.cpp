// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/takeoverwatch.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

bool TakeoverWatch::mayTakeOver(const QString &newcomer, const QString &holder, qint64 nowMs)
{
    if (isFight(nowMs)) {
        m_fightUntilMs = nowMs + calmMs;
        return false;
    }
    m_takeoverMs.removeIf([nowMs](qint64 ms) { return nowMs - ms >= windowMs; });
    m_takeoverMs.append(nowMs);
    if (m_takeoverMs.size() < fightTakeovers)
        return true;
    m_takeoverMs.clear();
    m_fightUntilMs = nowMs + calmMs;
    m_parties = newcomer == holder ? u"two at %1"_s.arg(newcomer) : u"%1 and %2"_s.arg(newcomer, holder);
    return false;
}

} // namespace cycast
