// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/reach.h"

#include "core/base/machineinterfaces.h"
#include "core/base/monotonic.h"
#include "core/reach/addressclass.h"
#include "core/reach/verdict.h"

#include <algorithm>

namespace cycast
{
namespace
{

/// How long the end of the program waits for a router that is asked to close the port.
constexpr std::chrono::seconds closingLimit{5};

int leaseOf(const HeldPort &one, const HeldPort &other)
{
    const int first = one.isEmpty() ? 0 : one.mapping.leaseSeconds;
    const int second = other.isEmpty() ? 0 : other.mapping.leaseSeconds;
    return first == 0 || second == 0 ? std::max(first, second) : std::min(first, second);
}

bool isLoopback(const QString &host)
{
    return QHostAddress(host).isLoopback();
}

} // namespace

Reach::Reach(QObject *parent)
    : QObject(parent)
    , m_identity(stationIdentity())
    , m_work(this, 2) // one that hangs in a router does not keep the port from being given back
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Reach::proceed);
    connect(&m_network, &NetworkWatch::changed, this, [this] {
        m_heardFrom4.clear();
        m_heardFrom6.clear();
        m_lease.networkChanged(monotonicMs());
        proceed();
    });
}

Reach::~Reach()
{
    *m_isGivenUp = true;
    const bool isHeld = !m_held4.isEmpty() || !m_held6.isEmpty();
    if (isHeld)
        m_work.start([options = walkOptions(m_openedWith), held4 = m_held4, held6 = m_held6] {
            closePorts(options, held4, held6);
        });
    // Routers are slow, and may not forget by themselves; without a port to give back nobody waits for one.
    m_work.end(isHeld ? closingLimit : offThreadEndLimit);
}

WalkOptions Reach::walkOptions(const Options &options) const
{
    WalkOptions walk;
    walk.host = options.host;
    walk.port = options.port;
    walk.mount = options.mount;
    walk.opens = isWished();
    walk.limitMs = m_wantsLook ? walkLimitMs : longestWalkMs;
    walk.identity = m_identity;
    walk.isGivenUp = m_isGivenUp;
    walk.heardFrom4 = m_heardFrom4;
    walk.heardFrom6 = m_heardFrom6;
    return walk;
}

bool Reach::isWished() const
{
    return m_options.opens && m_options.port > 0 && !isLoopback(m_options.host);
}

void Reach::setOptions(const Options &options)
{
    if (options == m_options)
        return;
    if (options.port != m_options.port || options.host != m_options.host) {
        m_heardFrom4.clear();
        m_heardFrom6.clear();
        m_evidence = {};
        setReport({});
    }
    m_options = options;
    follow();
}

/// What the lease should do, by the options: an open port that leads to where nobody listens any more is
/// given back before another one is opened.
void Reach::follow()
{
    const bool isHeld = !m_held4.isEmpty() || !m_held6.isEmpty();
    const bool isStale =
        isHeld && (m_openedWith.port != m_options.port || m_openedWith.host != m_options.host);
    m_network.setOn(isWished());
    m_lease.setWanted(isWished() && !isStale, monotonicMs());
    proceed();
}

void Reach::look()
{
    if (m_options.port == 0)
        return;
    m_wantsLook = true;
    ReachReport report = m_report;
    report.isLooking = true;
    setReport(report);
    proceed();
}

void Reach::proceed()
{
    if (m_isBusy)
        return;
    switch (m_lease.next(monotonicMs())) {
    case Lease::Step::Open:
        startWalk();
        return;
    case Lease::Step::Renew:
        startRenewal();
        return;
    case Lease::Step::Close:
        startClosing();
        return;
    case Lease::Step::Nothing:
        break;
    }
    if (m_wantsLook) {
        startWalk();
        return;
    }
    if (const qint64 wakeMs = m_lease.wakeMs(); wakeMs >= 0)
        m_timer.start(static_cast<int>(std::max<qint64>(0, wakeMs - monotonicMs())));
    else
        m_timer.stop();
}

void Reach::startWalk()
{
    m_isBusy = true;
    const WalkOptions options = walkOptions(m_options);
    m_wantsLook = false;
    ReachReport report = m_report;
    report.isLooking = true;
    setReport(report);
    m_work.start([options, asked = m_options](WayBack<Reach> &back) {
        const WalkResult result = walk(options);
        back.tell([result, asked](Reach *reach) { reach->takeWalk(result, asked); });
    });
}

