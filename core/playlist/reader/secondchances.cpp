// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/secondchances.h"

#include "core/base/monotonic.h"
#include "core/values/playlistentry.h"

#include <algorithm>
#include <limits>

namespace cycast
{

namespace
{

constexpr qint64 firstWaitNs = 10 * nsPerSecond;
constexpr qint64 longestWaitNs = 600 * nsPerSecond;

} // namespace

void SecondChances::note(quint64 id, bool comesBack, qint64 nowNs)
{
    Try &noted = m_tries[id];
    noted.waitNs = noted.waitNs == 0 ? firstWaitNs : std::min(2 * noted.waitNs, longestWaitNs);
    noted.lastNs = nowNs;
    noted.comesBack = comesBack;
}

QList<quint64> SecondChances::due(qint64 nowNs)
{
    QList<quint64> ids;
    for (auto it = m_tries.begin(); it != m_tries.end(); ++it) {
        if (it->comesBack && nowNs - it->lastNs >= it->waitNs) {
            it->comesBack = false;
            ids.append(it.key());
        }
    }
    return ids;
}

quint64 SecondChances::oldest(const EntryList &entries) const
{
    quint64 oldest = 0;
    qint64 oldestNs = std::numeric_limits<qint64>::max();
    for (const PlaylistEntry &entry : entries) {
        const auto noted = m_tries.constFind(entry.id);
        const qint64 lastNs = noted == m_tries.cend() ? std::numeric_limits<qint64>::min() : noted->lastNs;
        if (oldest == 0 || lastNs < oldestNs) {
            oldest = entry.id;
            oldestNs = lastNs;
        }
    }
    return oldest;
}

bool SecondChances::isWaiting() const
{
    return std::any_of(m_tries.cbegin(), m_tries.cend(), [](const Try &noted) { return noted.comesBack; });
}

} // namespace cycast
