// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSocket>
#include <QByteArray>
#include <QString>

namespace cycast
{

/// What a firewall on this computer does with strangers who come to the port.
struct FirewallFinding {
    enum class State : quint8 {
        NoneSeen,
        LetsIn,
        Blocks,
        Unseen, ///< one is on, and its rules could not be read or understood
    };
    State state = State::NoneSeen;
    QString name;    ///< "nftables", "ufw", "firewalld"
    QString command; ///< that lets them in
    bool operator==(const FirewallFinding &) const = default;
};

namespace firewall
{

/// Reads the answer to "nft -j list ruleset" as a packet would that opens a connection to `port`, coming from
/// a global address by `interface`. What it does not understand makes it Unseen, where it matters. Pure.
FirewallFinding findingFrom(const QByteArray &ruleset, int port, const QString &interface,
                            QAbstractSocket::NetworkLayerProtocol protocol);

/// Asks nft, which needs rights that a station seldom has, then what is known without them of ufw and
/// firewalld. Takes up to 2 s; for a thread that may wait.
FirewallFinding look(int port, const QString &interface, QAbstractSocket::NetworkLayerProtocol protocol);

} // namespace firewall
} // namespace cycast
