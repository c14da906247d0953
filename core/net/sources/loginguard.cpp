// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/loginguard.h"

#include <algorithm>

namespace cycast
{
namespace
{
constexpr qint64 purgeMs = 10'000;
} // namespace

std::optional<LoginGuard::Key> LoginGuard::slowKey(const QHostAddress &address, Way way, qint64 nowMs) const
{
    const Key key{AddressKey(address), way};
    const auto entry = m_entries.constFind(key);
    if (entry != m_entries.constEnd()) {
        const bool isSlow = entry->failures >= freeTries && nowMs - entry->lastMs < forgottenAfterMs;
        return isSlow ? std::optional(key) : std::nullopt;
    }
    const bool isFull = m_fullSinceMs >= 0 && nowMs - m_fullSinceMs < forgottenAfterMs;
    return isFull ? std::optional(Key{{}, way, true}) : std::nullopt;
}

qint64 LoginGuard::lastWrongMs(const Key &key) const
{
    return key.isStranger ? m_fullSinceMs : m_entries.value(key).lastMs;
}

bool LoginGuard::mayLookAtOnce(const QHostAddress &address, qint64 nowMs)
{
    const auto known = m_letIn.find(AddressKey(address));
    if (known == m_letIn.end())
        return false;
    if (nowMs - known->secondMs >= 1'000) {
        known->secondMs = nowMs;
        known->tries = 0;
    }
    return ++known->tries <= knownTriesPerSecond;
}

void LoginGuard::failed(const QHostAddress &address, Way way, qint64 nowMs)
{
    const Key key{AddressKey(address), way};
    auto entry = m_entries.find(key);
    if (entry == m_entries.end()) {
        if (!makeRoom(nowMs)) {
            m_fullSinceMs = nowMs;
            return;
        }
        entry = m_entries.insert(key, {});
        m_light.push_back(key);
        entry->light = std::prev(m_light.end());
    } else if (nowMs - entry->lastMs >= forgottenAfterMs) {
        if (entry->failures >= freeTries) {
            m_light.push_back(key);
            entry->light = std::prev(m_light.end());
        }
        entry->failures = 0;
    }
    entry->lastMs = nowMs;
    if (++entry->failures == freeTries)
        m_light.erase(entry->light);
}

void LoginGuard::letIn(const QHostAddress &address, qint64 nowMs)
{
    m_letIn[AddressKey(address)].lastMs = nowMs;
    if (m_letIn.size() > maxLetIn) {
        m_letIn.erase(std::min_element(m_letIn.cbegin(), m_letIn.cend(),
                                       [](const LetIn &a, const LetIn &b) { return a.lastMs < b.lastMs; }));
    }
}

// Those who are slow stay until they are forgotten; of the others the oldest goes.
bool LoginGuard::makeRoom(qint64 nowMs)
{
    if (m_entries.size() < maxAddresses)
        return true;
    if (m_lastPurgeMs < 0 || nowMs - m_lastPurgeMs >= purgeMs) {
        m_lastPurgeMs = nowMs;
        m_entries.removeIf([this, nowMs](const auto &item) {
            const Entry &entry = item.value();
            if (nowMs - entry.lastMs < forgottenAfterMs)
                return false;
            if (entry.failures < freeTries)
                m_light.erase(entry.light);
            return true;
        });
        if (m_entries.size() < maxAddresses)
            return true;
    }
    if (m_light.empty())
        return false;
    m_entries.remove(m_light.front());
    m_light.pop_front();
    return true;
}

} // namespace cycast
