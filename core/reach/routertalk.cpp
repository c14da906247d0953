// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/routertalk.h"

#include "core/base/monotonic.h"
#include "core/reach/addressclass.h"

#include <QCryptographicHash>

#include <algorithm>
#include <future>
#include <thread>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr std::chrono::milliseconds questionLimit{2'500};
constexpr int mostPorts = 10;
constexpr int noAnswer = -100;

QString upnp()
{
    return u"UPnP"_s;
}
QString natPmp()
{
    return u"NAT-PMP"_s;
}
QString pcpName()
{
    return u"PCP"_s;
}

QByteArray digest(const QByteArray &identity, int number)
{
    return QCryptographicHash::hash(identity + '/' + QByteArray::number(number), QCryptographicHash::Sha256);
}

/// The same after a restart: so a station that was killed can renew, and delete, what it had.
pcp::Nonce nonceOf(const QByteArray &identity, int port)
{
    pcp::Nonce nonce{};
    const QByteArray bytes = digest(identity, -port);
    std::copy_n(bytes.constData(), nonce.size(), nonce.begin());
    return nonce;
}

RouterRefusal meaning(int upnpError)
{
    switch (upnpError) {
    case igd::notAuthorized:
        return RouterRefusal::NotAuthorized;
    case igd::portTaken:
        return RouterRefusal::PortTaken;
    case igd::tableFull:
        return RouterRefusal::TableFull;
    case igd::manualRule:
        return RouterRefusal::ManualRule;
    default:
        return upnpError < 0 ? RouterRefusal::NoAnswer : RouterRefusal::Other;
    }
}

RouterRefusal meaning(natpmp::Outcome outcome)
{
    switch (outcome) {
    case natpmp::Outcome::NotAuthorized:
        return RouterRefusal::NotAuthorized;
    case natpmp::Outcome::NetworkFailure:
        return RouterRefusal::NotConnected;
    case natpmp::Outcome::OutOfResources:
        return RouterRefusal::TableFull;
    default:
        return RouterRefusal::Other;
    }
}

RouterRefusal meaning(pcp::Outcome outcome)
{
    switch (outcome) {
    case pcp::Outcome::NotAuthorized:
        return RouterRefusal::NotAuthorized;
    case pcp::Outcome::NetworkFailure:
        return RouterRefusal::NotConnected;
    case pcp::Outcome::NoResources:
    case pcp::Outcome::UserExceededQuota:
        return RouterRefusal::TableFull;
    case pcp::Outcome::CannotProvideExternal:
        return RouterRefusal::PortTaken;
    default:
        return RouterRefusal::Other;
    }
}

} // namespace

bool hasForgotten(quint32 epochThen, quint32 epochNow, qint64 passedMs)
{
    const qint64 expected = qint64{epochThen} + passedMs / 1'000 * 7 / 8;
    return qint64{epochNow} + 2 < expected;
}

