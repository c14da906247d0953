// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/listenerinfo.h"

#include <QList>

#include <optional>

namespace cycast
{

class Broadcaster;

/// What a table of listeners needs to know: everybody at first, then who has come and gone since. Nothing is
/// gathered while nobody looks, but for those who left last. Pure; lives in the station's thread.
class ListenerWatch
{
public:
    /// Whoever begins to look gets everything with the next update.
    void setWatched(bool watched);
    void joined(const ListenerInfo &info);
    void left(const ListenerGone &gone);
    /// Nothing when nobody looks.
    std::optional<ListenersUpdate> next(const Broadcaster &broadcaster, qint64 nowNs);

private:
    bool m_isWatched = false;
    bool m_sendsAll = false;
    QList<ListenerInfo> m_joined;
    QList<ListenerGone> m_left;       ///< since the last update
    QList<ListenerGone> m_leftLately; ///< for those who begin to watch; oldest first
};

} // namespace cycast
