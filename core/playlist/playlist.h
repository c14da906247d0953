// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stationstatus.h"

#include <QHash>
#include <QSet>

#include <optional>
#include <random>

namespace cycast
{

/// What plays after what: the list, where it stands, shuffle as a bag (everything once before anything
/// twice), repeat. Pure: no files, no time; the random engine is seeded by the owner. Lives in the
/// station's thread.
class Playlist
{
public:
    explicit Playlist(quint32 seed)
        : m_random(seed)
    {
    }

    /// Keeps the current entry when the new list still has it; otherwise goes on at the place where it was.
    void setEntries(const QList<PlaylistEntry> &entries);
    const QList<PlaylistEntry> &entries() const { return m_entries; }
    const PlaylistEntry *entry(quint64 id) const;

    void setShuffle(bool on);
    void setRepeat(bool on) { m_repeat = on; }

    /// Entries marked unplayable are passed over until their problem is cleared.
    void setProblem(quint64 id, const QString &problem);

    /// Moves on and returns the entry to play; nothing when the list is empty, all unplayable, or finished
    /// without repeat.
    std::optional<PlaylistEntry> takeNext();
    /// What takeNext() would return, without moving. Stable until the list or its settings change.
    std::optional<PlaylistEntry> peekNext();
    /// Makes `id` the one that takeNext() returns.
    void jumpTo(quint64 id);
    /// Makes `id` the one that has been taken last (the read-ahead was cut back to it), so that takeNext()
    /// returns its successor, the same one as before.
    void rewindTo(quint64 id);

private:
    void refillBag();
    int indexOf(quint64 id) const;

    QList<PlaylistEntry> m_entries;
    QHash<quint64, int> m_index;
    QSet<quint64> m_unplayable;
    bool m_shuffle = false;
    bool m_repeat = true;
    quint64 m_current = 0;     ///< taken last
    int m_position = -1;       ///< its index, or where it was
    QList<quint64> m_upcoming; ///< shuffle bag, next first
    QList<quint64> m_taken;    ///< recently taken, newest last, bounded; for rewindTo
    quint64 m_jump = 0;
    std::mt19937 m_random;
};

} // namespace cycast
