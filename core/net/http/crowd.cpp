// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/crowd.h"

#include <algorithm>

namespace cycast
{

void Crowd::add(quint64 id, const AddressKey &key, bool isInReserve, bool mayGo)
{
    Line &ofAddress = m_addresses[key];
    m_members.emplace(id, Member{key, isInReserve, mayGo, m_line.insert(m_line.end(), id),
                                 ofAddress.insert(ofAddress.end(), id)});
    m_inReserve += isInReserve ? 1 : 0;
}

void Crowd::remove(quint64 id)
{
    const auto member = m_members.find(id);
    const Member &gone = member->second;
    m_line.erase(gone.place);
    const auto address = m_addresses.find(gone.key);
    address->erase(gone.placeOfAddress);
    if (address->empty())
        m_addresses.erase(address);
    m_inReserve -= gone.isInReserve ? 1 : 0;
    m_members.erase(member);
}

int Crowd::countOf(const AddressKey &key) const
{
    const auto address = m_addresses.constFind(key);
    return address == m_addresses.constEnd() ? 0 : static_cast<int>(address->size());
}

quint64 Crowd::oldestOf(const Line &line, bool onlyInReserve) const
{
    const auto oldest = std::find_if(line.begin(), line.end(), [&](quint64 id) {
        const Member &member = m_members.at(id);
        return member.mayGo && (member.isInReserve || !onlyInReserve);
    });
    return oldest == line.end() ? 0 : *oldest;
}

Crowd::Room Crowd::roomFor(const AddressKey &key, bool isInReserve, const Limits &limits) const
{
    // Whoever broadcasts may be the youngest of those who crowd here: the others have had their time.
    if (isInReserve && m_inReserve >= limits.inReserve)
        return {false, oldestOf(m_line, true)};
    const bool isLimited = limits.ofOne > 0 && !limits.isMany;
    if (isLimited && countOf(key) >= limits.ofOne)
        return {false, oldestOf(*m_addresses.constFind(key))};
    if (limits.ofAll > 0 && count() >= limits.ofAll)
        return {false, oldestOf(m_line)};
    return {true};
}

} // namespace cycast
