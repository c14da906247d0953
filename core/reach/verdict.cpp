// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/verdict.h"

#include "core/reach/addressclass.h"

#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

using Answer = FamilyEvidence::Answer;
using Wall = FirewallFinding::State;

/// What is said of one of the two, and what it leads to.
struct Opinion {
    ReachVerdict verdict = ReachVerdict::Unknown;
    Sentence sentence;
    ReachAction action = ReachAction::None;
    QString actionText = {};
};

bool isBehindNat(const QHostAddress &external)
{
    return !external.isNull() && !isGlobal(external);
}

QString urlAt(const QString &host, int port, const QString &mount)
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(host);
    url.setPort(port);
    url.setPath(mount);
    return host.isEmpty() ? QString() : url.toString(QUrl::FullyEncoded);
}

/// Where people outside listen by IPv4; empty: not known.
QString url4(const Evidence &evidence)
{
    const FamilyEvidence &v4 = evidence.v4;
    const PortMapping &mapping = v4.router.mapping;
    if (isGlobal(v4.own))
        return urlAt(v4.own.toString(), evidence.port, evidence.mount);
    const QHostAddress external =
        mapping.externalAddress.isEmpty() ? v4.router.external : QHostAddress(mapping.externalAddress);
    if (!isGlobal(external))
        return {};
    return urlAt(external.toString(), mapping.isEmpty() ? evidence.port : mapping.externalPort,
                 evidence.mount);
}

QString url6(const Evidence &evidence)
{
    const PortMapping &pinhole = evidence.v6.router.mapping;
    return isGlobal(evidence.v6.own)
               ? urlAt(evidence.v6.own.toString(), pinhole.isEmpty() ? evidence.port : pinhole.externalPort,
                       evidence.mount)
               : QString();
}

/// What somebody enters in a router by hand.
QString byHand(const Evidence &evidence)
{
    return u"TCP %1 -> %2:%1"_s.arg(evidence.port).arg(evidence.v4.own.toString());
}

Sentence protocolsOf(const RouterEvidence &router)
{
    QStringList names;
    if (router.speaksUpnp)
        names.append(u"UPnP"_s);
    if (router.speaksNatPmp)
        names.append(u"NAT-PMP"_s);
    if (router.speaksPcp)
        names.append(u"PCP"_s);
    return Sentence(names.join(u", "_s));
}

// ---------------------------------------------------------------- IPv4

bool isOpen4(const Evidence &evidence)
{
    const FamilyEvidence &v4 = evidence.v4;
    if (!v4.heardFrom.isNull() || isGlobal(v4.own))
        return true;
    return !v4.router.mapping.isEmpty() && !url4(evidence).isEmpty();
}

Opinion refused(const Evidence &evidence)
{
    const RouterEvidence &router = evidence.v4.router;
    const QString at = evidence.v4.gateway.toString();
    const Sentence by = Core::tr("%1 error %2").arg(router.refusedBy, router.code);
    switch (router.refusal) {
    case RouterRefusal::NotAuthorized:
        return {
            ReachVerdict::Refused,
            Core::tr("Your router at %1 answers and does not allow it (%2): automatic port opening is "
                     "switched off in it. Switch on UPnP in the router, or pass TCP port %3 on to %4 there.")
                .arg(at, by, evidence.port, evidence.v4.own.toString()),
            ReachAction::CopyText, byHand(evidence)};
    case RouterRefusal::PortTaken:
        return {ReachVerdict::PortTaken,
                Core::tr(
                    "Another device uses port %1 of your router at %2, and the ports that were tried instead "
                    "are taken as well. Choose another port for listeners.")
                    .arg(evidence.port, at),
                ReachAction::None};
    case RouterRefusal::TableFull:
        return {
            ReachVerdict::TableFull,
            Core::tr("Your router at %1 has no room for another open port (%2). Remove one there that is no "
                     "longer needed, then look again.")
                .arg(at, by),
            ReachAction::Look};
    case RouterRefusal::ManualRule:
        return {
            ReachVerdict::OpenFailed,
            Core::tr(
                "A rule that was set by hand in your router at %1 is in the way of port %2 (%3). Change it "
                "there, so that it leads to %4.")
                .arg(at, evidence.port, by, evidence.v4.own.toString()),
            ReachAction::CopyText, byHand(evidence)};
    case RouterRefusal::NotKept:
        return {
            ReachVerdict::OpenFailed,
            Core::tr(
                "Your router at %1 said that it opened port %2, and then knew nothing of it. Pass TCP port "
                "%2 on to %3 there.")
                .arg(at, evidence.port, evidence.v4.own.toString()),
            ReachAction::CopyText, byHand(evidence)};
    case RouterRefusal::NoAnswer:
        return {
            ReachVerdict::OpenFailed,
            Core::tr("Your router at %1 was asked to open port %2 and did not answer in time. Look again, or "
                     "switch it off and on.")
                .arg(at, evidence.port),
            ReachAction::Look};
    default:
        return {ReachVerdict::OpenFailed,
                Core::tr("Your router at %1 did not open port %2 (%3). Pass TCP port %2 on to %4 there.")
                    .arg(at, evidence.port, by, evidence.v4.own.toString()),
                ReachAction::CopyText, byHand(evidence)};
    }
}

