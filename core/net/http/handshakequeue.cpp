// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/handshakequeue.h"

#include "core/net/socket/tlshandshakes.h"

#include <algorithm>

namespace cycast
{

bool HandshakeQueue::isOffered() const
{
    return m_tls && m_tls->isOffered();
}

bool HandshakeQueue::wait(quint64 id, const AddressKey &key)
{
    const auto [place, isNew] = m_places.try_emplace(id);
    if (isNew)
        place->second = {&m_waiting, m_waiting.insert(m_waiting.end(), {id, key})};
    return isNew;
}

void HandshakeQueue::leave(quint64 id)
{
    const auto found = m_places.find(id);
    if (found == m_places.end())
        return;
    const Place place = found->second;
    if (place.line == &m_shaking) {
        const auto ofOne = m_shakingOf.find(place.at->key);
        if (--*ofOne == 0)
            m_shakingOf.erase(ofOne);
    }
    place.line->erase(place.at);
    m_places.erase(found);
}

QList<quint64> HandshakeQueue::takeWaiting()
{
    QList<quint64> ids;
    for (const Member &member : m_waiting) {
        ids.append(member.id);
        m_places.erase(member.id);
    }
    m_waiting.clear();
    return ids;
}

void HandshakeQueue::start(qint64 nowMs, const std::function<Guest(quint64 id)> &guestOf)
{
    for (auto next = m_waiting.begin(); next != m_waiting.end() && m_tls && m_tls->hasRoom();) {
        const auto member = next++;
        if (m_shakingOf.value(member->key) >= mostOfOneAddress) {
            giveUpOldest(nowMs, &member->key);
            continue;
        }
        const quint64 id = member->id;
        Guest guest = guestOf(id);
        if (!guest.transport.isOpen()) {
            leave(id);
            continue;
        }
        member->sinceMs = nowMs;
        m_shaking.splice(m_shaking.end(), m_waiting, member);
        m_places.at(id).line = &m_shaking;
        ++m_shakingOf[member->key];
        m_tls->accept(std::move(guest.transport), id, guest.patienceMs);
    }
}

void HandshakeQueue::makeRoom(qint64 nowMs)
{
    if (hasWaiting() && isOffered() && !m_tls->hasRoom())
        giveUpOldest(nowMs, nullptr);
}

void HandshakeQueue::giveUpOldest(qint64 nowMs, const AddressKey *ofOne)
{
    const auto oldest = std::find_if(m_shaking.begin(), m_shaking.end(), [&](const Member &member) {
        return !member.isGivenUp && member.sinceMs <= nowMs - undisturbedMs &&
               (!ofOne || member.key == *ofOne);
    });
    if (oldest == m_shaking.end())
        return;
    oldest->isGivenUp = true; // said once
    m_tls->giveUp(oldest->id);
}

} // namespace cycast
