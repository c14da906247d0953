// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/playlist/order/indexedentries.h"
#include "core/playlist/order/jingles.h"
#include "core/playlist/order/shufflebag.h"
#include "core/playlist/order/tracksource.h"
#include "core/values/orderstate.h"

#include <optional>

namespace cycast
{

/// What plays after what: the list, where it stands, what was asked for next, jingles in between, shuffle
/// (see ShuffleBag), repeat. Pure: no files, no time; shuffle is seeded by the owner. Lives in the station's
/// thread.
class Playlist final : public TrackSource
{
public:
    explicit Playlist(quint32 seed)
        : m_bag(seed)
    {
    }

    /// Keeps the current entry when the new list still has it; otherwise goes on at the place where it was.
    /// The problems of the new list replace those known before.
    void setEntries(const EntryList &entries);
    /// Takes tags, facts and problems over into the rows (and jingles) with the same ids, and leaves the
    /// order as it is. True when one of them can be played now, or can no longer.
    bool updateEntries(const QList<PlaylistEntry> &fresh);
    const EntryList &entries() const { return m_entries.list(); }
    const PlaylistEntry *entry(quint64 id) const;

    void setShuffle(bool on);
    void setRepeat(bool on) { m_repeat = on; }

    /// Entries marked unplayable are passed over until their problem is cleared.
    void setProblem(quint64 id, const Sentence &problem, EntryFault fault = EntryFault::None);
    /// There are entries, and none of them can be played.
    bool isAllUnplayable() const { return m_entries.size() > 0 && !m_entries.hasPlayable(); }

    /// Jingles count neither as songs nor as minutes.
    void setJingles(const QList<PlaylistEntry> &jingles) { m_jingles.set(jingles); }
    void setJingleRule(const JingleRule &rule) { m_jingles.setRule(rule); }
    bool isJingle(quint64 id) const override { return m_jingles.find(id) != nullptr; }

    /// Moves on and returns the entry to play; nothing when the list is empty, all unplayable, or finished
    /// without repeat.
    std::optional<PlaylistEntry> takeNext();
    /// What takeNext() would return. Changes nothing, so that asking does not decide.
    std::optional<PlaylistEntry> peekNext() const;
    /// Makes `id` the one that takeNext() returns.
    void jumpTo(quint64 id);
    /// These come next, in this order, before what was asked for earlier; then everything goes on as it
    /// would have. In a bag they have had their turn with that.
    void playNext(const QList<quint64> &ids);
    /// Makes `id` the one that has been taken last (the read-ahead was cut back to it), so that takeNext()
    /// returns its successor, the same one as before, and so on as far as they are still in the list.
    /// `takenSince`: how many entries were taken after it, when the caller knows. In a short list the same
    /// entry can be in the read-ahead more than once; without the number its newest turn is meant.
    void rewindTo(quint64 id, int takenSince = -1);

    std::optional<PlaylistEntry> peek() const override { return peekNext(); }
    std::optional<PlaylistEntry> take() override { return takeNext(); }
    quint64 turn() const override { return m_taken.isEmpty() ? m_turnBefore : m_taken.constLast().number; }
    void rewind(quint64 turn) override;

    /// What is in the bag for after that turn.
    BagState bagAt(quint64 turn) const;
    /// What is in the bag for after `heard`, of which `takenSince` entries were taken ahead. Nothing while
    /// not shuffling.
    BagState bagAfter(quint64 heard, int takenSince) const;
    /// Goes on with a bag from an earlier run. What is neither upcoming nor had is new and is mixed in.
    void restoreBag(const BagState &bag);

private:
    enum class Why : quint8 {
        Order,  ///< its turn in list or bag
        Jump,   ///< somebody asked to go there: the order goes on behind it
        Queued, ///< somebody asked for it in between
        Jingle
    };
    /// One turn of an entry, kept for rewindTo().
    struct Turn {
        quint64 id = 0;
        Why why = Why::Order;
        quint32 ordering = 0; ///< m_ordering at that time
        quint64 anchor = 0;   ///< m_anchor from then on
        quint64 number = 0;
        quint64 currentBefore = 0; ///< m_current until then
        quint64 anchorBefore = 0;  ///< likewise
    };
    struct Pick {
        const PlaylistEntry *entry = nullptr;
        Why why = Why::Order;
    };

    int placeIn(const IndexedEntries &fresh) const;
    Pick pick();
    Pick pickSong();
    const PlaylistEntry *dueJingle() const;
    std::optional<int> nextInOrder() const;
    qsizetype turnOf(quint64 id, int takenSince) const;
    qsizetype indexOfTurn(quint64 turn) const;
    void giveBackInOrder(const QList<Turn> &undone, bool byPlace);
    void giveBack(const QList<Turn> &turns);
    void goBackInOrder(const QList<Turn> &turns, bool byPlace);

    IndexedEntries m_entries;
    ShuffleBag m_bag;
    Jingles m_jingles;
    bool m_shuffle = false;
    bool m_repeat = true;
    quint64 m_current = 0;  ///< taken last, jingles aside
    quint64 m_anchor = 0;   ///< taken last by order or by a jump: the order goes on behind it
    int m_position = -1;    ///< its index, or the place before the one to go on with
    QList<quint64> m_queue; ///< asked for, next first
    QList<Turn> m_taken;    ///< newest last, bounded
    quint64 m_lastNumber = 0;
    quint64 m_turnBefore = 0; ///< the one before the first of m_taken
    quint32 m_ordering = 0;   ///< raised when shuffle is switched
    quint64 m_jump = 0;
};

} // namespace cycast
