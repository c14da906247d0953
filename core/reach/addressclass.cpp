// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/addressclass.h"

#include <array>

namespace cycast
{
namespace
{

struct Range4 {
    quint32 network;
    int length;
    AddressClass what;
};

constexpr quint32 quad(quint32 a, quint32 b, quint32 c, quint32 d)
{
    return a << 24 | b << 16 | c << 8 | d;
}

// The first that fits counts: smaller ones stand before those around them.
constexpr std::array ranges4{
    Range4{quad(0, 0, 0, 0), 32, AddressClass::None},
    Range4{quad(0, 0, 0, 0), 8, AddressClass::Reserved},
    Range4{quad(10, 0, 0, 0), 8, AddressClass::Private},
    Range4{quad(100, 64, 0, 0), 10, AddressClass::Shared},
    Range4{quad(127, 0, 0, 0), 8, AddressClass::Loopback},
    Range4{quad(169, 254, 0, 0), 16, AddressClass::LinkLocal},
    Range4{quad(172, 16, 0, 0), 12, AddressClass::Private},
    Range4{quad(192, 0, 0, 0), 24, AddressClass::DsLite},
    Range4{quad(192, 0, 2, 0), 24, AddressClass::Documentation},
    Range4{quad(192, 31, 196, 0), 24, AddressClass::Reserved},
    Range4{quad(192, 52, 193, 0), 24, AddressClass::Reserved},
    Range4{quad(192, 88, 99, 0), 24, AddressClass::Reserved},
    Range4{quad(192, 168, 0, 0), 16, AddressClass::Private},
    Range4{quad(192, 175, 48, 0), 24, AddressClass::Reserved},
    Range4{quad(198, 18, 0, 0), 15, AddressClass::Reserved},
    Range4{quad(198, 51, 100, 0), 24, AddressClass::Documentation},
    Range4{quad(203, 0, 113, 0), 24, AddressClass::Documentation},
    Range4{quad(224, 0, 0, 0), 4, AddressClass::Reserved},
    Range4{quad(240, 0, 0, 0), 4, AddressClass::Reserved},
};

AddressClass classOf4(quint32 address)
{
    for (const Range4 &range : ranges4) {
        if ((address ^ range.network) >> (32 - range.length) == 0)
            return range.what;
    }
    return AddressClass::Global;
}

struct Range6 {
    std::array<quint8, 6> network;
    int length;
    AddressClass what;
};

constexpr std::array ranges6{
    Range6{{0xfe, 0x80}, 10, AddressClass::LinkLocal},
    Range6{{0xfc}, 7, AddressClass::UniqueLocal},
    Range6{{0x20, 0x01, 0x0d, 0xb8}, 32, AddressClass::Documentation},
    Range6{{0x3f, 0xff, 0x00}, 20, AddressClass::Documentation},
    Range6{{0x20, 0x01, 0x00}, 23, AddressClass::Reserved}, // Teredo, ORCHID, benchmarks
    Range6{{0x20, 0x02}, 16, AddressClass::Reserved},       // 6to4: nobody relays it any more
    Range6{{0x20}, 3, AddressClass::Global},
};

AddressClass classOf6(const Q_IPV6ADDR &address)
{
    for (const Range6 &range : ranges6) {
        bool fits = true;
        for (int bit = 0; bit < range.length && fits; ++bit) {
            const auto at = static_cast<std::size_t>(bit / 8);
            fits = ((address[bit / 8] ^ range.network[at]) >> (7 - bit % 8) & 1) == 0;
        }
        if (fits)
            return range.what;
    }
    return AddressClass::Reserved; // only 2000::/3 has been given to anybody
}

} // namespace

QHostAddress plainAddress(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return QHostAddress(v4);
    QHostAddress plain(address);
    plain.setScopeId({});
    return plain;
}

AddressClass addressClass(const QHostAddress &address)
{
    if (address.isNull())
        return AddressClass::None;
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return classOf4(v4);
    if (address == QHostAddress(QHostAddress::AnyIPv6) || address == QHostAddress(QHostAddress::Any))
        return AddressClass::None;
    if (address == QHostAddress(QHostAddress::LocalHostIPv6))
        return AddressClass::Loopback;
    return classOf6(address.toIPv6Address());
}

bool isSameHousehold(const QHostAddress &left, const QHostAddress &right)
{
    const QHostAddress one = plainAddress(left);
    const QHostAddress other = plainAddress(right);
    if (one.protocol() != other.protocol())
        return false;
    return one.protocol() == QAbstractSocket::IPv6Protocol ? one.isInSubnet(other, 64) : one == other;
}

} // namespace cycast