Opinion shared(const Sentence &seen)
{
    return {
        ReachVerdict::SharedAddress,
        Core::tr("Your provider shares one IPv4 address among many customers: %1. Nobody outside can come in "
                 "by IPv4, whatever is set in the router; ask the provider for an address of your own.")
            .arg(seen)};
}

Opinion twoRouters(const Sentence &seen)
{
    return {
        ReachVerdict::DoubleNat,
        Core::tr("There are two routers in a row: %1. Set the one in front to bridge mode, or let the other "
                 "one pass the port on to it.")
            .arg(seen)};
}

/// The router has no address that anybody outside could use.
Opinion above(const FamilyEvidence &v4)
{
    const RouterEvidence &router = v4.router;
    const QString at = v4.gateway.toString();
    if (!router.external.isNull()) {
        const Sentence seen =
            Core::tr("your router at %1 has the address %2 itself").arg(at, router.external.toString());
        const AddressClass what = addressClass(router.external);
        const bool isShared = what == AddressClass::Shared || what == AddressClass::DsLite;
        return isShared ? shared(seen) : twoRouters(seen);
    }
    const Sentence seen =
        Core::tr("your router at %1 says that it has no public address, and behind it comes %2")
            .arg(at, router.secondHop.toString());
    switch (addressClass(router.secondHop)) {
    case AddressClass::Shared:
    case AddressClass::DsLite:
        return shared(seen);
    case AddressClass::Private:
        return twoRouters(seen);
    default:
        return {ReachVerdict::NotConnected,
                Core::tr(
                    "Your router at %1 says that it has no public IPv4 address. Look at its line, or ask the "
                    "provider for an address of your own.")
                    .arg(at),
                ReachAction::Look};
    }
}

Opinion opinion4(const Evidence &evidence)
{
    const FamilyEvidence &v4 = evidence.v4;
    const RouterEvidence &router = v4.router;
    const QString at = v4.gateway.toString();
    if (addressClass(v4.own) == AddressClass::Shared)
        return shared(Core::tr("this computer has the address %1").arg(v4.own.toString()));
    if (isBehindNat(router.external) || (router.external.isNull() && router.isNotConnected))
        return above(v4);
    if (!router.speaks())
        return {
            ReachVerdict::RouterSilent,
            Core::tr(
                "Your router at %1 answers neither UPnP nor NAT-PMP nor PCP. Switch on UPnP in it, or pass "
                "TCP port %2 on to %3 there.")
                .arg(at, evidence.port, v4.own.toString()),
            ReachAction::CopyText, byHand(evidence)};
    if (router.refusal != RouterRefusal::None)
        return refused(evidence);
    if (router.isOff && !router.speaksUpnp) {
        Evidence off = evidence;
        off.v4.router.refusal = RouterRefusal::NotAuthorized;
        off.v4.router.refusedBy = router.speaksPcp ? u"PCP"_s : u"NAT-PMP"_s;
        off.v4.router.code = 2;
        return refused(off);
    }
    if (!router.takenBy.isNull())
        return {ReachVerdict::PortTaken,
                Core::tr(
                    "The device at %1 uses port %2 of your router already. Your router can open another port "
                    "for you.")
                    .arg(router.takenBy.toString(), evidence.port),
                ReachAction::OpenPort};
    return {ReachVerdict::CanOpen,
            Core::tr("Your router at %1 can open port %2 for you: it answers %3.")
                .arg(at, evidence.port, protocolsOf(router)),
            ReachAction::OpenPort};
}

