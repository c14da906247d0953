// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/stationaddresses.h"

#include <QHostAddress>

namespace cycast
{

/// The addresses that people can really use. `host` is server.host; `own` the machine's addresses in their
/// order, for tests as an argument. LAN addresses come first, IPv4 before IPv6; link-local and container
/// bridges last.
StationAddresses reachableAddresses(const QString &host, const QList<QHostAddress> &own, int sourcePort,
                                    int listenPort, const QString &mount);

/// This machine's addresses, those of interfaces that are up; loopback excluded.
QList<QHostAddress> machineAddresses();

} // namespace cycast
