// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QStringList>

namespace cycast
{

/// Whether an absolute address in a request line (RFC 9112, 3.2.2) names this server, so that it may be
/// served as if its path alone had been asked for. Everything else would be a proxy's work, which this is
/// not. `origin` is scheme and authority, "http://192.168.1.20:8001"; `local` the address that the peer
/// reached us at, `ports` those we listen at; `names` further host names of ours.
bool namesThisServer(const QByteArray &origin, const QHostAddress &local, const QList<int> &ports,
                     const QStringList &names);

} // namespace cycast