// ---------------------------------------------------------------- IPv6

bool isOpen6(const Evidence &evidence)
{
    const FamilyEvidence &v6 = evidence.v6;
    return !v6.heardFrom.isNull() || (isGlobal(v6.own) && (!v6.router.mapping.isEmpty() || v6.router.isOpen));
}

bool canOpen6(const Evidence &evidence)
{
    const RouterEvidence &router = evidence.v6.router;
    return isGlobal(evidence.v6.own) && router.canPinhole && router.refusal == RouterRefusal::None;
}

Opinion opinion6(const Evidence &evidence)
{
    const FamilyEvidence &v6 = evidence.v6;
    if (canOpen6(evidence))
        return {ReachVerdict::CanOpen,
                Core::tr("Your router can open port %1 for listeners with IPv6; there is no IPv4 here.")
                    .arg(evidence.port),
                ReachAction::OpenPort};
    return {
        ReachVerdict::Ipv6Blocked,
        Core::tr(
            "This computer has IPv6 only (%1), and the router does not say that it lets anybody in. Allow "
            "TCP port %2 to this address in its IPv6 firewall.")
            .arg(v6.own.toString(), evidence.port),
        ReachAction::CopyText, u"TCP %1 -> [%2]:%1"_s.arg(evidence.port).arg(v6.own.toString())};
}

// ---------------------------------------------------------------- this computer

/// The one proof that stands above all signs.
bool isHeard(const Evidence &evidence)
{
    return !evidence.v4.heardFrom.isNull() || !evidence.v6.heardFrom.isNull();
}

Opinion here(const Evidence &evidence)
{
    if (evidence.here == Evidence::Here::Nobody)
        return {ReachVerdict::NotListening,
                Core::tr("Nothing answers at port %1 of this computer. Go on the air, then look again.")
                    .arg(evidence.port),
                ReachAction::Look};
    if (evidence.here == Evidence::Here::Other)
        return {ReachVerdict::OtherProgram,
                Core::tr(
                    "Another program answers at port %1 of this computer. Choose another port for listeners.")
                    .arg(evidence.port)};
    if (isHeard(evidence))
        return {};
    if (evidence.bound.isLoopback())
        return {ReachVerdict::ThisComputer,
                Core::tr("The station listens on this computer only: server.host is %1.")
                    .arg(evidence.bound.toString()),
                ReachAction::ListenAll};
    if (evidence.v4.own.isNull() && evidence.v6.own.isNull())
        return {ReachVerdict::NoNetwork,
                Core::tr("This computer has no network address. Connect it to your router, then look again."),
                ReachAction::Look};
    return {};
}

bool isDeaf(const FamilyEvidence &family)
{
    return family.own.isNull() || family.atOwn == Answer::Refuses || family.atOwn == Answer::Silent;
}

Opinion ownAddress(const Evidence &evidence)
{
    if (isHeard(evidence))
        return {};
    if (isDeaf(evidence.v4) && isDeaf(evidence.v6)) {
        const QHostAddress own = evidence.v4.own.isNull() ? evidence.v6.own : evidence.v4.own;
        return {
            ReachVerdict::OwnAddress,
            Core::tr(
                "The station answers at 127.0.0.1, and not at %1, port %2. Something on this computer keeps "
                "the port closed, or server.host is another address.")
                .arg(own.toString(), evidence.port),
            ReachAction::ListenAll};
    }
    // A wall counts where somebody could come by it.
    const FirewallFinding &wall = evidence.v4.own.isNull() ? evidence.v6.firewall : evidence.v4.firewall;
    if (wall.state == Wall::Blocks)
        return {ReachVerdict::HostFirewall,
                Core::tr("The firewall of this computer (%1) turns port %2 away. Allow it.")
                    .arg(wall.name, evidence.port),
                ReachAction::CopyText, wall.command};
    return {};
}

