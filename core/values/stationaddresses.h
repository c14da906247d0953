// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace cycast
{

/// Where people can reach the station: at home, and from everywhere. Hosts are real ones: never 0.0.0.0,
/// "localhost" only when nothing else exists.
struct StationAddresses {
    int sourcePort = 0; ///< as bound (a requested 0 has become the real one); 0 while off air
    int listenPort = 0;
    QString streamUrl;     ///< best LAN address: http://192.168.1.20:8001/stream
    QString pageUrl;       ///< http://192.168.1.20:8001/
    QString localUrl;      ///< for this machine: http://127.0.0.1:8001/stream
    QStringList otherUrls; ///< further addresses of this machine, IPv6 included
    /// Where the world reaches it, as the user says or as was found out; empty: unknown. Good outside; at
    /// home many routers do not lead back to it.
    QString publicStreamUrl; ///< https://radio.example.org/radio/stream
    QString publicPageUrl;   ///< https://radio.example.org/radio/
    bool operator==(const StationAddresses &) const = default;
};

} // namespace cycast
