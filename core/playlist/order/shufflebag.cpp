// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/order/shufflebag.h"

#include "core/playlist/order/artistspread.h"

#include <algorithm>

namespace cycast
{

namespace
{

/// How far the bag is searched for another artist: further than any album is long.
constexpr qsizetype searchedAhead = 2000;

} // namespace

void ShuffleBag::clear()
{
    m_upcoming.clear();
    m_decided = 0;
    m_isBegun = false;
    m_passedOver.clear();
}

void ShuffleBag::refill(const IndexedEntries &entries, quint64 heard)
{
    clear();
    QList<quint64> ids;
    QList<int> groups;
    QHash<QString, int> artists;
    int before = -1;
    int lastGroup = 0;
    for (const PlaylistEntry &entry : entries.list()) {
        if (!entry.problem.isEmpty())
            m_passedOver.insert(entry.id);
        if (!entry.problem.isEmpty() && entry.id != heard)
            continue;
        // Somebody unknown is nobody else's artist.
        const QString key = artistKey(entry.track.artist);
        int group = key.isEmpty() ? 0 : artists.value(key);
        if (group == 0) {
            group = ++lastGroup;
            if (!key.isEmpty())
                artists.insert(key, group);
        }
        if (entry.id == heard)
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
    if (m_upcoming.size() > 1 && m_upcoming.first() == heard) {
        std::uniform_int_distribution<qsizetype> place(1, m_upcoming.size() - 1);
        m_upcoming.swapItemsAt(0, place(m_random));
    }
}

std::optional<int> ShuffleBag::next(const IndexedEntries &entries, quint64 heard, bool refills)
{
    for (int round = 0; round < 2; ++round) {
        while (!m_upcoming.isEmpty()) {
            const int index = entries.indexOf(m_upcoming.first());
            if (index >= 0 && entries.isPlayable(index)) {
                keepArtistsApart(entries, heard);
                return entries.indexOf(m_upcoming.first());
            }
            if (index >= 0)
                m_passedOver.insert(m_upcoming.first());
            drop(m_upcoming.first());
        }
        if (!refills)
            break;
        refill(entries, heard);
    }
    return std::nullopt;
}

/// A new tag, a jump or a track that was mixed in may have brought the artist who is heard to the front:
/// then the nearest other one comes first.
void ShuffleBag::keepArtistsApart(const IndexedEntries &entries, quint64 heard)
{
    const int current = entries.indexOf(heard);
    if (m_decided > 0 || current < 0)
        return;
    const QString artist = artistKey(entries.at(current).track.artist);
    if (artist.isEmpty())
        return;
    const qsizetype end = std::min(m_upcoming.size(), searchedAhead);
    for (qsizetype i = 0; i < end; ++i) {
        const int index = entries.indexOf(m_upcoming.at(i));
        if (index < 0 || !entries.isPlayable(index) || artistKey(entries.at(index).track.artist) == artist)
            continue;
        m_upcoming.move(i, 0);
        return;
    }
}

void ShuffleBag::takeOut(quint64 id)
{
    drop(id);
    m_isBegun = true;
}

void ShuffleBag::drop(quint64 id)
{
    const qsizetype at = m_upcoming.indexOf(id);
    if (at < 0)
        return;
    m_upcoming.removeAt(at);
    if (at < m_decided)
        --m_decided;
}

void ShuffleBag::follow(const IndexedEntries &fresh, const IndexedEntries &old, quint64 heard)
{
    const auto isGone = [&fresh](quint64 id) { return !fresh.contains(id); };
    m_decided = m_decided - std::count_if(m_upcoming.cbegin(), m_upcoming.cbegin() + m_decided, isGone);
    m_upcoming.removeIf(isGone);
    m_passedOver.removeIf(isGone);
    QList<quint64> joining;
    for (const PlaylistEntry &entry : fresh.list()) {
        const bool isNew = !old.contains(entry.id);
        if (entry.problem.isEmpty() && (m_passedOver.remove(entry.id) || isNew))
            joining.append(entry.id);
        else if (isNew)
            m_passedOver.insert(entry.id);
    }
    if (!joining.isEmpty() && !m_isBegun && m_decided == 0)
        refill(fresh, heard); // a list that is still growing: spread as a whole
    else
        mix(std::move(joining));
}

void ShuffleBag::mend(const QList<quint64> &ids)
{
    QList<quint64> joining;
    for (const quint64 id : ids) {
        if (m_passedOver.remove(id))
            joining.append(id);
    }
    mix(std::move(joining));
}

void ShuffleBag::mix(QList<quint64> ids)
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

void ShuffleBag::giveBack(const QList<quint64> &again, const QList<quint64> &joining)
{
    QList<quint64> fresh;
    for (const quint64 id : joining) {
        if (!m_upcoming.contains(id) && !fresh.contains(id))
            fresh.append(id);
    }
    mix(std::move(fresh));
    m_upcoming = again + m_upcoming;
    m_decided += again.size();
}

void ShuffleBag::restore(const IndexedEntries &entries, const QList<quint64> &upcoming,
                         const QSet<quint64> &had)
{
    clear();
    QSet<quint64> known = had;
    const auto place = [&](quint64 id, bool isPlayable, QList<quint64> &playable) {
        if (isPlayable)
            playable.append(id);
        else
            m_passedOver.insert(id);
    };
    for (const quint64 id : upcoming) {
        const int index = entries.indexOf(id);
        if (index < 0 || known.contains(id))
            continue;
        known.insert(id);
        place(id, entries.isPlayable(index), m_upcoming);
    }
    QList<quint64> joining;
    for (const PlaylistEntry &entry : entries.list()) {
        if (!known.contains(entry.id))
            place(entry.id, entry.problem.isEmpty(), joining);
    }
    m_isBegun = true;
    mix(std::move(joining));
}

} // namespace cycast
