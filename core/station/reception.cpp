// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/reception.h"

#include "core/net/http/forwarding.h"
#include "core/net/http/ownnames.h"

#include <QHostInfo>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

Reception::Reception(SourceServer &sources, ListenerServer &listeners, AdminServer &admin, const Doors &doors)
    : m_sources(sources)
    , m_listeners(listeners)
    , m_admin(admin)
    , m_doors(doors)
{
}

void Reception::receive(Arrival &&arrival)
{
    identify(arrival);
    if (!m_isOpen)
        arrival.transport.close();
    else if (asksForProof(arrival))
        giveProof(std::move(arrival));
    else if (arrival.isInReserve && !SourceServer::isFromSource(arrival.request))
        m_listeners.refuseForLackOfRoom(std::move(arrival));
    else if (!namesUs(arrival))
        m_listeners.refuseForeign(std::move(arrival));
    else if (AdminServer::handles(arrival.request))
        m_admin.handle(std::move(arrival));
    else if (isAtWrongPort(arrival))
        refuseWrongPort(std::move(arrival));
    else if (SourceServer::handles(arrival.request))
        m_sources.handle(std::move(arrival));
    else
        m_listeners.handle(std::move(arrival));
}

void Reception::identify(Arrival &arrival) const
{
    const Forwarding forwarding = forwardingOf(arrival.request, arrival.ends.peer, m_options.trustedProxies);
    arrival.address = forwarding.client;
    arrival.isSecure = arrival.ends.isSecure || arrival.ends.wasSecure || forwarding.isSecure;
    arrival.isUnknown = forwarding.isUntrusted || forwarding.isUnsaid;
    arrival.prefix = forwarding.prefix;
    m_place.take(arrival, m_mountPoint);
}

void Reception::setPlace(const PublicPlace &place, const QString &mountPoint)
{
    m_place = place;
    m_mountPoint = mountPoint.toUtf8();
}

bool Reception::asksForProof(const Arrival &arrival) const
{
    return !m_proof.token.isEmpty() && arrival.request.path == "/.well-known/acme-challenge/" + m_proof.token;
}

void Reception::giveProof(Arrival &&arrival)
{
    HttpResponse response = HttpResponse::text(200, {});
    response.contentType = "application/octet-stream";
    response.body = m_proof.keyAuthorization;
    m_listeners.respond(std::move(arrival), response);
}

bool Reception::namesUs(const Arrival &arrival) const
{
    return arrival.request.origin.isEmpty() ||
           namesThisServer(arrival.request.origin, arrival.ends.local,
                           {m_doors.sourcePort(), m_doors.listenPort(), arrival.port, m_place.port()},
                           {QHostInfo::localHostName(), QUrl(m_options.stationUrl).host(), m_place.host()});
}

// Programs that know one port only, and Shoutcast sources, which come to the port behind the one that was
// entered, are served wherever they knock unless that was forbidden.
bool Reception::isAtWrongPort(const Arrival &arrival) const
{
    if (!m_options.strictPorts || m_doors.sourcePort() == m_doors.listenPort())
        return false;
    const bool isAtSourcePort = arrival.port == m_doors.sourcePort();
    if (SourceServer::isFromSource(arrival.request))
        return !isAtSourcePort;
    // Encoders' probes and questions of the admin work everywhere.
    return isAtSourcePort && arrival.request.method != "OPTIONS" &&
           !arrival.request.path.startsWith("/admin/");
}

void Reception::refuseWrongPort(Arrival &&arrival)
{
    if (SourceServer::isFromSource(arrival.request))
        m_sources.refuseHere(std::move(arrival), Core::tr("This is the port for listeners; live sources "
                                                          "connect to port %1 (advanced.strict_ports is on).")
                                                     .arg(m_doors.sourcePort()));
    else
        m_listeners.refuseHere(
            std::move(arrival),
            u"This is the port for live sources; listeners connect to port %1 (advanced.strict_ports is on)."_s
                .arg(m_doors.listenPort()));
}

} // namespace cycast
