// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/reach/firewall.h"
#include "core/values/reachreport.h"

#include <QHostAddress>
#include <QString>

namespace cycast
{

/// Why the router did not open the port.
enum class RouterRefusal : quint8 {
    None,
    NotAuthorized, ///< 606, or "not authorised": switched off in the router, or read-only
    PortTaken,     ///< 718, by another device
    TableFull,     ///< 728, or "out of resources"
    ManualRule,    ///< 729: against a rule that was set by hand
    NotConnected,  ///< the router itself has no way out
    NotKept,       ///< it said yes, and has no such entry
    NoAnswer,      ///< it was there before, and fell silent
    Other,
};

/// What a router said.
struct RouterEvidence {
    bool speaksUpnp = false;
    bool speaksNatPmp = false;
    bool speaksPcp = false;
    bool isOff = false;          ///< it speaks NAT-PMP or PCP to say that it is switched off
    bool isNotConnected = false; ///< it says of itself that it has no way out
    QHostAddress external;       ///< its own address, as it says
    QHostAddress secondHop;      ///< who is behind it on the way out; null: did not tell
    QHostAddress takenBy;        ///< another device has the port now
    bool canPinhole = false;     ///< IPv6: it opens single ports
    bool isOpen = false;         ///< IPv6: it says that it blocks nothing
    PortMapping mapping;         ///< ours, and looked at
    RouterRefusal refusal = RouterRefusal::None;
    int code = 0;      ///< with the refusal, as the protocol numbers it; 0: none
    QString refusedBy; ///< the protocol
    bool speaks() const { return speaksUpnp || speaksNatPmp || speaksPcp; }
};

/// What was seen of IPv4, or of IPv6.
struct FamilyEvidence {
    enum class Answer : quint8 { NotAsked, Answers, Refuses, Silent };
    QHostAddress own;     ///< null: none
    QHostAddress gateway; ///< null: no way out
    Answer atOwn = Answer::NotAsked;
    FirewallFinding firewall;
    RouterEvidence router;
    QHostAddress heardFrom; ///< somebody outside who has listened; null: nobody yet
};

/// All that the walk has seen.
struct Evidence {
    enum class Here : quint8 { Nobody, Ours, Other };
    int port = 0;
    QString mount;      ///< "/stream"
    QHostAddress bound; ///< server.host
    Here here = Here::Nobody;
    bool wantsOpen = false; ///< reach.open_port: it was tried
    FamilyEvidence v4;
    FamilyEvidence v6;
};

} // namespace cycast