void Reach::startRenewal()
{
    m_isBusy = true;
    m_work.start([options = walkOptions(m_options), held4 = m_held4, held6 = m_held6](WayBack<Reach> &back) {
        const RenewResult result = renew(options, held4, held6);
        back.tell([result](Reach *reach) { reach->takeRenewal(result); });
    });
}

void Reach::startClosing()
{
    m_isBusy = true;
    m_work.start([options = walkOptions(m_openedWith), held4 = std::exchange(m_held4, {}),
                  held6 = std::exchange(m_held6, {})](WayBack<Reach> &back) {
        closePorts(options, held4, held6);
        back.tell([](Reach *reach) { reach->takeClosed(); });
    });
}

void Reach::takeWalk(const WalkResult &result, const Options &askedFor)
{
    m_isBusy = false;
    const bool hadPort = !m_held4.isEmpty() || !m_held6.isEmpty();
    const bool hasPort = !result.held4.isEmpty() || !result.held6.isEmpty();
    if (hasPort) {
        m_held4 = result.held4;
        m_held6 = result.held6;
        m_openedWith = askedFor;
        m_lease.opened(leaseOf(m_held4, m_held6), monotonicMs());
    } else if (isWished() || hadPort) {
        m_held4 = {};
        m_held6 = {};
        const FamilyEvidence &v4 = result.evidence.v4;
        m_lease.failed(v4.router.speaks() || result.evidence.v6.router.speaks(), monotonicMs());
    }
    if (askedFor.port == m_options.port && askedFor.host == m_options.host) {
        m_evidence = result.evidence;
        judge();
        if (hasPort && !hadPort)
            emit told(Core::tr("Your router has opened a port. %1").arg(m_report.sentence), false);
        else if (!hasPort && hadPort)
            emit told(Core::tr("Your router has closed the port again. %1").arg(m_report.sentence), true);
    }
    follow();
}

void Reach::takeRenewal(const RenewResult &result)
{
    m_isBusy = false;
    const bool isLost =
        result.held4.isEmpty() != m_held4.isEmpty() || result.held6.isEmpty() != m_held6.isEmpty();
    if (isLost) {
        // Anew, with a search, and at once: that is no loop, for what comes of it is final.
        m_lease.networkChanged(monotonicMs() - Lease::settleMs);
        m_lease.failed(true, monotonicMs());
    } else {
        m_held4 = result.held4;
        m_held6 = result.held6;
        m_lease.opened(leaseOf(m_held4, m_held6), monotonicMs());
        m_evidence.v4.router.mapping = m_held4.mapping;
        m_evidence.v6.router.mapping = m_held6.mapping;
        judge();
    }
    if (result.wasForgotten)
        emit told(Core::tr("Your router had forgotten the open port; it was asked for it again."), true);
    follow();
}

void Reach::takeClosed()
{
    m_isBusy = false;
    m_lease.closed(monotonicMs());
    m_evidence.v4.router.mapping = {};
    m_evidence.v6.router.mapping = {};
    if (m_options.port > 0)
        judge();
    emit told(Core::tr("The port of the router has been given back."), false);
    follow();
}

void Reach::noteListener(const QHostAddress &address)
{
    const QHostAddress plain = plainAddress(address);
    const bool isV4 = plain.protocol() == QAbstractSocket::IPv4Protocol;
    FamilyEvidence &seen = isV4 ? m_evidence.v4 : m_evidence.v6;
    QHostAddress &heardFrom = isV4 ? m_heardFrom4 : m_heardFrom6;
    // One of this household may come by the public address, where the router sends it back.
    if (!isGlobal(plain) || !heardFrom.isNull() || m_options.port == 0 || plain == seen.router.external ||
        plain.toString() == seen.router.mapping.externalAddress || isSameHousehold(plain, seen.own) ||
        isSameHousehold(plain, routes::anyOwnAddress(plain.protocol(), machineInterfaces())))
        return;
    heardFrom = plain;
    if (m_evidence.port == 0) { // nobody has looked yet, and it is known all the same
        m_evidence.port = m_options.port;
        m_evidence.mount = m_options.mount;
        m_evidence.here = Evidence::Here::Ours;
    }
    judge();
    emit told(m_report.sentence, false);
}

void Reach::judge()
{
    m_evidence.v4.heardFrom = m_heardFrom4;
    m_evidence.v6.heardFrom = m_heardFrom6;
    ReachReport report = reportOf(m_evidence);
    report.isLooking = m_isBusy || m_wantsLook;
    setReport(report);
}

void Reach::setReport(const ReachReport &report)
{
    if (report == m_report)
        return;
    m_report = report;
    emit changed(m_report);
}

} // namespace cycast
