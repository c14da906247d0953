// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/reach/routes.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QHostAddress>
#include <QUrl>

#include <optional>

/// A router by UPnP ("internet gateway device", 1 and 2), through libminiupnpc. Everything here blocks, for
/// up to several seconds a call where a router is slow: for a thread that may be left behind. Numbers of
/// errors are UPnP's; 0 is success, negative: no answer that could be read.
namespace cycast::igd
{

inline constexpr int notAuthorized = 606;
inline constexpr int noSuchEntry = 714;
inline constexpr int portTaken = 718;
inline constexpr int permanentOnly = 725;
inline constexpr int tableFull = 728;
inline constexpr int manualRule = 729;

/// Where it takes orders. A value; it can be used for as long as the router keeps its addresses.
struct Router {
    QByteArray control;
    QByteArray service;
    QByteArray firewallControl; ///< of IPv6 pinholes; empty: it has none
    QByteArray firewallService;
    bool isEmpty() const { return control.isEmpty(); }
};

/// Asks everybody in the network, and the gateway by itself; the gateway's answer ends the search, any other
/// router's waits for it. Nothing: none answered, or its description cannot be read.
/// By IPv6 as well: many let only those open a pinhole who come by the address that it is for.
std::optional<Router> find(const QHostAddress &own, const routes::Gateway &gateway, QDeadlineTimer deadline);
/// The addresses in a description, as a router at `location` has sent it; those of another computer are left
/// out. Empty: it is no such router. Pure.
Router described(const QByteArray &xml, const QUrl &location);

struct Line {
    int error = 0;
    bool isConnected = false;
    QHostAddress external; ///< null: it says none
};
Line line(const Router &router);

struct Entry {
    int error = 0; ///< noSuchEntry: the port is free
    QHostAddress client;
    int internalPort = 0;
    int leaseSeconds = 0;
};
Entry entry(const Router &router, quint16 external);
/// A lease of 0 seconds is for ever.
int add(const Router &router, quint16 external, quint16 internal, const QHostAddress &client,
        quint32 leaseSeconds);
int remove(const Router &router, quint16 external);

struct Firewall {
    int error = 0;
    bool isOn = false;
    bool allowsPinholes = false;
};
Firewall firewall(const Router &router);
/// `id` is what it is called from then on.
int addPinhole(const Router &router, quint16 port, const QHostAddress &client, quint32 leaseSeconds,
               QByteArray &id);
int updatePinhole(const Router &router, const QByteArray &id, quint32 leaseSeconds);
int removePinhole(const Router &router, const QByteArray &id);

} // namespace cycast::igd
