// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The shuffle bag and the jingles of Playlist.
#include "core/playlist/order/artistspread.h"
#include "core/playlist/order/playlist.h"
#include "core/values/playlistentry.h"

#include <algorithm>

namespace cycast
{

namespace
{

/// What a track of unknown length counts for.
constexpr qint64 usualTrackMs = 210'000;
/// How far the bag is searched for another artist: further than any album is long.
constexpr qsizetype searchedAhead = 2000;

} // namespace

// ---------------------------------------------------------------- jingles

/// The jingle that comes before the next song; null: none yet.
const PlaylistEntry *Playlist::dueJingle() const
{
    if (m_jingles.isEmpty() || (m_rule.everySongs <= 0 && m_rule.everyMinutes <= 0))
        return nullptr;
    int songs = 0;
    qint64 ms = 0;
    bool isDue = false;
    qsizetype last = m_taken.size() - 1;
    for (; last >= 0 && m_taken.at(last).why != Why::Jingle; --last) {
        if (isDue)
            continue; // on to the jingle before, which tells the one after
        const PlaylistEntry *song = entry(m_taken.at(last).id);
        ++songs;
        ms += song && song->track.durationMs > 0 ? song->track.durationMs : usualTrackMs;
        isDue = (m_rule.everySongs > 0 && songs >= m_rule.everySongs) ||
                (m_rule.everyMinutes > 0 && ms >= m_rule.everyMinutes * 60'000LL);
    }
    if (!isDue)
        return nullptr;
    const int before = last >= 0 ? jingleOf(m_taken.at(last).id) : -1;
    const int count = static_cast<int>(m_jingles.size());
    for (int step = 1; step <= count; ++step) {
        const PlaylistEntry &jingle = m_jingles.at((before + step) % count);
        if (jingle.problem.isEmpty())
            return &jingle;
    }
    return nullptr;
}

// ---------------------------------------------------------------- the bag

std::optional<int> Playlist::nextInBag()
{
    for (int round = 0; round < 2; ++round) {
        while (!m_upcoming.isEmpty()) {
            const int index = indexOf(m_upcoming.first());
            if (index >= 0 && isPlayable(index)) {
                keepArtistsApart();
                return indexOf(m_upcoming.first());
            }
            if (index >= 0)
                m_passedOver.insert(m_upcoming.first());
            dropFromBag(m_upcoming.first());
        }
        if (!m_repeat)
            break;
        refillBag();
    }
    return std::nullopt;
}

/// A new tag, a jump or a track that was mixed in may have brought the artist who is heard to the front:
/// then the nearest other one comes first.
void Playlist::keepArtistsApart()
{
    const int current = indexOf(m_current);
    if (m_decided > 0 || current < 0)
        return;
    const QString heard = artistKey(m_entries.at(current).track.artist);
    if (heard.isEmpty())
        return;
    const qsizetype end = std::min(m_upcoming.size(), searchedAhead);
    for (qsizetype i = 0; i < end; ++i) {
        const int index = indexOf(m_upcoming.at(i));
        if (index < 0 || !isPlayable(index) || artistKey(m_entries.at(index).track.artist) == heard)
            continue;
        m_upcoming.move(i, 0);
        return;
    }
}

void Playlist::dropFromBag(quint64 id)
{
    const qsizetype at = m_upcoming.indexOf(id);
    if (at < 0)
        return;
    m_upcoming.removeAt(at);
    if (at < m_decided)
        --m_decided;
}

void Playlist::refillBag()
{
    m_upcoming.clear();
    m_decided = 0;
    m_bagBegun = false;
    m_passedOver.clear();
    QList<quint64> ids;
    QList<int> groups;
    QHash<QString, int> artists;
    int before = -1;
    int lastGroup = 0;
    for (const PlaylistEntry &entry : std::as_const(m_entries)) {
        if (!entry.problem.isEmpty())
            m_passedOver.insert(entry.id);
        if (!entry.problem.isEmpty() && entry.id != m_current)
            continue;
        // Somebody unknown is nobody else's artist.
        const QString key = artistKey(entry.track.artist);
        int group = key.isEmpty() ? 0 : artists.value(key);
        if (group == 0) {
            group = ++lastGroup;
            if (!key.isEmpty())
                artists.insert(key, group);
        }
        if (entry.id == m_current)
            before = group;
        if (entry.problem.isEmpty()) {
            ids.append(entry.id);
            groups.append(group);
        }
    }
    m_upcoming.reserve(ids.size());
    for (const int item : spreadArtists(groups, before, m_random))
        m_upcoming.append(ids.at(item));
    // Even where everything is by one artist, nothing is heard twice in a row.
    if (m_upcoming.size() > 1 && m_upcoming.first() == m_current) {
        std::uniform_int_distribution<qsizetype> place(1, m_upcoming.size() - 1);
        m_upcoming.swapItemsAt(0, place(m_random));
    }
}

/// Spreads `ids` evenly over what is left of the bag, whose own order stays; behind what is decided.
void Playlist::mixIntoBag(QList<quint64> ids)
{
    if (ids.isEmpty())
        return;
    std::shuffle(ids.begin(), ids.end(), m_random);
    QList<quint64> mixed = m_upcoming.first(m_decided);
    mixed.reserve(ids.size() + m_upcoming.size());
    qsizetype fromIds = 0;
    qsizetype fromBag = m_decided;
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
    m_decided += again.size();
}

BagState Playlist::bagAfter(quint64 heard, int takenSince) const
{
    if (!m_shuffle)
        return {};
    BagState bag;
    bag.last = indexOf(heard) >= 0 ? heard : m_current;
    const qsizetype first = m_taken.size() - std::clamp<qsizetype>(takenSince, 0, m_taken.size());
    for (qsizetype i = first; i < m_taken.size(); ++i) {
        if (m_taken.at(i).why == Why::Order && m_taken.at(i).ordering == m_ordering)
            bag.upcoming.append(m_taken.at(i).id);
    }
    bag.upcoming += m_upcoming;
    return bag;
}

void Playlist::restoreBag(const BagState &bag)
{
    if (!m_shuffle)
        return;
    m_upcoming.clear();
    m_passedOver.clear();
    QSet<quint64> known = bag.had;
    for (const quint64 id : bag.upcoming) {
        const int index = indexOf(id);
        if (index < 0 || known.contains(id))
            continue;
        known.insert(id);
        if (isPlayable(index))
            m_upcoming.append(id);
        else
            m_passedOver.insert(id);
    }
    if (indexOf(bag.last) >= 0)
        m_current = bag.last;
    QList<quint64> joining;
    for (const PlaylistEntry &entry : std::as_const(m_entries)) {
        if (known.contains(entry.id))
            continue;
        if (entry.problem.isEmpty())
            joining.append(entry.id);
        else
            m_passedOver.insert(entry.id);
    }
    m_bagBegun = true;
    m_decided = 0;
    mixIntoBag(std::move(joining));
}

} // namespace cycast
