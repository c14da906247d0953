// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/listenerserver.h"

#include "core/monotonic.h"
#include "core/net/icyheaders.h"
#include "core/net/useragent.h"
#include "core/net/webpage.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

// Scheme and host as the client asked, so that links lead back the way it came.
QByteArray baseUrl(const Arrival &arrival)
{
    QByteArray host = arrival.request.header("Host");
    const bool usable =
        !host.isEmpty() && host.size() < 256 && std::all_of(host.begin(), host.end(), [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == ':' ||
                   c == '[' || c == ']' || c == '_';
        });
    if (!usable) {
        const QHostAddress local = native::localAddress(arrival.socket);
        host = local.protocol() == QAbstractSocket::IPv6Protocol ? '[' + local.toString().toLatin1() + ']'
                                                                 : local.toString().toLatin1();
        host += ':' + QByteArray::number(arrival.port);
    }
    return "http://" + host;
}

HttpResponse methodNotAllowed(const QByteArray &allowed)
{
    HttpResponse response = HttpResponse::text(405, "Only " + allowed + " work here.");
    response.addHeader("Allow", allowed);
    return response;
}

HttpResponse document(const QByteArray &type, const QByteArray &body)
{
    HttpResponse response;
    response.contentType = type;
    response.body = body;
    return response;
}

} // namespace

ListenerServer::ListenerServer(Broadcaster &broadcaster, View view, FrontDoor::Handler router,
                               QObject *parent)
    : QObject(parent)
    , m_broadcaster(broadcaster)
    , m_view(std::move(view))
    , m_router(std::move(router))
{
}

void ListenerServer::handle(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    if (request.method == "OPTIONS") {
        HttpResponse response;
        response.status = 204;
        response.addHeader("Allow", "GET, HEAD, OPTIONS");
        response.addHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
        respond(std::move(arrival), response);
    } else if (request.method != "GET" && request.method != "HEAD") {
        respond(std::move(arrival), methodNotAllowed("GET, HEAD, OPTIONS"));
    } else if (request.path == m_options.station.mount.toUtf8()) {
        stream(std::move(arrival));
    } else {
        const HttpResponse response = pageFor(arrival);
        respond(std::move(arrival), response);
    }
}

void ListenerServer::refuseHere(Arrival &&arrival, const QString &sentence)
{
    respond(std::move(arrival), HttpResponse::text(403, sentence.toUtf8()));
}

void ListenerServer::respond(Arrival &&arrival, const HttpResponse &response)
{
    auto *connection = new HttpConnection(std::move(arrival), m_router, this);
    connection->respond(response);
}

HttpResponse ListenerServer::pageFor(const Arrival &arrival) const
{
    const QByteArray &path = arrival.request.path;
    const QByteArray mount = m_options.station.mount.toUtf8();
    if (path == "/" || path == "/index.html") {
        HttpResponse page = document("text/html; charset=utf-8", webPage(m_view.status(), m_options.station));
        page.addHeader("Content-Security-Policy", webPagePolicy());
        return page;
    }
    if (path == "/api/status")
        return HttpResponse::json(200, statusJson(m_view.status(), m_options.station));
    if (path == "/api/stats")
        return statsPage();
    if (path == mount + ".m3u" || path == "/listen.m3u")
        return document("audio/x-mpegurl", m3uFor(baseUrl(arrival), m_options.station));
    if (path == mount + ".pls" || path == "/listen.pls")
        return document("audio/x-scpls", plsFor(baseUrl(arrival), m_options.station));
    if (path == mount + ".xspf" || path == "/listen.xspf")
        return document("application/xspf+xml", xspfFor(baseUrl(arrival), m_options.station));
    if (path == "/favicon.ico") {
        HttpResponse none;
        none.status = 204;
        return none;
    }
    if (path == "/robots.txt")
        return document("text/plain", "User-agent: *\nDisallow: " + mount + "\n");
    return HttpResponse::text(404, "There is nothing at this address. The stream is at " + mount +
                                       ", the page at /.");
}

HttpResponse ListenerServer::statsPage() const
{
    if (!m_options.statsEnabled)
        return HttpResponse::json(403,
                                  "{\"error\":\"Statistics are switched off (advanced.enable_stats).\"}");
    const qint64 nowNs = monotonicNs();
    return HttpResponse::json(
        200, statsJson(m_view.status(), m_broadcaster.figures(nowNs), m_broadcaster.connectedSeconds(nowNs)));
}

QByteArray ListenerServer::streamHead(int icyMetaint) const
{
    const StreamFormat format = m_view.format();
    StreamHeadOptions head;
    head.contentType = format.contentType;
    head.stationName = m_options.station.name;
    head.stationDescription = m_options.station.description;
    head.stationGenre = m_options.station.genre;
    head.stationUrl = m_options.station.url;
    head.bitrateKbps = format.bitrateKbps;
    head.sampleRate = format.sampleRate;
    head.channels = format.channels;
    head.icyMetaint = icyMetaint;
    return streamResponseHead(head);
}

void ListenerServer::stream(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    // Ogg carries its titles itself; anything between its pages would destroy them.
    const bool wantsIcy = request.header("Icy-MetaData").trimmed() == "1" && m_options.icyEnabled &&
                          m_view.format().contentType != "audio/ogg";
    const int metaint = wantsIcy ? m_options.icyMetaint : 0;
    if (request.method == "HEAD") {
        auto *connection = new HttpConnection(std::move(arrival), m_router, this);
        connection->respondRaw(streamHead(metaint));
        return;
    }
    const QString address = arrival.address.toString();
    QByteArray refusal;
    if (m_options.maxListeners > 0 && m_broadcaster.count() >= m_options.maxListeners)
        refusal = "This station is full at the moment; please try again in a minute.";
    else if (m_options.maxListenersPerAddress > 0 &&
             m_broadcaster.countFrom(address) >= m_options.maxListenersPerAddress)
        refusal = "Too many players are connected from your address already.";
    if (!refusal.isEmpty()) {
        HttpResponse response = HttpResponse::text(503, refusal);
        response.addHeader("Retry-After", "60");
        respond(std::move(arrival), response);
        return;
    }
    ListenerIdentity identity;
    identity.address = address;
    identity.player = playerName(QString::fromUtf8(request.header("User-Agent")));
    identity.protocol = QString::fromLatin1(request.protocol) + (metaint > 0 ? u" + titles"_s : QString());
    identity.connectedAt = QDateTime::currentDateTime();
    identity.port = arrival.port;
    m_broadcaster.add(arrival.socket, std::move(identity), streamHead(metaint), metaint, monotonicNs());
}

} // namespace cycast
