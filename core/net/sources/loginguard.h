// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/addresskey.h"

#include <QHash>

#include <list>

namespace cycast
{

/// Knows who guesses passwords, by address, and slows them down, and nobody else. Three wrong tries are free
/// (people mistype); from then on the tries of this address are examined one a second, for 15 minutes after
/// the last wrong one. Addresses that were let in before are remembered apart: only a right password gets one
/// in there. Whoever changes addresses all the time pushes nobody out of the table: when it is full of those
/// who are slow, all strangers together are. Pure; time in milliseconds of any clock that never goes back.
class LoginGuard
{
public:
    static constexpr int freeTries = 3;
    static constexpr qint64 paceMs = 1'000;
    static constexpr qint64 strangersPaceMs = 50;           ///< of all strangers together
    static constexpr qint64 forgottenAfterMs = 15 * 60'000; ///< without a wrong try
    static constexpr qsizetype maxAddresses = 4'000;
    static constexpr qsizetype maxLetIn = 256;
    static constexpr int knownTriesPerSecond =
        10; ///< that are looked at at once, of one that was let in before

    /// A first line that may be a Shoutcast password, or the PING of somebody who watches ports, is no try at
    /// the logins of HTTP: each has its own count.
    enum class Way : quint8 { Http, FirstLine };

    /// Whose turns are counted together.
    struct Key {
        AddressKey address;
        Way way = Way::Http;
        bool isStranger = false; ///< one of all those that the table has no place for
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, key.address, static_cast<int>(key.way), key.isStranger);
        }
        qint64 pace() const { return isStranger ? strangersPaceMs : paceMs; }
    };

    /// Nothing: the try may be examined at once.
    std::optional<Key> slowKey(const QHostAddress &address, Way way, qint64 nowMs) const;
    /// When the last wrong try of those who are meant by `key` was: the next turn counts from there.
    qint64 lastWrongMs(const Key &key) const;
    /// Whether a right password of this address gets in at once all the same. Counts: so many a second, no
    /// more.
    bool mayLookAtOnce(const QHostAddress &address, qint64 nowMs);

    void failed(const QHostAddress &address, Way way, qint64 nowMs);
    void letIn(const QHostAddress &address, qint64 nowMs);

    qsizetype addressCount() const { return m_entries.size(); }

private:
    struct Entry {
        int failures = 0;
        qint64 lastMs = 0;
        std::list<Key>::iterator light = {}; ///< its place among those that are not slow
    };
    struct LetIn {
        qint64 lastMs = 0;
        qint64 secondMs = 0; ///< when the running second began
        int tries = 0;       ///< in it
    };

    bool makeRoom(qint64 nowMs);

    QHash<Key, Entry> m_entries;
    std::list<Key> m_light; ///< fewer wrong tries than are free; oldest first
    QHash<AddressKey, LetIn> m_letIn;
    qint64 m_fullSinceMs = -1; ///< the last wrong try that found no place; -1: none
    qint64 m_lastPurgeMs = -1;
};

} // namespace cycast
