// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/loginguard.h"

#include <algorithm>

namespace cycast
{

QByteArray LoginGuard::keyOf(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4); // also of ::ffff:192.0.2.1
    if (isIpv4)
        return QByteArray::number(ipv4);
    const Q_IPV6ADDR ipv6 = address.toIPv6Address();
    constexpr int networkBytes = 8;
    return QByteArray("6:") + QByteArray(reinterpret_cast<const char *>(ipv6.c), networkBytes).toHex();
}

LoginGuard::Verdict LoginGuard::verdict(const QHostAddress &address, qint64 nowMs) const
{
    const auto entry = m_entries.constFind(keyOf(address));
    if (entry == m_entries.constEnd() || nowMs >= entry->allowedFromMs)
        return {};
    return {false, entry->allowedFromMs - nowMs};
}

qint64 LoginGuard::failed(const QHostAddress &address, qint64 nowMs)
{
    const QByteArray key = keyOf(address);
    if (!m_entries.contains(key))
        makeRoom(nowMs);
    Entry &entry = m_entries[key];
    if (entry.failures > 0 && nowMs - entry.lastMs >= forgottenAfterMs)
        entry = {};
    ++entry.failures;
    entry.lastMs = nowMs;
    const int doublings = std::min(entry.failures - freeTries - 1, 10);
    const qint64 waitMs = doublings < 0 ? 0 : std::min(firstWaitMs << doublings, longestWaitMs);
    entry.allowedFromMs = nowMs + waitMs;
    return waitMs;
}

void LoginGuard::succeeded(const QHostAddress &address)
{
    m_entries.remove(keyOf(address));
}

int LoginGuard::failures(const QHostAddress &address) const
{
    return m_entries.value(keyOf(address)).failures;
}

void LoginGuard::makeRoom(qint64 nowMs)
{
    if (m_entries.size() < maxAddresses)
        return;
    m_entries.removeIf([nowMs](const auto &item) { return nowMs - item.value().lastMs >= forgottenAfterMs; });
    while (m_entries.size() >= maxAddresses) {
        m_entries.erase(std::min_element(m_entries.cbegin(), m_entries.cend(),
                                         [](const Entry &a, const Entry &b) { return a.lastMs < b.lastMs; }));
    }
}

} // namespace cycast
