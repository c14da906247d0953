// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/reach/evidence.h"
#include "core/reach/routertalk.h"

#include <atomic>
#include <memory>

namespace cycast
{

/// In less than this the doctor has an answer; longest: one that nobody waits for.
inline constexpr int walkLimitMs = 9'000;
inline constexpr int longestWalkMs = 30'000;

/// What the walk needs to know of the station. A value.
struct WalkOptions {
    QString host;       ///< server.host
    int port = 0;       ///< as bound
    QString mount;      ///< "/stream"
    bool opens = false; ///< reach.open_port: asks the router to open the port
    QByteArray identity;
    int limitMs = walkLimitMs;
    std::shared_ptr<std::atomic_bool> isGivenUp = {}; ///< may be null; true: nothing is opened any more
    QHostAddress heardFrom4;                          ///< who has listened from outside; null: nobody yet
    QHostAddress heardFrom6;
};

struct WalkResult {
    Evidence evidence;
    HeldPort held4; ///< empty: nothing was opened
    HeldPort held6;
};

/// The doctor's walk: this computer, its own addresses, its firewall, the router, what is behind it; IPv4 and
/// IPv6 apart, and everything that can be at the same time. Asks nobody outside of the own network. Blocks,
/// for less than WalkOptions::limitMs: for a thread that may wait.
WalkResult walk(const WalkOptions &options);

/// Both ports again, without a walk; the one that is empty then has to be opened anew.
struct RenewResult {
    HeldPort held4;
    HeldPort held6;
    bool wasForgotten = false;
};
RenewResult renew(const WalkOptions &options, const HeldPort &held4, const HeldPort &held6);
void closePorts(const WalkOptions &options, const HeldPort &held4, const HeldPort &held6);

/// Who this station is to a router: the same over restarts, not to be guessed by others.
QByteArray stationIdentity();

} // namespace cycast
