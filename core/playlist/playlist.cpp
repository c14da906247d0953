// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/playlist.h"

#include <algorithm>

namespace cycast
{

namespace
{

/// More turns than any read-ahead holds: 250 MB of ring filled with 20 kB jingles. Halved when reached.
constexpr qsizetype rememberedTurns = 32'768;

} // namespace

const PlaylistEntry *Playlist::entry(quint64 id) const
{
    const int index = indexOf(id);
    return index < 0 ? nullptr : &m_entries.at(index);
}

void Playlist::setEntries(const QList<PlaylistEntry> &entries)
{
    QHash<quint64, int> newIndex;
    newIndex.reserve(entries.size());
    qsizetype unplayable = 0;
    for (int i = 0; i < entries.size(); ++i) {
        newIndex.insert(entries.at(i).id, i);
        unplayable += entries.at(i).problem.isEmpty() ? 0 : 1;
    }
    const int position = placeIn(newIndex);

    QList<quint64> joining;
    if (m_shuffle) {
        m_upcoming.removeIf([&](quint64 id) { return !newIndex.contains(id); });
        m_passedOver.removeIf([&](quint64 id) { return !newIndex.contains(id); });
        for (const PlaylistEntry &entry : entries) {
            const bool isNew = !m_index.contains(entry.id);
            if (entry.problem.isEmpty() ? (m_passedOver.remove(entry.id) || isNew) : false)
                joining.append(entry.id);
            else if (isNew)
                m_passedOver.insert(entry.id);
        }
    }
    m_entries = entries;
    m_index = std::move(newIndex);
    m_unplayable = unplayable;
    m_position = position;
    if (m_jump != 0 && indexOf(m_jump) < 0)
        m_jump = 0;
    mixIntoBag(std::move(joining));
}

int Playlist::placeIn(const QHash<quint64, int> &newIndex) const
{
    if (const int same = newIndex.value(m_current, -1); same >= 0)
        return same;
    for (qsizetype i = m_position + 1; i < m_entries.size(); ++i) {
        if (const int follower = newIndex.value(m_entries.at(i).id, -1); follower >= 0)
            return follower - 1;
    }
    for (qsizetype i = std::min<qsizetype>(m_position, m_entries.size() - 1); i >= 0; --i) {
        if (const int predecessor = newIndex.value(m_entries.at(i).id, -1); predecessor >= 0)
            return predecessor;
    }
    return -1;
}

void Playlist::setShuffle(bool on)
{
    if (m_shuffle == on)
        return;
    m_shuffle = on;
    ++m_ordering;
    m_upcoming.clear();
    m_passedOver.clear();
    if (on) {
        refillBag();
        m_upcoming.removeOne(m_current); // it has had its turn
    } else if (const int index = indexOf(m_current); index >= 0) {
        m_position = index;
    }
}

void Playlist::setProblem(quint64 id, const QString &problem)
{
    const int index = indexOf(id);
    if (index < 0 || m_entries.at(index).problem == problem)
        return;
    const bool wasPlayable = isPlayable(index);
    m_entries[index].problem = problem;
    if (wasPlayable == problem.isEmpty())
        return;
    m_unplayable += problem.isEmpty() ? -1 : 1;
    if (problem.isEmpty() && m_passedOver.remove(id))
        mixIntoBag({id});
}

std::optional<PlaylistEntry> Playlist::takeNext()
{
    const std::optional<int> index = nextIndex();
    if (!index)
        return std::nullopt;
    const PlaylistEntry &entry = m_entries.at(*index);
    const bool jumped = m_jump != 0;
    if (m_shuffle)
        m_upcoming.removeOne(entry.id); // the first one, unless it was jumped to
    m_jump = 0;
    m_current = entry.id;
    m_position = *index;
    m_taken.append({entry.id, jumped, m_ordering});
    if (m_taken.size() > rememberedTurns)
        m_taken.remove(0, rememberedTurns / 2);
    return entry;
}

std::optional<PlaylistEntry> Playlist::peekNext()
{
    const std::optional<int> index = nextIndex();
    return index ? std::optional(m_entries.at(*index)) : std::nullopt;
}

void Playlist::jumpTo(quint64 id)
{
    if (indexOf(id) >= 0)
        m_jump = id;
}

std::optional<int> Playlist::nextIndex()
{
    if (m_unplayable == m_entries.size())
        return std::nullopt;
    if (m_jump != 0) {
        if (const int index = indexOf(m_jump); index >= 0 && isPlayable(index))
            return index;
        // Goes on behind the entry that was asked for, as if it had been tried.
        if (const int index = indexOf(m_jump); index >= 0)
            m_position = index;
        m_jump = 0;
    }
    return m_shuffle ? nextInBag() : nextInOrder();
}

std::optional<int> Playlist::nextInOrder() const
{
    const int count = static_cast<int>(m_entries.size());
    for (int i = m_position + 1; i < count; ++i) {
        if (isPlayable(i))
            return i;
    }
    for (int i = 0; m_repeat && i <= m_position && i < count; ++i) {
        if (isPlayable(i))
            return i;
    }
    return std::nullopt;
}

std::optional<int> Playlist::nextInBag()
{
    for (int round = 0; round < 2; ++round) {
        while (!m_upcoming.isEmpty()) {
            const int index = indexOf(m_upcoming.first());
            if (index >= 0 && isPlayable(index))
                return index;
            if (index >= 0)
                m_passedOver.insert(m_upcoming.first());
            m_upcoming.removeFirst();
        }
        if (!m_repeat)
            break;
        refillBag();
    }
    return std::nullopt;
}

void Playlist::refillBag()
{
    m_upcoming.clear();
    m_passedOver.clear();
    for (const PlaylistEntry &entry : std::as_const(m_entries)) {
        if (entry.problem.isEmpty())
            m_upcoming.append(entry.id);
        else
            m_passedOver.insert(entry.id);
    }
    std::shuffle(m_upcoming.begin(), m_upcoming.end(), m_random);
    if (m_upcoming.size() > 1 && m_upcoming.first() == m_current) {
        std::uniform_int_distribution<qsizetype> place(1, m_upcoming.size() - 1);
        m_upcoming.swapItemsAt(0, place(m_random));
    }
}

/// Spreads `ids` evenly over what is left of the bag, whose own order stays.
void Playlist::mixIntoBag(QList<quint64> ids)
{
    if (ids.isEmpty())
        return;
    std::shuffle(ids.begin(), ids.end(), m_random);
    QList<quint64> mixed;
    mixed.reserve(ids.size() + m_upcoming.size());
    qsizetype fromIds = 0;
    qsizetype fromBag = 0;
    while (fromIds < ids.size() || fromBag < m_upcoming.size()) {
        const qsizetype left = ids.size() - fromIds + m_upcoming.size() - fromBag;
        std::uniform_int_distribution<qsizetype> pick(0, left - 1);
        if (pick(m_random) < ids.size() - fromIds)
            mixed.append(ids.at(fromIds++));
        else
            mixed.append(m_upcoming.at(fromBag++));
    }
    m_upcoming = std::move(mixed);
}

void Playlist::rewindTo(quint64 id, int takenSince)
{
    const qsizetype told = m_taken.size() - 1 - takenSince;
    qsizetype turn = -1;
    if (takenSince >= 0 && told >= 0 && m_taken.at(told).id == id)
        turn = told;
    for (qsizetype i = m_taken.size() - 1; turn < 0 && i >= 0; --i) {
        if (m_taken.at(i).id == id)
            turn = i;
    }
    const int index = indexOf(id);
    if (turn < 0 && index < 0)
        return;

    const QList<Turn> givenBack = turn < 0 ? QList<Turn>() : m_taken.mid(turn + 1);
    const bool sameOrdering = turn >= 0 && m_taken.at(turn).ordering == m_ordering;
    if (turn >= 0)
        m_taken.resize(turn + 1);
    m_current = id;
    if (index >= 0)
        m_position = index;
    if (m_shuffle) {
        if (!sameOrdering)
            m_upcoming.removeOne(id);
        giveBackToBag(givenBack);
        return;
    }
    // In order the successor follows from the place alone, unless somebody had jumped or the place is gone.
    bool byPlace = index >= 0;
    for (const Turn &turnBack : givenBack) {
        byPlace = byPlace && !turnBack.jumped;
        if (byPlace)
            break;
        if (indexOf(turnBack.id) >= 0) {
            if (m_jump == 0)
                m_jump = turnBack.id;
            break;
        }
    }
}

/// Turns of this shuffle come again in their order; those from before it was switched on just take part.
void Playlist::giveBackToBag(const QList<Turn> &turns)
{
    QList<quint64> again;
    QList<quint64> joining;
    for (const Turn &turn : turns) {
        if (indexOf(turn.id) < 0)
            continue;
        if (turn.ordering == m_ordering)
            again.append(turn.id);
        else if (!m_upcoming.contains(turn.id) && !joining.contains(turn.id))
            joining.append(turn.id);
    }
    mixIntoBag(std::move(joining));
    m_upcoming = again + m_upcoming;
}

} // namespace cycast