/// The rules could not be read, and all else is open.
Opinion unseenWall(const FirewallFinding &wall, int port)
{
    return {
        ReachVerdict::FirewallUnseen,
        Core::tr("A firewall (%1) is on in this computer, and whether it lets port %2 in cannot be seen from "
                 "here. Allow it, or try with a phone.")
            .arg(wall.name, port),
        ReachAction::CopyText, wall.command};
}

Opinion everybody(const Evidence &evidence, const QString &url)
{
    const FamilyEvidence &v4 = evidence.v4;
    Sentence why;
    if (!v4.heardFrom.isNull())
        why = Core::tr("somebody at %1 has listened").arg(v4.heardFrom.toString());
    else if (isGlobal(v4.own))
        why = Core::tr("this computer has a public address itself");
    else
        why = Core::tr("your router at %1 passes port %2 on to this computer (%3)")
                  .arg(v4.gateway.toString(), v4.router.mapping.externalPort, v4.router.mapping.protocol);
    return {ReachVerdict::Everybody, url.isEmpty()
                                         ? Core::tr("Everybody can listen: %1.").arg(why)
                                         : Core::tr("Everybody can listen at %1: %2.").arg(url, why)};
}

Opinion onlyIpv6(const Evidence &evidence, const QString &url, const Opinion &v4)
{
    const FamilyEvidence &v6 = evidence.v6;
    Sentence why;
    if (!v6.heardFrom.isNull())
        why = Core::tr("somebody at %1 has listened").arg(v6.heardFrom.toString());
    else if (!v6.router.mapping.isEmpty())
        why = Core::tr("your router lets port %1 in (%2)")
                  .arg(v6.router.mapping.externalPort, v6.router.mapping.protocol);
    else
        why = Core::tr("your router says that it blocks nothing");
    Opinion opinion{ReachVerdict::Ipv6Only,
                    url.isEmpty() ? Core::tr("Everybody who has IPv6 can listen: %1.").arg(why)
                                  : Core::tr("Everybody who has IPv6 can listen at %1: %2.").arg(url, why),
                    v4.action, v4.actionText};
    if (!v4.sentence.isEmpty())
        opinion.sentence = Core::tr("%1 By IPv4 nobody can: %2").arg(opinion.sentence, v4.sentence);
    return opinion;
}

Opinion outside(const Evidence &evidence)
{
    const FamilyEvidence &v4 = evidence.v4;
    const bool hasWayOut4 = !v4.own.isNull() && !v4.gateway.isNull();
    if (isOpen4(evidence)) {
        if (v4.firewall.state == Wall::Unseen && v4.heardFrom.isNull())
            return unseenWall(v4.firewall, evidence.port);
        return everybody(evidence, url4(evidence));
    }
    const Opinion four = hasWayOut4 ? opinion4(evidence) : Opinion();
    if (isOpen6(evidence)) {
        const FirewallFinding &wall = evidence.v6.firewall;
        if (wall.state == Wall::Unseen && evidence.v6.heardFrom.isNull())
            return unseenWall(wall, evidence.port);
        if (wall.state != Wall::Blocks || !evidence.v6.heardFrom.isNull())
            return onlyIpv6(evidence, url6(evidence), four);
    }
    if (hasWayOut4) {
        Opinion opinion = four;
        const bool isHopeless = opinion.action == ReachAction::None || opinion.action == ReachAction::Look;
        if (isHopeless && canOpen6(evidence)) {
            opinion.action = ReachAction::OpenPort;
            opinion.sentence =
                Core::tr("%1 Your router can let in those who have IPv6.").arg(opinion.sentence);
        }
        return opinion;
    }
    if (isGlobal(evidence.v6.own) && !evidence.v6.gateway.isNull())
        return opinion6(evidence);
    const QHostAddress own = v4.own.isNull() ? evidence.v6.own : v4.own;
    return {
        ReachVerdict::NoRouter,
        Core::tr(
            "This network has no router: those in it can listen at %1, and there is no way in for anybody "
            "else.")
            .arg(urlAt(own.toString(), evidence.port, evidence.mount)),
        ReachAction::Look};
}