QList<quint16> portsToTry(int wanted, const QByteArray &identity)
{
    QList<quint16> ports;
    const auto add = [&ports](int port) {
        if (port > 0 && port < 65'536 && !ports.contains(static_cast<quint16>(port)))
            ports.append(static_cast<quint16>(port));
    };
    add(wanted);
    add(wanted + 1);
    for (int number = 0; ports.size() < mostPorts; ++number) {
        const QByteArray bytes = digest(identity, number);
        const int value = static_cast<quint8>(bytes.at(0)) << 8 | static_cast<quint8>(bytes.at(1));
        add(10'000 + value % 50'000); // routers refuse the low ones, and hand out the high ones themselves
    }
    return ports;
}

RouterTalk::RouterTalk(Place place)
    : m_place(std::move(place))
{
}

/// The library may wait for long for a router that does not go on: a thread does it, which may be left behind
/// and holds nothing of ours.
template<class Call>
auto RouterTalk::ask(Call call)
{
    using Answer = decltype(call());
    Answer none{};
    if constexpr (std::is_same_v<Answer, int>)
        none = noAnswer;
    else
        none.error = noAnswer;
    if (m_isSilent || m_place.deadline.hasExpired())
        return none;
    std::packaged_task<Answer()> task(std::move(call));
    std::future<Answer> answer = task.get_future();
    std::thread(std::move(task)).detach();
    const auto rest = std::min<qint64>(questionLimit.count(), m_place.deadline.remainingTime());
    m_isSilent = answer.wait_for(std::chrono::milliseconds(rest)) != std::future_status::ready;
    return m_isSilent ? none : answer.get();
}

// ---------------------------------------------------------------- looking

RouterTalk::Met RouterTalk::meet(const Place &place)
{
    if (place.gateway.address.isNull() || place.own.isNull())
        return {};
    auto search = std::async(std::launch::async,
                             [&place] { return igd::find(place.own, place.gateway, place.deadline); });
    Met met;
    met.greeting = GatewayClient(place.gateway.address, place.own, place.deadline).greet();
    met.router = search.get();
    return met;
}

RouterEvidence RouterTalk::look(const Met &met)
{
    RouterEvidence seen;
    const GatewayClient::Greeting &greeting = met.greeting;
    if (greeting.pcp) {
        seen.speaksPcp = greeting.pcp->outcome != pcp::Outcome::UnsupportedVersion;
        seen.isOff = greeting.pcp->outcome == pcp::Outcome::NotAuthorized;
        seen.canPinhole = seen.speaksPcp && !isV4();
    }
    if (greeting.natPmp) {
        seen.speaksNatPmp = true;
        seen.isOff |= greeting.natPmp->outcome == natpmp::Outcome::NotAuthorized;
        seen.isNotConnected = greeting.natPmp->outcome == natpmp::Outcome::NetworkFailure;
        if (addressClass(greeting.natPmp->external) != AddressClass::None)
            seen.external = greeting.natPmp->external;
        else if (greeting.natPmp->outcome == natpmp::Outcome::Success)
            seen.isNotConnected = true;
    }
    if (met.router && (isV4() || !met.router->firewallControl.isEmpty()))
        m_place.router = *met.router;
    if (isV4() && !m_place.router.isEmpty())
        lookByUpnp(seen);
    else if (!isV4() && !m_place.router.firewallControl.isEmpty())
        lookForPinholes(seen);
    return seen;
}

void RouterTalk::lookByUpnp(RouterEvidence &seen)
{
    const igd::Line line = ask([router = m_place.router] { return igd::line(router); });
    seen.speaksUpnp = true;
    if (line.error < 0)
        return;
    if (!line.external.isNull())
        seen.external = line.external;
    else if (line.error == 0 && seen.external.isNull())
        seen.isNotConnected = true;
    const auto port = static_cast<quint16>(m_place.port);
    const igd::Entry entry = ask([router = m_place.router, port] { return igd::entry(router, port); });
    if (entry.error == 0 && !entry.client.isNull() && entry.client != m_place.own)
        seen.takenBy = entry.client;
}

void RouterTalk::lookForPinholes(RouterEvidence &seen)
{
    const igd::Firewall firewall = ask([router = m_place.router] { return igd::firewall(router); });
    if (firewall.error != 0)
        return;
    seen.speaksUpnp = true;
    seen.isOpen = !firewall.isOn;
    seen.canPinhole |= firewall.isOn && firewall.allowsPinholes;
}

// ---------------------------------------------------------------- opening

void RouterTalk::refuse(RouterEvidence &seen, RouterRefusal why, int code, const QString &by) const
{
    seen.refusal = why;
    seen.code = code;
    seen.refusedBy = by;
}

HeldPort RouterTalk::held(HeldPort::By by, quint16 external, quint32 leaseSeconds) const
{
    HeldPort port;
    port.by = by;
    port.gateway = m_place.gateway.address;
    port.own = m_place.own;
    port.router = m_place.router;
    port.askedMs = monotonicMs();
    port.mapping.protocol = by == HeldPort::By::Pcp      ? pcpName()
                            : by == HeldPort::By::NatPmp ? natPmp()
                                                         : upnp();
    port.mapping.externalPort = external;
    port.mapping.internalPort = m_place.port;
    port.mapping.internalAddress = m_place.own.toString();
    port.mapping.leaseSeconds = static_cast<int>(leaseSeconds);
    return port;
}

HeldPort RouterTalk::open(RouterEvidence &seen)
{
    const auto wanted = static_cast<quint16>(m_place.port);
    HeldPort port;
    if (seen.speaksPcp)
        port = openByPcp(seen, wanted);
    if (port.isEmpty() && seen.speaksNatPmp && isV4())
        port = openByNatPmp(seen, wanted);
    if (port.isEmpty() && seen.speaksUpnp)
        port = isV4() ? openByUpnp(seen) : openPinhole(seen);
    if (!port.isEmpty()) {
        refuse(seen, RouterRefusal::None, 0, {});
        if (port.mapping.externalAddress.isEmpty() && isV4() && !seen.external.isNull())
            port.mapping.externalAddress = seen.external.toString();
        seen.mapping = port.mapping;
    }
    return port;
}

HeldPort RouterTalk::openByPcp(RouterEvidence &seen, quint16 wanted)
{
    const GatewayClient client(m_place.gateway.address, m_place.own, m_place.deadline);
    const auto answer = client.map(nonceOf(m_place.identity, m_place.port),
                                   static_cast<quint16>(m_place.port), wanted, m_place.leaseSeconds);
    if (!answer) {
        refuse(seen, RouterRefusal::NoAnswer, 0, pcpName());
        return {};
    }
    if (answer->outcome != pcp::Outcome::Success) {
        refuse(seen, meaning(answer->outcome), static_cast<int>(answer->outcome), pcpName());
        return {};
    }
    HeldPort port = held(HeldPort::By::Pcp, answer->externalPort, answer->lifetimeSeconds);
    port.epochSeconds = answer->epochSeconds;
    if (addressClass(answer->external) != AddressClass::None) {
        port.mapping.externalAddress = answer->external.toString();
        seen.external = answer->external;
    }
    return port;
}

HeldPort RouterTalk::openByNatPmp(RouterEvidence &seen, quint16 wanted)
{
    const GatewayClient client(m_place.gateway.address, m_place.own, m_place.deadline);
    const auto answer = client.map(static_cast<quint16>(m_place.port), wanted, m_place.leaseSeconds);
    if (!answer) {
        refuse(seen, RouterRefusal::NoAnswer, 0, natPmp());
        return {};
    }
    if (answer->outcome != natpmp::Outcome::Success) {
        refuse(seen, meaning(answer->outcome), static_cast<int>(answer->outcome), natPmp());
        return {};
    }
    HeldPort port = held(HeldPort::By::NatPmp, answer->externalPort, answer->lifetimeSeconds);
    port.epochSeconds = answer->epochSeconds;
    return port;
}

/// 0, when the router has an entry for us at `external`.
int RouterTalk::addByUpnp(RouterEvidence &seen, quint16 external, quint32 &leaseSeconds)
{
    const auto internal = static_cast<quint16>(m_place.port);
    const igd::Entry before =
        ask([router = m_place.router, external] { return igd::entry(router, external); });
    // Some routers would let us take it away from another device.
    if (before.error == 0 && !before.client.isNull() && before.client != m_place.own) {
        if (external == internal)
            seen.takenBy = before.client;
        return igd::portTaken;
    }
    const auto add = [this, external, internal](quint32 lease) {
        return ask([router = m_place.router, external, internal, own = m_place.own, lease] {
            return igd::add(router, external, internal, own, lease);
        });
    };
    int error = add(leaseSeconds);
    const bool mayBeTheLease = error == igd::permanentOnly || error == 402 || error == 501;
    if (mayBeTheLease && leaseSeconds != 0) {
        const int again = add(0);
        if (again == 0)
            leaseSeconds = 0;
        if (again == 0 || error == igd::permanentOnly)
            error = again;
    }
    return error;
}

HeldPort RouterTalk::openByUpnp(RouterEvidence &seen)
{
    quint32 leaseSeconds = m_place.leaseSeconds;
    for (const quint16 external : portsToTry(m_place.port, m_place.identity)) {
        const int error = addByUpnp(seen, external, leaseSeconds);
        if (error == 0) {
            const igd::Entry entry =
                ask([router = m_place.router, external] { return igd::entry(router, external); });
            if (entry.error == 0 && entry.client == m_place.own && entry.internalPort == m_place.port)
                return held(HeldPort::By::Upnp, external, leaseSeconds);
            refuse(seen, entry.error < 0 ? RouterRefusal::NoAnswer : RouterRefusal::NotKept, 0, upnp());
            return {};
        }
        refuse(seen, meaning(error), error > 0 ? error : 0, upnp());
        if (error != igd::portTaken && error != igd::manualRule)
            break;
    }
    return {};
}

HeldPort RouterTalk::openPinhole(RouterEvidence &seen)
{
    if (m_place.router.firewallControl.isEmpty() || !seen.canPinhole)
        return {};
    struct Added {
        int error = 0;
        QByteArray id;
    };
    const Added added = ask([router = m_place.router, port = static_cast<quint16>(m_place.port),
                             own = m_place.own, lease = m_place.leaseSeconds] {
        Added result;
        result.error = igd::addPinhole(router, port, own, lease, result.id);
        return result;
    });
    if (added.error != 0) {
        refuse(seen, meaning(added.error), added.error > 0 ? added.error : 0, upnp());
        return {};
    }
    HeldPort port = held(HeldPort::By::Pinhole, static_cast<quint16>(m_place.port), m_place.leaseSeconds);
    port.mapping.externalAddress = m_place.own.toString();
    port.pinholeId = added.id;
    return port;
}

// ---------------------------------------------------------------- keeping and closing

HeldPort RouterTalk::renew(const HeldPort &held, bool &wasForgotten)
{
    m_place.router = held.router;
    RouterEvidence seen;
    HeldPort fresh;
    wasForgotten = false;
    const auto external = static_cast<quint16>(held.mapping.externalPort);
    if (held.own != m_place.own || held.gateway != m_place.gateway.address)
        return {}; // another network
    switch (held.by) {
    case HeldPort::By::Nobody:
        return {};
    case HeldPort::By::Pcp:
        fresh = openByPcp(seen, external);
        break;
    case HeldPort::By::NatPmp:
        fresh = openByNatPmp(seen, external);
        break;
    case HeldPort::By::Pinhole: {
        const int error = ask([held, lease = m_place.leaseSeconds] {
            return igd::updatePinhole(held.router, held.pinholeId, lease);
        });
        wasForgotten = error > 0;
        fresh = error == 0 ? held : HeldPort();
        break;
    }
    case HeldPort::By::Upnp: {
        const igd::Entry before = ask([held, external] { return igd::entry(held.router, external); });
        wasForgotten = before.error == igd::noSuchEntry || before.error == 713;
        auto lease = held.mapping.leaseSeconds == 0 ? 0 : m_place.leaseSeconds;
        if (addByUpnp(seen, external, lease) == 0)
            fresh = this->held(HeldPort::By::Upnp, external, lease);
        break;
    }
    }
    if (fresh.isEmpty())
        return {};
    fresh.askedMs = monotonicMs();
    if (held.by == HeldPort::By::Pcp || held.by == HeldPort::By::NatPmp)
        wasForgotten = hasForgotten(held.epochSeconds, fresh.epochSeconds, fresh.askedMs - held.askedMs);
    if (fresh.mapping.externalAddress.isEmpty())
        fresh.mapping.externalAddress = held.mapping.externalAddress;
    return fresh;
}

void RouterTalk::close(const HeldPort &held)
{
    const auto external = static_cast<quint16>(held.mapping.externalPort);
    const GatewayClient client(held.gateway, held.own, m_place.deadline);
    const auto internal = static_cast<quint16>(held.mapping.internalPort);
    switch (held.by) {
    case HeldPort::By::Nobody:
        break;
    case HeldPort::By::Upnp:
        ask([held, external] {
            const igd::Entry entry = igd::entry(held.router, external);
            // Never somebody else's.
            return entry.error != 0 || entry.client == held.own ? igd::remove(held.router, external) : 0;
        });
        break;
    case HeldPort::By::NatPmp:
        client.map(internal, 0, 0);
        break;
    case HeldPort::By::Pcp: {
        // Some routers do not find their own pinhole to delete it, and do to give it another end.
        const pcp::Nonce nonce = nonceOf(m_place.identity, internal);
        const auto answer = client.map(nonce, internal, 0, 0);
        if (answer && answer->outcome != pcp::Outcome::Success)
            client.map(nonce, internal, external, 1);
        break;
    }
    case HeldPort::By::Pinhole:
        ask([held] { return igd::removePinhole(held.router, held.pinholeId); });
        break;
    }
}

} // namespace cycast
