// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QList>
#include <QMetaType>
#include <QString>

namespace cycast
{

/// Who can listen, as far as it is known.
enum class ReachScope : quint8 {
    Unknown,  ///< nobody has looked, or it could not be seen
    Home,     ///< this computer, or those in the same network
    Ipv6Only, ///< everywhere, but only those whose line has IPv6
    Everywhere,
};

/// What the doctor found; each of them has one sentence and at most one action.
enum class ReachVerdict : quint8 {
    Unknown,
    NotListening,   ///< nothing of ours answers at the port
    OtherProgram,   ///< something else does
    ThisComputer,   ///< server.host is loopback
    NoNetwork,      ///< no address but loopback
    OwnAddress,     ///< it does not answer at its own address
    NoRouter,       ///< a network without a way out
    HostFirewall,   ///< a firewall on this computer turns the port away
    FirewallUnseen, ///< one is on, and its rules could not be read
    CanOpen,        ///< the router speaks a protocol for it
    Refused,        ///< it does, and does not allow it (606)
    RouterSilent,   ///< it speaks none
    PortTaken,      ///< another device uses the port
    TableFull,      ///< no room for another one
    OpenFailed,     ///< any other answer
    DoubleNat,      ///< two routers in a row
    SharedAddress,  ///< the provider's: CGNAT, DS-Lite
    NotConnected,   ///< the router says it has no address at all
    Ipv6Blocked,    ///< only IPv6, and nobody opens it
    Ipv6Only,       ///< reached, by IPv6 alone
    Everybody,
};

/// What the one button does.
enum class ReachAction : quint8 {
    None,
    OpenPort,  ///< sets reach.open_port
    ListenAll, ///< sets server.host to every network
    CopyText,  ///< what to type, or to enter in the router: ReachReport::actionText
    Look,      ///< look again
};

/// A port of the router that is passed on to this computer.
struct PortMapping {
    QString protocol;        ///< "UPnP", "NAT-PMP", "PCP"
    QString externalAddress; ///< as the router says; empty: it does not
    int externalPort = 0;
    QString internalAddress;
    int internalPort = 0;
    int leaseSeconds = 0; ///< 0: until somebody deletes it
    bool isEmpty() const { return externalPort == 0; }
    bool operator==(const PortMapping &) const = default;
};

/// One step of the doctor's walk.
struct ReachStep {
    enum class State : quint8 { Good, Bad, Unclear };
    State state = State::Unclear;
    Sentence name; ///< "The router, IPv4"
    Sentence seen; ///< what was seen there
    bool operator==(const ReachStep &) const = default;
};

/// The doctor's answer: one sentence, one action, and what it was concluded from.
struct ReachReport {
    ReachVerdict verdict = ReachVerdict::Unknown;
    ReachScope scope = ReachScope::Unknown;
    Sentence sentence;
    ReachAction action = ReachAction::None;
    QString actionText; ///< what is copied
    QString publicUrl;  ///< of the stream, for those outside; empty: none is known
    PortMapping mapping;
    PortMapping pinhole; ///< the same for IPv6
    QList<ReachStep> steps;
    bool isLooking = false; ///< the walk is under way; all else is from the one before
    bool operator==(const ReachReport &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::ReachReport)
