// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/addresskey.h"

#include <QHash>

namespace cycast
{

/// How many requests one address may make: so many in a second on the average, and a few seconds' worth at
/// once, for a page that begins with several. A bounded number of addresses is remembered, those that asked
/// lately. Pure; the time is an argument.
class RequestBudget
{
public:
    static constexpr int secondsAtOnce = 4;
    static constexpr qsizetype mostAddresses = 10'000;

    /// 0: no limit.
    void setPerSecond(int requests);
    /// False: it has had all that it may have for now.
    bool spend(const AddressKey &address, qint64 nowNs);
    qsizetype count() const { return m_accounts.size(); }

private:
    struct Account {
        double left = 0.0;
        qint64 atNs = 0;
    };
    double leftOf(const Account &account, qint64 nowNs) const;

    double m_perSecond = 0.0;
    QHash<AddressKey, Account> m_accounts;
};

} // namespace cycast
