// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/order/playlist.h"
#include "core/values/playlistentry.h"

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
    if (const int index = indexOf(id); index >= 0)
        return &m_entries.at(index);
    const int jingle = jingleOf(id);
    return jingle < 0 ? nullptr : &m_jingles.at(jingle);
}

int Playlist::jingleOf(quint64 id) const
{
    for (int i = 0; i < m_jingles.size(); ++i) {
        if (m_jingles.at(i).id == id)
            return i;
    }
    return -1;
}

void Playlist::setEntries(const EntryList &entries)
{
    QHash<quint64, int> newIndex;
    newIndex.reserve(entries.size());
    qsizetype unplayable = 0;
    int count = 0;
    for (const PlaylistEntry &entry : entries) {
        newIndex.insert(entry.id, count++);
        unplayable += entry.problem.isEmpty() ? 0 : 1;
    }
    const int position = placeIn(newIndex);

    m_queue.removeIf([&](quint64 id) { return !newIndex.contains(id); });
    QList<quint64> joining;
    if (m_shuffle) {
        m_decided = std::count_if(m_upcoming.cbegin(), m_upcoming.cbegin() + m_decided,
                                  [&](quint64 id) { return newIndex.contains(id); });
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
    if (!joining.isEmpty() && !m_bagBegun && m_decided == 0)
        refillBag(); // a list that is still growing: spread as a whole
    else
        mixIntoBag(std::move(joining));
}

int Playlist::placeIn(const QHash<quint64, int> &newIndex) const
{
    if (const int same = newIndex.value(m_anchor, -1); same >= 0)
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
    m_decided = 0;
    m_bagBegun = false;
    m_passedOver.clear();
    if (on) {
        refillBag();
        dropFromBag(m_current); // it has had its turn
    } else if (const int index = indexOf(m_anchor); index >= 0) {
        m_position = index;
    }
}

bool Playlist::updateEntries(const QList<PlaylistEntry> &fresh)
{
    QList<quint64> joining;
    bool isChanged = false;
    for (const PlaylistEntry &entry : fresh) {
        if (const int jingle = jingleOf(entry.id); jingle >= 0) {
            isChanged = isChanged || m_jingles.at(jingle).problem.isEmpty() != entry.problem.isEmpty();
            m_jingles[jingle] = entry;
        }
        const int index = indexOf(entry.id);
        if (index < 0)
            continue;
        const bool wasPlayable = isPlayable(index);
        m_entries[index] = entry;
        if (wasPlayable == entry.problem.isEmpty())
            continue;
        isChanged = true;
        m_unplayable += wasPlayable ? 1 : -1;
        if (!wasPlayable && m_passedOver.remove(entry.id))
            joining.append(entry.id);
    }
    mixIntoBag(std::move(joining));
    return isChanged;
}

void Playlist::setProblem(quint64 id, const QString &problem, EntryFault fault)
{
    if (const int jingle = jingleOf(id); jingle >= 0)
        m_jingles[jingle].problem = problem;
    const int index = indexOf(id);
    if (index < 0 || m_entries.at(index).problem == problem)
        return;
    const bool wasPlayable = isPlayable(index);
    m_entries[index].problem = problem;
    m_entries[index].fault = fault;
    if (wasPlayable == problem.isEmpty())
        return;
    m_unplayable += problem.isEmpty() ? -1 : 1;
    if (problem.isEmpty() && m_passedOver.remove(id))
        mixIntoBag({id});
}

std::optional<PlaylistEntry> Playlist::takeNext()
{
    const Pick picked = pick();
    if (!picked.entry)
        return std::nullopt;
    const PlaylistEntry entry = *picked.entry;
    if (picked.why != Why::Jingle) {
        if (m_shuffle) {
            dropFromBag(entry.id); // the first one, unless it was asked for
            m_bagBegun = true;
        }
        m_current = entry.id;
    }
    if (picked.why == Why::Queued)
        m_queue.removeOne(entry.id);
    if (picked.why == Why::Order || picked.why == Why::Jump) {
        m_jump = 0;
        m_anchor = entry.id;
        m_position = indexOf(entry.id);
    }
    m_taken.append({entry.id, picked.why, m_ordering, m_anchor});
    if (m_taken.size() > rememberedTurns)
        m_taken.remove(0, rememberedTurns / 2);
    return entry;
}

std::optional<PlaylistEntry> Playlist::peekNext()
{
    const Pick picked = pick();
    return picked.entry ? std::optional(*picked.entry) : std::nullopt;
}

void Playlist::jumpTo(quint64 id)
{
    if (indexOf(id) >= 0)
        m_jump = id;
}

void Playlist::playNext(const QList<quint64> &ids)
{
    QList<quint64> wanted;
    for (const quint64 id : ids) {
        if (indexOf(id) >= 0 && !wanted.contains(id))
            wanted.append(id);
    }
    m_queue.removeIf([&](quint64 id) { return wanted.contains(id); });
    m_queue = wanted + m_queue;
}

Playlist::Pick Playlist::pick()
{
    const bool hasJump = m_jump != 0;
    const Pick song = pickSong();
    if (!song.entry || (hasJump && song.why == Why::Jump))
        return song;
    const PlaylistEntry *jingle = dueJingle();
    return jingle ? Pick{jingle, Why::Jingle} : song;
}

Playlist::Pick Playlist::pickSong()
{
    if (m_unplayable == m_entries.size())
        return {};
    if (m_jump != 0) {
        if (const int index = indexOf(m_jump); index >= 0 && isPlayable(index))
            return {&m_entries.at(index), Why::Jump};
        // Goes on behind the entry that was asked for, as if it had been tried.
        if (const int index = indexOf(m_jump); index >= 0) {
            m_position = index;
            m_anchor = m_jump;
        }
        m_jump = 0;
    }
    for (const quint64 id : std::as_const(m_queue)) {
        if (const int index = indexOf(id); index >= 0 && isPlayable(index))
            return {&m_entries.at(index), Why::Queued};
    }
    const std::optional<int> index = m_shuffle ? nextInBag() : nextInOrder();
    return index ? Pick{&m_entries.at(*index), Why::Order} : Pick();
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
    if (turn < 0 && indexOf(id) < 0)
        return;

    const QList<Turn> undone = turn < 0 ? QList<Turn>() : m_taken.mid(turn + 1);
    const bool sameOrdering = turn >= 0 && m_taken.at(turn).ordering == m_ordering;
    m_current = id;
    m_anchor = id;
    if (turn >= 0) {
        m_taken.resize(turn + 1);
        m_anchor = m_taken.at(turn).anchor;
        for (qsizetype i = turn; i >= 0 && m_taken.at(i).why == Why::Jingle; --i)
            m_current = i > 0 ? m_taken.at(i - 1).id : 0;
    }
    const int place = indexOf(m_anchor);
    if (place >= 0)
        m_position = place;

    QList<Turn> givenBack;
    QList<quint64> asked;
    for (const Turn &one : undone) {
        if (one.why == Why::Queued && indexOf(one.id) >= 0)
            asked.append(one.id);
        else if (one.why == Why::Order || one.why == Why::Jump)
            givenBack.append(one);
    }
    playNext(asked);
    if (m_shuffle) {
        if (!sameOrdering)
            dropFromBag(id);
        giveBackToBag(givenBack);
        return;
    }
    // In order the successor follows from the place alone, unless somebody had jumped or the place is gone.
    bool byPlace = place >= 0;
    for (const Turn &turnBack : std::as_const(givenBack)) {
        byPlace = byPlace && turnBack.why != Why::Jump;
        if (byPlace)
            break;
        if (indexOf(turnBack.id) >= 0) {
            if (m_jump == 0)
                m_jump = turnBack.id;
            break;
        }
    }
}

} // namespace cycast