Opinion opinionOf(const Evidence &evidence)
{
    for (const auto look : {here, ownAddress}) {
        if (const Opinion opinion = look(evidence); opinion.verdict != ReachVerdict::Unknown)
            return opinion;
    }
    return outside(evidence);
}

ReachScope scopeOf(ReachVerdict verdict)
{
    switch (verdict) {
    case ReachVerdict::Everybody:
        return ReachScope::Everywhere;
    case ReachVerdict::Ipv6Only:
        return ReachScope::Ipv6Only;
    case ReachVerdict::Unknown:
    case ReachVerdict::NotListening:
    case ReachVerdict::OtherProgram:
        return ReachScope::Unknown;
    default:
        return ReachScope::Home;
    }
}

// ---------------------------------------------------------------- the steps

using State = ReachStep::State;

ReachStep hereStep(const Evidence &evidence)
{
    const Sentence name = Core::tr("This computer");
    switch (evidence.here) {
    case Evidence::Here::Ours:
        return {State::Good, name, Core::tr("The station answers at port %1.").arg(evidence.port)};
    case Evidence::Here::Other:
        return {State::Bad, name, Core::tr("Another program answers at port %1.").arg(evidence.port)};
    case Evidence::Here::Nobody:
        break;
    }
    return {State::Bad, name, Core::tr("Nothing answers at port %1.").arg(evidence.port)};
}

ReachStep ownStep(const FamilyEvidence &family, const Sentence &name)
{
    const QString own = family.own.toString();
    switch (family.atOwn) {
    case Answer::Answers:
        return {State::Good, name, Core::tr("The station answers at %1.").arg(own)};
    case Answer::Refuses:
        return {State::Bad, name, Core::tr("Nothing answers at %1.").arg(own)};
    case Answer::Silent:
        return {State::Bad, name, Core::tr("No answer came from %1: something swallows it.").arg(own)};
    case Answer::NotAsked:
        break;
    }
    return {State::Unclear, name, own.isEmpty() ? Core::tr("None.") : Sentence(own)};
}

ReachStep wallStep(const FirewallFinding &wall, const Sentence &name)
{
    switch (wall.state) {
    case Wall::NoneSeen:
        return {State::Good, name, Core::tr("None was seen.")};
    case Wall::LetsIn:
        return {State::Good, name, Core::tr("%1 lets the port in.").arg(wall.name)};
    case Wall::Blocks:
        return {State::Bad, name, Core::tr("%1 turns the port away.").arg(wall.name)};
    case Wall::Unseen:
        break;
    }
    return {State::Unclear, name, Core::tr("%1 is on; its rules cannot be read from here.").arg(wall.name)};
}

ReachStep routerStep(const FamilyEvidence &family, const Sentence &name)
{
    if (family.gateway.isNull())
        return {State::Bad, name, Core::tr("None: this network has no way out.")};
    const QString at = family.gateway.toString();
    if (!family.router.speaks())
        return {State::Unclear, name, Core::tr("%1 answers neither UPnP nor NAT-PMP nor PCP.").arg(at)};
    return {State::Good, name, Core::tr("%1 answers %2.").arg(at, protocolsOf(family.router))};
}

