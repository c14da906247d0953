// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/addressset.h"
#include "core/values/ban.h"

namespace cycast
{

/// Who may not listen. Pure: the time is an argument.
class BanMatcher
{
public:
    BanMatcher() = default;
    /// A ban with neither address nor player, or with an address that cannot be read, is nobody's.
    explicit BanMatcher(const QList<Ban> &bans);

    /// `program` is the whole User-Agent, `player` its short name; either may contain the banned part.
    bool matches(const QHostAddress &address, const QString &program, const QString &player,
                 const QDateTime &now) const;
    bool isEmpty() const { return m_entries.isEmpty(); }

private:
    struct Entry {
        AddressSet addresses; ///< empty: any
        QString player;       ///< empty: any
        QDateTime until;
    };
    QList<Entry> m_entries;
};

} // namespace cycast
