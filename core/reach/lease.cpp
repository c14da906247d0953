// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/lease.h"

#include <algorithm>

namespace cycast
{

void Lease::setWanted(bool wanted, qint64 nowMs)
{
    if (wanted == m_isWanted)
        return;
    m_isWanted = wanted;
    m_retryMs = firstRetryMs;
    m_dueMs = wanted || m_isHeld ? nowMs : -1;
}

void Lease::networkChanged(qint64 nowMs)
{
    m_isElsewhere = m_isHeld || m_isBusy;
    m_retryMs = firstRetryMs;
    if (m_isWanted)
        m_dueMs = nowMs + settleMs;
}

Lease::Step Lease::next(qint64 nowMs)
{
    if (m_isBusy || m_dueMs < 0 || nowMs < m_dueMs)
        return Step::Nothing;
    m_dueMs = -1;
    m_isBusy = true;
    if (!m_isWanted)
        return Step::Close;
    return m_isHeld && !m_isElsewhere ? Step::Renew : Step::Open;
}

qint64 Lease::wakeMs() const
{
    return m_isBusy ? -1 : m_dueMs;
}

void Lease::opened(int leaseSeconds, qint64 nowMs)
{
    m_isBusy = false;
    m_isHeld = true;
    m_retryMs = firstRetryMs;
    if (!m_isWanted) {
        m_dueMs = nowMs; // it is not wanted any more
        return;
    }
    if (m_isElsewhere && m_dueMs >= 0)
        return; // the network has changed meanwhile
    m_isElsewhere = false;
    const qint64 halfMs = leaseSeconds > 0 ? qint64{leaseSeconds} * 500 : permanentMs;
    m_dueMs = nowMs + std::max(halfMs, shortestMs);
}

void Lease::failed(bool isTried, qint64 nowMs)
{
    m_isBusy = false;
    m_isHeld = false;
    if (!m_isWanted || (m_isElsewhere && m_dueMs >= 0))
        return;
    m_isElsewhere = false;
    if (!isTried)
        return;
    m_dueMs = nowMs + m_retryMs;
    m_retryMs = std::min(m_retryMs * 2, lastRetryMs);
}

void Lease::closed(qint64 nowMs)
{
    m_isBusy = false;
    m_isHeld = false;
    m_isElsewhere = false;
    if (m_isWanted)
        m_dueMs = nowMs;
}

} // namespace cycast
