// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

/// When an open port is asked for, renewed and given back. Time is an argument, in milliseconds of a clock
/// that never jumps. It never asks twice at the same time, and never in a loop: at half of the lease, after
/// the network has changed, and after a failure a minute later, then two, up to half an hour.
class Lease
{
public:
    enum class Step : quint8 { Nothing, Open, Renew, Close };

    void setWanted(bool wanted, qint64 nowMs);
    /// Another router or another address: what was open there is worth nothing. Several changes within
    /// settleMs are one.
    void networkChanged(qint64 nowMs);

    /// What is due. Whoever gets Open or Renew answers with opened() or failed(), whoever gets Close with
    /// closed(); until then there is nothing else.
    Step next(qint64 nowMs);
    /// When next() may have something; negative: not before something else happens.
    qint64 wakeMs() const;

    /// A lease of 0 is for ever, and is looked after all the same.
    void opened(int leaseSeconds, qint64 nowMs);
    /// `isTried` false: nothing can be done here before the network changes.
    void failed(bool isTried, qint64 nowMs);
    void closed(qint64 nowMs);

    bool isHeld() const { return m_isHeld; }

    static constexpr qint64 settleMs = 2'000;
    static constexpr qint64 firstRetryMs = 60'000;
    static constexpr qint64 lastRetryMs = 30 * 60'000;
    static constexpr qint64 permanentMs = 30 * 60'000;
    static constexpr qint64 shortestMs = 10'000; ///< however short a router's leases are

private:
    bool m_isWanted = false;
    bool m_isHeld = false;
    bool m_isBusy = false;
    bool m_isElsewhere = false; ///< the network has changed since it was opened
    qint64 m_dueMs = -1;
    qint64 m_retryMs = firstRetryMs;
};

} // namespace cycast
