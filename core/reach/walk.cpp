// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/walk.h"

#include "core/reach/addressclass.h"
#include "core/reach/hops.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QSysInfo>
#include <QTcpSocket>

#include <future>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr int connectMs = 1'000;
constexpr int answerMs = 2'000;
constexpr int hopMs = 700;
/// The last question to a router has 2.5 s to be answered.
constexpr int lastQuestionMs = 2'700;
/// Deleting, at the end of the program, keeps nobody waiting for long.
constexpr int closeMs = 1'500;

FamilyEvidence::Answer answerAt(const QHostAddress &address, int port)
{
    QTcpSocket socket;
    socket.connectToHost(address, static_cast<quint16>(port));
    if (socket.waitForConnected(connectMs))
        return FamilyEvidence::Answer::Answers;
    return socket.error() == QAbstractSocket::ConnectionRefusedError ? FamilyEvidence::Answer::Refuses
                                                                     : FamilyEvidence::Answer::Silent;
}

/// Whoever answers says who it is.
Evidence::Here whoIsAt(const QHostAddress &address, int port)
{
    QTcpSocket socket;
    socket.connectToHost(address, static_cast<quint16>(port));
    if (!socket.waitForConnected(connectMs))
        return Evidence::Here::Nobody;
    socket.write("HEAD / HTTP/1.0\r\n\r\n");
    QByteArray head;
    const QDeadlineTimer until(answerMs);
    while (!head.contains("\r\n\r\n") && head.size() < 16'384 &&
           (socket.bytesAvailable() > 0 || socket.waitForReadyRead(static_cast<int>(until.remainingTime()))))
        head += socket.read(16'384);
    return head.contains("\r\nServer: Cycast") ? Evidence::Here::Ours : Evidence::Here::Other;
}

QHostAddress boundTo(const QString &host)
{
    const QHostAddress bound(host);
    const bool isEverything = host.isEmpty() || bound == QHostAddress(QHostAddress::AnyIPv4) ||
                              bound == QHostAddress(QHostAddress::AnyIPv6);
    return isEverything ? QHostAddress() : bound;
}

/// Where the station is, of what a family has.
QHostAddress ownOf(const routes::Gateway &gateway, const QHostAddress &bound,
                   QAbstractSocket::NetworkLayerProtocol protocol)
{
    if (!bound.isNull())
        return bound.protocol() == protocol ? bound : QHostAddress();
    const QHostAddress towards = routes::ownAddressTowards(gateway);
    return towards.isNull() ? routes::anyOwnAddress(protocol, QNetworkInterface::allInterfaces()) : towards;
}

RouterTalk::Place placeOf(const WalkOptions &options, const routes::Gateway &gateway, const QHostAddress &own,
                          QDeadlineTimer deadline)
{
    RouterTalk::Place place;
    place.gateway = gateway;
    place.own = own;
    place.port = options.port;
    place.identity = options.identity;
    place.deadline = deadline;
    return place;
}

/// What no router has a part in.
void lookAtSelf(FamilyEvidence &seen, const routes::Gateway &gateway, const WalkOptions &options,
                QAbstractSocket::NetworkLayerProtocol protocol)
{
    if (seen.own.isNull())
        return;
    seen.atOwn = answerAt(seen.own, options.port);
    seen.firewall = firewall::look(options.port, gateway.interface, protocol);
}

bool isStillWished(const WalkOptions &options)
{
    return options.opens && (!options.isGivenUp || !*options.isGivenUp);
}

/// A router with no address that is good outside is not asked to open anything.
bool isWorthOpening(const RouterEvidence &router)
{
    return router.speaks() &&
           (isGlobal(router.external) || (router.external.isNull() && !router.isNotConnected));
}

/// The router by IPv4, and what its UPnP is called, which also rules IPv6.
igd::Router lookBy4(WalkResult &result, const routes::Gateway &gateway, const WalkOptions &options,
                    QDeadlineTimer deadline)
{
    FamilyEvidence &seen = result.evidence.v4;
    if (seen.own.isNull() || seen.gateway.isNull())
        return {};
    auto hop = std::async(std::launch::async, [] { return addressOfHop(2, hopMs); });
    const RouterTalk::Place place = placeOf(options, gateway, seen.own, deadline);
    RouterTalk talk(place);
    seen.router = talk.look(RouterTalk::meet(place));
    if (isStillWished(options) && !isGlobal(seen.own) && isWorthOpening(seen.router))
        result.held4 = talk.open(seen.router);
    seen.router.secondHop = hop.get();
    return talk.router();
}

bool hasWayOut6(const FamilyEvidence &seen)
{
    return isGlobal(seen.own) && !seen.gateway.isNull();
}

void lookBy6(WalkResult &result, const routes::Gateway &gateway, const WalkOptions &options,
             const igd::Router &router, const RouterTalk::Met &met, QDeadlineTimer deadline)
{
    FamilyEvidence &seen = result.evidence.v6;
    if (!hasWayOut6(seen))
        return;
    RouterTalk::Place place = placeOf(options, gateway, seen.own, deadline);
    place.router = router;
    RouterTalk talk(place);
    seen.router = talk.look(met);
    if (isStillWished(options) && seen.router.canPinhole)
        result.held6 = talk.open(seen.router);
}

} // namespace

