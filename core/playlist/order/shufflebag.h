// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playlist/order/indexedentries.h"

#include <QSet>

#include <optional>
#include <random>

namespace cycast
{

/// Shuffle: everything once before anything twice, no artist after himself as far as that goes. What lies in
/// the bag are ids of a list that belongs to somebody else; whatever cannot be played stays out until it can.
/// Pure: the random engine is seeded by the owner.
class ShuffleBag
{
public:
    explicit ShuffleBag(quint32 seed)
        : m_random(seed)
    {
    }

    /// Empty, and to be filled by refill().
    void clear();
    /// All that can be played, in an order of its own; not `heard` at the front.
    void refill(const IndexedEntries &entries, quint64 heard);

    /// The index of the entry whose turn it is after `heard`; it stays in the bag. `refills`: an empty one is
    /// filled again.
    std::optional<int> next(const IndexedEntries &entries, quint64 heard, bool refills);
    /// `id` has its turn now, whether it is the next one or somebody asked for it.
    void takeOut(quint64 id);
    /// `id` has had its turn before.
    void drop(quint64 id);

    /// The list is `fresh` in place of `old`: what is gone goes, what is new is mixed in.
    void follow(const IndexedEntries &fresh, const IndexedEntries &old, quint64 heard);
    /// These can be played again: those that missed their turn for that are mixed in.
    void mend(const QList<quint64> &ids);
    /// Spreads `ids` evenly over what is left, whose own order stays; behind what is decided.
    void mix(QList<quint64> ids);
    /// `again` had their turn in this bag and come again at once, in this order; `joining` just take part.
    void giveBack(const QList<quint64> &again, const QList<quint64> &joining);

    /// Next first.
    const QList<quint64> &upcoming() const { return m_upcoming; }
    /// As it was in an earlier run. What is neither in `upcoming` nor in `had` is new and is mixed in.
    void restore(const IndexedEntries &entries, const QList<quint64> &upcoming, const QSet<quint64> &had);

private:
    void keepArtistsApart(const IndexedEntries &entries, quint64 heard);

    QList<quint64> m_upcoming;
    qsizetype m_decided = 0;    ///< so many at its front keep their order whatever comes
    bool m_isBegun = false;     ///< something was taken out of this bag
    QSet<quint64> m_passedOver; ///< missed their turn in this bag because of a problem
    std::mt19937 m_random;
};

} // namespace cycast
