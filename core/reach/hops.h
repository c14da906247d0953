// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>

namespace cycast
{

/// Who is `hop` stations away on the way out by IPv4: a datagram that may go no further is sent, and whoever
/// has it then says so (ICMP). It never gets farther than that; nobody there is asked anything. Null: nobody
/// said so within `patienceMs`, or the system does not tell. Blocks.
QHostAddress addressOfHop(int hop, int patienceMs);

} // namespace cycast
