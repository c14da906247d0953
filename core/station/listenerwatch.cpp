// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/listenerwatch.h"

#include "core/net/stream/broadcaster.h"

#include <utility>

namespace cycast
{

void ListenerWatch::setWatched(bool watched)
{
    m_isWatched = watched;
    m_sendsAll = watched;
    m_joined.clear();
    m_left.clear();
}

void ListenerWatch::joined(const ListenerInfo &info)
{
    if (m_isWatched && !m_sendsAll)
        m_joined.append(info);
}

void ListenerWatch::left(const ListenerGone &gone)
{
    if (m_isWatched && !m_sendsAll)
        m_left.append(gone);
    m_leftLately.append(gone);
    if (m_leftLately.size() > mostRecentlyLeft)
        m_leftLately.removeFirst();
}

std::optional<ListenersUpdate> ListenerWatch::next(const Broadcaster &broadcaster, qint64 nowNs)
{
    if (!m_isWatched)
        return std::nullopt;
    ListenersUpdate update;
    update.complete = std::exchange(m_sendsAll, false);
    update.joined = update.complete ? broadcaster.infos() : std::exchange(m_joined, {});
    update.left = update.complete ? m_leftLately : std::exchange(m_left, {});
    update.figures = broadcaster.figures(nowNs);
    return update;
}

} // namespace cycast
