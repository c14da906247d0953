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
    /// The problems of the new list replace those known before.
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
    /// returns its successor, the same one as before, and so on as far as they are still in the list.
    /// `takenSince`: how many entries were taken after it, when the caller knows. In a short list the same
    /// entry can be in the read-ahead more than once; without the number its newest turn is meant.
    void rewindTo(quint64 id, int takenSince = -1);

private:
    /// One turn of an entry, kept for rewindTo().
    struct Turn {
        quint64 id = 0;
        bool jumped = false;  ///< somebody asked for it: not the successor by order
        quint32 ordering = 0; ///< m_ordering at that time
    };

    int placeIn(const QHash<quint64, int> &newIndex) const;
    std::optional<int> nextIndex();
    std::optional<int> nextInOrder() const;
    std::optional<int> nextInBag();
    void refillBag();
    void mixIntoBag(QList<quint64> ids);
    void giveBackToBag(const QList<Turn> &turns);
    bool isPlayable(int index) const { return m_entries.at(index).problem.isEmpty(); }
    int indexOf(quint64 id) const { return m_index.value(id, -1); }

    QList<PlaylistEntry> m_entries;
    QHash<quint64, int> m_index;
    qsizetype m_unplayable = 0; ///< how many entries have a problem
    bool m_shuffle = false;
    bool m_repeat = true;
    quint64 m_current = 0;      ///< taken last
    int m_position = -1;        ///< its index, or the place before the one to go on with
    QList<quint64> m_upcoming;  ///< shuffle bag, next first
    QSet<quint64> m_passedOver; ///< missed their turn in this bag because of a problem
    QList<Turn> m_taken;        ///< newest last, bounded
    quint32 m_ordering = 0;     ///< raised when shuffle is switched
    quint64 m_jump = 0;
    std::mt19937 m_random;
};

} // namespace cycast