ReachStep portStep(const FamilyEvidence &family, const Sentence &name)
{
    const RouterEvidence &router = family.router;
    const PortMapping &mapping = router.mapping;
    if (!mapping.isEmpty())
        return {State::Good, name,
                mapping.leaseSeconds > 0
                    ? Core::tr("Port %1 of %2 leads here (%3), for %4 s at a time.")
                          .arg(mapping.externalPort, mapping.externalAddress, mapping.protocol,
                               mapping.leaseSeconds)
                    : Core::tr("Port %1 of %2 leads here (%3), until it is closed.")
                          .arg(mapping.externalPort, mapping.externalAddress, mapping.protocol)};
    if (router.refusal != RouterRefusal::None)
        return {State::Bad, name,
                router.code != 0 ? Core::tr("Not opened: %1 error %2.").arg(router.refusedBy, router.code)
                                 : Core::tr("Not opened: %1 gave no usable answer.").arg(router.refusedBy)};
    if (router.isOpen)
        return {State::Good, name, Core::tr("The router says that it blocks nothing.")};
    if (!router.takenBy.isNull())
        return {State::Bad, name, Core::tr("It belongs to %1.").arg(router.takenBy.toString())};
    return {State::Unclear, name, Core::tr("It has not been opened.")};
}

ReachStep providerStep(const FamilyEvidence &v4)
{
    const Sentence name = Core::tr("The provider");
    const RouterEvidence &router = v4.router;
    if (!router.external.isNull())
        return {isGlobal(router.external) ? State::Good : State::Bad, name,
                isGlobal(router.external)
                    ? Core::tr("The router has the public address %1.").arg(router.external.toString())
                    : Core::tr("The router has the address %1, which is not public.")
                          .arg(router.external.toString())};
    const Sentence behind = router.secondHop.isNull()
                                ? Core::tr("The router does not tell its address.")
                                : Core::tr("The router does not tell its address; behind it comes %1.")
                                      .arg(router.secondHop.toString());
    return {router.isNotConnected ? State::Bad : State::Unclear, name, behind};
}

ReachStep outsideStep(const Evidence &evidence)
{
    const Sentence name = Core::tr("Outside");
    for (const FamilyEvidence *family : {&evidence.v4, &evidence.v6}) {
        if (!family->heardFrom.isNull())
            return {State::Good, name,
                    Core::tr("Somebody at %1 has listened.").arg(family->heardFrom.toString())};
    }
    return {State::Unclear, name, Core::tr("Nobody from outside has listened yet.")};
}

} // namespace

QList<ReachStep> stepsOf(const Evidence &evidence)
{
    const FamilyEvidence &v4 = evidence.v4;
    const FamilyEvidence &v6 = evidence.v6;
    QList<ReachStep> steps{hereStep(evidence)};
    if (!v4.own.isNull()) {
        steps.append(ownStep(v4, Core::tr("Own address, IPv4")));
        steps.append(wallStep(v4.firewall, Core::tr("Firewall of this computer, IPv4")));
        steps.append(routerStep(v4, Core::tr("Router, IPv4")));
        if (!v4.gateway.isNull() && !isGlobal(v4.own)) {
            steps.append(portStep(v4, Core::tr("Port of the router, IPv4")));
            steps.append(providerStep(v4));
        }
    }
    if (!v6.own.isNull()) {
        steps.append(ownStep(v6, Core::tr("Own address, IPv6")));
        steps.append(wallStep(v6.firewall, Core::tr("Firewall of this computer, IPv6")));
        steps.append(routerStep(v6, Core::tr("Router, IPv6")));
        if (!v6.gateway.isNull())
            steps.append(portStep(v6, Core::tr("Port of the router, IPv6")));
    }
    steps.append(outsideStep(evidence));
    return steps;
}

ReachReport reportOf(const Evidence &evidence)
{
    const Opinion opinion = opinionOf(evidence);
    ReachReport report;
    report.verdict = opinion.verdict;
    report.scope = scopeOf(opinion.verdict);
    report.sentence = opinion.sentence;
    report.action = opinion.action;
    report.actionText = opinion.actionText;
    report.mapping = evidence.v4.router.mapping;
    report.pinhole = evidence.v6.router.mapping;
    if (report.scope == ReachScope::Everywhere)
        report.publicUrl = url4(evidence);
    else if (report.scope == ReachScope::Ipv6Only)
        report.publicUrl = url6(evidence);
    report.steps = stepsOf(evidence);
    return report;
}

} // namespace cycast
