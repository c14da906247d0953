// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/requestbudget.h"

#include "core/base/monotonic.h"

#include <algorithm>

namespace cycast
{

void RequestBudget::setPerSecond(int requests)
{
    m_perSecond = requests;
    m_accounts.clear();
}

double RequestBudget::leftOf(const Account &account, qint64 nowNs) const
{
    const double seconds = static_cast<double>(nowNs - account.atNs) / static_cast<double>(nsPerSecond);
    return std::min(m_perSecond * secondsAtOnce, account.left + m_perSecond * seconds);
}

bool RequestBudget::spend(const AddressKey &address, qint64 nowNs)
{
    if (m_perSecond <= 0.0)
        return true;
    const double most = m_perSecond * secondsAtOnce;
    auto account = m_accounts.find(address);
    if (account == m_accounts.end()) {
        if (m_accounts.size() >= mostAddresses) {
            // Who has all of his again is as good as new.
            m_accounts.removeIf([&](const auto &each) { return leftOf(each.value(), nowNs) >= most; });
            if (m_accounts.size() >= mostAddresses)
                m_accounts.clear();
        }
        account = m_accounts.insert(address, {most, nowNs});
    }
    const double left = leftOf(*account, nowNs);
    *account = {std::max(0.0, left >= 1.0 ? left - 1.0 : left), nowNs};
    return left >= 1.0;
}

} // namespace cycast
