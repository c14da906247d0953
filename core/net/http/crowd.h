// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/addresskey.h"

#include <QHash>

#include <list>
#include <optional>
#include <unordered_map>

namespace cycast
{

/// Who waits in a place where there is not room for everybody, and who has to go for somebody new: the one
/// who has been there for longest of all, of that address, or of those with the last descriptors. Nobody gets
/// in anybody's way by staying. Pure: knows numbers, no connections.
class Crowd
{
public:
    struct Limits {
        int ofAll = 0;       ///< 0: none
        int ofOne = 0;       ///< of one address; 0: none
        int inReserve = 0;   ///< of those with the last descriptors; they stand besides the others
        bool isMany = false; ///< many people come through that address: no limit for it
    };
    /// What somebody new finds.
    struct Room {
        bool isFree = false;
        quint64 mustGo = 0; ///< for the room to be free; then ask again. 0: nobody may, and there is no room
    };

    Room roomFor(const AddressKey &key, bool isInReserve, const Limits &limits) const;
    /// The youngest of all. `mayGo`: to make room.
    void add(quint64 id, const AddressKey &key, bool isInReserve, bool mayGo);
    void remove(quint64 id);
    void setMayGo(quint64 id, bool mayGo) { m_members.at(id).mayGo = mayGo; }

    int count() const { return static_cast<int>(m_members.size()); }
    int countOf(const AddressKey &key) const;

private:
    using Line = std::list<quint64>; ///< oldest first
    struct Member {
        AddressKey key;
        bool isInReserve = false;
        bool mayGo = true;
        Line::iterator place;
        Line::iterator placeOfAddress;
    };

    quint64 oldestOf(const Line &line, bool onlyInReserve = false) const;

    std::unordered_map<quint64, Member> m_members;
    Line m_line;
    QHash<AddressKey, Line> m_addresses;
    int m_inReserve = 0;
};

} // namespace cycast
