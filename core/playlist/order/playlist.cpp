// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/order/playlist.h"

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
    const PlaylistEntry *found = m_entries.find(id);
    return found != nullptr ? found : m_jingles.find(id);
}

void Playlist::setEntries(const EntryList &entries)
{
    IndexedEntries fresh(entries);
    m_position = placeIn(fresh);
    m_queue.removeIf([&](quint64 id) { return !fresh.contains(id); });
    if (m_shuffle)
        m_bag.follow(fresh, m_entries, m_current);
    m_entries = std::move(fresh);
    if (m_jump != 0 && !m_entries.contains(m_jump))
        m_jump = 0;
}

int Playlist::placeIn(const IndexedEntries &fresh) const
{
    if (const int same = fresh.indexOf(m_anchor); same >= 0)
        return same;
    for (qsizetype i = m_position + 1; i < m_entries.size(); ++i) {
        if (const int follower = fresh.indexOf(m_entries.at(i).id); follower >= 0)
            return follower - 1;
    }
    for (qsizetype i = std::min<qsizetype>(m_position, m_entries.size() - 1); i >= 0; --i) {
        if (const int predecessor = fresh.indexOf(m_entries.at(i).id); predecessor >= 0)
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
    m_bag.clear();
    if (on) {
        m_bag.refill(m_entries, m_current);
        m_bag.drop(m_current);
    } else if (const int index = m_entries.indexOf(m_anchor); index >= 0) {
        m_position = index;
    }
}

bool Playlist::updateEntries(const QList<PlaylistEntry> &fresh)
{
    QList<quint64> mended;
    bool isChanged = false;
    for (const PlaylistEntry &entry : fresh) {
        isChanged = m_jingles.update(entry) || isChanged;
        const int index = m_entries.indexOf(entry.id);
        if (index < 0)
            continue;
        const bool wasPlayable = m_entries.isPlayable(index);
        m_entries.replace(index, entry);
        if (wasPlayable == entry.problem.isEmpty())
            continue;
        isChanged = true;
        if (!wasPlayable)
            mended.append(entry.id);
    }
    m_bag.mend(mended);
    return isChanged;
}

void Playlist::setProblem(quint64 id, const Sentence &problem, EntryFault fault)
{
    m_jingles.setProblem(id, problem);
    const int index = m_entries.indexOf(id);
    if (index < 0 || m_entries.at(index).problem == problem)
        return;
    PlaylistEntry entry = m_entries.at(index);
    entry.problem = problem;
    entry.fault = fault;
    m_entries.replace(index, entry);
    if (problem.isEmpty())
        m_bag.mend({id});
}

std::optional<PlaylistEntry> Playlist::takeNext()
{
    const Pick picked = pick();
    if (!picked.entry)
        return std::nullopt;
    const PlaylistEntry entry = *picked.entry;
    const quint64 currentBefore = m_current;
    const quint64 anchorBefore = m_anchor;
    if (picked.why != Why::Jingle) {
        if (m_shuffle)
            m_bag.takeOut(entry.id);
        m_current = entry.id;
    }
    if (picked.why == Why::Queued)
        m_queue.removeOne(entry.id);
    if (picked.why == Why::Order || picked.why == Why::Jump) {
        m_jump = 0;
        m_anchor = entry.id;
        m_position = m_entries.indexOf(entry.id);
    }
    m_taken.append({entry.id, picked.why, m_ordering, m_anchor, ++m_lastNumber, currentBefore, anchorBefore});
    if (m_taken.size() > rememberedTurns) {
        m_turnBefore = m_taken.at(rememberedTurns / 2 - 1).number;
        m_taken.remove(0, rememberedTurns / 2);
    }
    return entry;
}

std::optional<PlaylistEntry> Playlist::peekNext() const
{
    // The lists are shared until one of them changes: a copy costs next to nothing.
    Playlist asked(*this);
    const Pick picked = asked.pick();
    return picked.entry ? std::optional(*picked.entry) : std::nullopt;
}

void Playlist::jumpTo(quint64 id)
{
    if (m_entries.contains(id))
        m_jump = id;
}

void Playlist::playNext(const QList<quint64> &ids)
{
    QList<quint64> wanted;
    for (const quint64 id : ids) {
        if (m_entries.contains(id) && !wanted.contains(id))
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
    if (!m_entries.hasPlayable())
        return {};
    if (m_jump != 0) {
        if (const int index = m_entries.indexOf(m_jump); index >= 0 && m_entries.isPlayable(index))
            return {&m_entries.at(index), Why::Jump};
        // Goes on behind the entry that was asked for, as if it had been tried.
        if (const int index = m_entries.indexOf(m_jump); index >= 0) {
            m_position = index;
            m_anchor = m_jump;
        }
        m_jump = 0;
    }
    for (const quint64 id : std::as_const(m_queue)) {
        if (const int index = m_entries.indexOf(id); index >= 0 && m_entries.isPlayable(index))
            return {&m_entries.at(index), Why::Queued};
    }
    const std::optional<int> index = m_shuffle ? m_bag.next(m_entries, m_current, m_repeat) : nextInOrder();
    return index ? Pick{&m_entries.at(*index), Why::Order} : Pick();
}

std::optional<int> Playlist::nextInOrder() const
{
    const int count = m_entries.size();
    for (int i = m_position + 1; i < count; ++i) {
        if (m_entries.isPlayable(i))
            return i;
    }
    for (int i = 0; m_repeat && i <= m_position && i < count; ++i) {
        if (m_entries.isPlayable(i))
            return i;
    }
    return std::nullopt;
}

/// The jingle that comes before the next song; null: none yet.
const PlaylistEntry *Playlist::dueJingle() const
{
    if (!m_jingles.hasRule())
        return nullptr;
    Jingles::Heard heard;
    for (auto turn = m_taken.crbegin(); turn != m_taken.crend(); ++turn) {
        if (turn->why == Why::Jingle) {
            heard.lastJingle = turn->id;
            break;
        }
        const PlaylistEntry *song = entry(turn->id);
        ++heard.songs;
        heard.ms += song && song->track.durationMs > 0 ? song->track.durationMs : Jingles::usualTrackMs;
    }
    return m_jingles.due(heard);
}

/// The turn that rewindTo() means, -1 when it is not remembered.
qsizetype Playlist::turnOf(quint64 id, int takenSince) const
{
    const qsizetype told = m_taken.size() - 1 - takenSince;
    if (takenSince >= 0 && told >= 0 && m_taken.at(told).id == id)
        return told;
    for (qsizetype i = m_taken.size() - 1; i >= 0; --i) {
        if (m_taken.at(i).id == id)
            return i;
    }
    return -1;
}

void Playlist::rewindTo(quint64 id, int takenSince)
{
    const qsizetype turn = turnOf(id, takenSince);
    if (turn < 0 && !m_entries.contains(id))
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
    const int place = m_entries.indexOf(m_anchor);
    if (place >= 0)
        m_position = place;

    if (m_shuffle && !sameOrdering)
        m_bag.drop(id);
    giveBackInOrder(undone, place >= 0);
}

/// What had been asked for comes first again; the rest as list or bag have it.
void Playlist::giveBackInOrder(const QList<Turn> &undone, bool byPlace)
{
    QList<Turn> givenBack;
    QList<quint64> asked;
    for (const Turn &one : undone) {
        if (one.why == Why::Queued && m_entries.contains(one.id))
            asked.append(one.id);
        else if (one.why == Why::Order || one.why == Why::Jump)
            givenBack.append(one);
    }
    playNext(asked);
    if (m_shuffle)
        giveBack(givenBack);
    else
        goBackInOrder(givenBack, byPlace);
}

/// The newest turn that is not after `turn`; -1: all that are remembered are.
qsizetype Playlist::indexOfTurn(quint64 turn) const
{
    qsizetype last = m_taken.size() - 1;
    while (last >= 0 && m_taken.at(last).number > turn)
        --last;
    return last;
}

void Playlist::rewind(quint64 turn)
{
    const qsizetype last = indexOfTurn(turn);
    if (last == m_taken.size() - 1)
        return;
    if (last >= 0) {
        rewindTo(m_taken.at(last).id, static_cast<int>(m_taken.size() - 1 - last));
        return;
    }
    // Before the first one that is remembered.
    const QList<Turn> undone = std::exchange(m_taken, {});
    m_current = undone.constFirst().currentBefore;
    m_anchor = undone.constFirst().anchorBefore;
    const int place = m_entries.indexOf(m_anchor);
    if (place >= 0 || m_anchor == 0)
        m_position = place;
    giveBackInOrder(undone, place >= 0 || m_anchor == 0);
}

/// Turns of this shuffle come again in their order; those from before it was switched on just take part.
void Playlist::giveBack(const QList<Turn> &turns)
{
    QList<quint64> again;
    QList<quint64> joining;
    for (const Turn &turn : turns) {
        if (m_entries.contains(turn.id))
            (turn.ordering == m_ordering ? again : joining).append(turn.id);
    }
    m_bag.giveBack(again, joining);
}

/// In order the successor follows from the place alone, unless somebody had jumped or the place is gone.
void Playlist::goBackInOrder(const QList<Turn> &turns, bool byPlace)
{
    for (const Turn &turn : turns) {
        byPlace = byPlace && turn.why != Why::Jump;
        if (byPlace)
            break;
        if (m_entries.contains(turn.id)) {
            if (m_jump == 0)
                m_jump = turn.id;
            break;
        }
    }
}

BagState Playlist::bagAfter(quint64 heard, int takenSince) const
{
    if (!m_shuffle)
        return {};
    BagState bag;
    bag.last = m_entries.contains(heard) ? heard : m_current;
    const qsizetype first = m_taken.size() - std::clamp<qsizetype>(takenSince, 0, m_taken.size());
    for (qsizetype i = first; i < m_taken.size(); ++i) {
        if (m_taken.at(i).why == Why::Order && m_taken.at(i).ordering == m_ordering)
            bag.upcoming.append(m_taken.at(i).id);
    }
    bag.upcoming += m_bag.upcoming();
    return bag;
}

BagState Playlist::bagAt(quint64 turn) const
{
    const qsizetype last = indexOfTurn(turn);
    const auto takenSince = static_cast<int>(m_taken.size() - 1 - last);
    quint64 heard = 0;
    for (qsizetype i = last; i >= 0 && heard == 0; --i)
        heard = m_taken.at(i).why == Why::Jingle ? 0 : m_taken.at(i).id;
    if (heard == 0 && takenSince > 0)
        heard = m_taken.at(last + 1).currentBefore;
    return bagAfter(heard, takenSince);
}

void Playlist::restoreBag(const BagState &bag)
{
    if (!m_shuffle)
        return;
    m_bag.restore(m_entries, bag.upcoming, bag.had);
    if (m_entries.contains(bag.last))
        m_current = bag.last;
}

} // namespace cycast