WalkResult walk(const WalkOptions &options)
{
    const QDeadlineTimer deadline(options.limitMs - lastQuestionMs);
    WalkResult result;
    Evidence &evidence = result.evidence;
    evidence.port = options.port;
    evidence.mount = options.mount;
    evidence.bound = boundTo(options.host);
    evidence.wantsOpen = options.opens;
    evidence.v4.heardFrom = options.heardFrom4;
    evidence.v6.heardFrom = options.heardFrom6;
    const routes::Gateway gateway4 = routes::gateway4();
    const routes::Gateway gateway6 = routes::gateway6();
    evidence.v4.gateway = gateway4.address;
    evidence.v6.gateway = gateway6.address;
    const bool isLocal = evidence.bound.isLoopback();
    if (!isLocal) {
        evidence.v4.own = ownOf(gateway4, evidence.bound, QAbstractSocket::IPv4Protocol);
        evidence.v6.own = ownOf(gateway6, evidence.bound, QAbstractSocket::IPv6Protocol);
    }
    evidence.here = whoIsAt(evidence.bound.isNull() ? QHostAddress(QHostAddress::LocalHost) : evidence.bound,
                            options.port);
    if (evidence.here != Evidence::Here::Ours || isLocal)
        return result;
    // Each writes into its own family.
    auto self = std::async(std::launch::async, [&] {
        FamilyEvidence v4 = evidence.v4;
        FamilyEvidence v6 = evidence.v6;
        lookAtSelf(v4, gateway4, options, QAbstractSocket::IPv4Protocol);
        lookAtSelf(v6, gateway6, options, QAbstractSocket::IPv6Protocol);
        return std::pair(v4, v6);
    });
    auto met6 = std::async(std::launch::async, [&] {
        return hasWayOut6(result.evidence.v6)
                   ? RouterTalk::meet(placeOf(options, gateway6, result.evidence.v6.own, deadline))
                   : RouterTalk::Met();
    });
    WalkResult routers = result;
    const igd::Router router = lookBy4(routers, gateway4, options, deadline);
    lookBy6(routers, gateway6, options, router, met6.get(), deadline);
    const auto [v4, v6] = self.get();
    routers.evidence.v4.atOwn = v4.atOwn;
    routers.evidence.v4.firewall = v4.firewall;
    routers.evidence.v6.atOwn = v6.atOwn;
    routers.evidence.v6.firewall = v6.firewall;
    return routers;
}

RenewResult renew(const WalkOptions &options, const HeldPort &held4, const HeldPort &held6)
{
    const QDeadlineTimer deadline(options.limitMs - lastQuestionMs);
    const QHostAddress bound = boundTo(options.host);
    RenewResult result;
    const auto again = [&](const HeldPort &held, const routes::Gateway &gateway,
                           QAbstractSocket::NetworkLayerProtocol protocol) {
        if (held.isEmpty())
            return HeldPort();
        bool wasForgotten = false;
        RouterTalk talk(placeOf(options, gateway, ownOf(gateway, bound, protocol), deadline));
        HeldPort fresh = talk.renew(held, wasForgotten);
        result.wasForgotten |= wasForgotten;
        return fresh;
    };
    result.held4 = again(held4, routes::gateway4(), QAbstractSocket::IPv4Protocol);
    result.held6 = again(held6, routes::gateway6(), QAbstractSocket::IPv6Protocol);
    return result;
}

void closePorts(const WalkOptions &options, const HeldPort &held4, const HeldPort &held6)
{
    for (const HeldPort *held : {&held4, &held6}) {
        if (!held->isEmpty())
            RouterTalk(placeOf(options, {}, held->own, QDeadlineTimer(closeMs))).close(*held);
    }
}

QByteArray stationIdentity()
{
    QByteArray machine = QSysInfo::machineUniqueId();
    if (machine.isEmpty())
        machine = QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    // The machine's name for itself is nobody else's business.
    return QCryptographicHash::hash("cycast-desktop reach " + machine, QCryptographicHash::Sha256);
}

} // namespace cycast
