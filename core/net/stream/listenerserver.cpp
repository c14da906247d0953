// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/stream/listenerserver.h"

#include "core/base/escaping.h"
#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/net/http/compression.h"
#include "core/net/http/useragent.h"
#include "core/net/pages/metrics.h"
#include "core/net/pages/webpage.h"
#include "core/net/stream/icyheaders.h"
#include "core/net/stream/streamlinks.h"
#include "core/net/stream/streampath.h"
#include "core/values/ban.h"
#include "core/values/listenerinfo.h"
#include "core/values/stationaddresses.h"

#include <ctime>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qsizetype longestProgram = 200;
constexpr qsizetype keptPrograms = 500;

bool isHostChar(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || QByteArrayView(".-:[]_").contains(c);
}

bool isIcy(const QByteArray &contentType)
{
    // Ogg carries its titles itself; bytes in between would destroy its pages.
    return !contentType.endsWith("/ogg") && !contentType.endsWith("/webm");
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

ListenerServer::ListenerServer(Broadcaster &broadcaster, View view, Lobby &lobby, QObject *parent)
    : QObject(parent)
    , m_broadcaster(broadcaster)
    , m_view(std::move(view))
    , m_lobby(lobby)
{
}

void ListenerServer::setOptions(const ListenerServerOptions &options)
{
    if (options.maxRequestsPerSecond != m_options.maxRequestsPerSecond)
        m_budget.setPerSecond(options.maxRequestsPerSecond);
    m_options = options;
    forgetPages();
}

void ListenerServer::forgetPages()
{
    m_status.forget();
    m_pages.forget();
    m_pagesOfHosts.forget();
}

const StationStatus &ListenerServer::status() const
{
    return m_status.get(monotonicNs(), m_view.status);
}

void ListenerServer::setBans(const QList<Ban> &bans)
{
    m_bans = BanMatcher(bans);
    if (m_bans.isEmpty())
        return;
    const QDateTime now = QDateTime::currentDateTime();
    m_broadcaster.removeIf(
        [&](const ListenerIdentity &identity) {
            return m_bans.matches(QHostAddress(identity.address), identity.program, identity.player, now);
        },
        LeftBecause::Banned);
}

void ListenerServer::refuseForeign(Arrival &&arrival)
{
    emit refused(u"Refused %1, who took this station for a proxy to %2."_s.arg(
        arrival.who(), logEscaped(QString::fromUtf8(arrival.request.origin), 80)));
    respond(std::move(arrival),
            HttpResponse::text(421, "This is a radio station, not a proxy: it answers for itself only."));
}

// The public address for whoever is not at home. For the others scheme and host as the client asked, so that
// links lead back the way it came; but never to the sources' port, where listeners are only tolerated.
QByteArray ListenerServer::baseUrl(const Arrival &arrival) const
{
    if (const QByteArray base = m_options.place.baseFor(arrival); !base.isEmpty())
        return base;
    const StationAddresses &addresses = status().addresses;
    const auto portFor = [&addresses](int port) {
        return QByteArray::number(port == addresses.sourcePort ? addresses.listenPort : port);
    };
    QByteArray host = arrival.request.header("Host");
    const bool isUsable =
        !host.isEmpty() && host.size() < 256 && std::all_of(host.begin(), host.end(), isHostChar);
    if (!isUsable) {
        const QHostAddress &local = arrival.ends.local;
        const QByteArray text = local.toString().toLatin1();
        host = (text.contains(':') ? '[' + text + ']' : text) + ':' + portFor(arrival.port);
    } else if (const qsizetype colon = host.lastIndexOf(':'); colon > host.lastIndexOf(']')) {
        if (host.sliced(colon + 1).toInt() == addresses.sourcePort)
            host = host.first(colon + 1) + portFor(addresses.sourcePort);
    }
    return (arrival.isSecure ? "https://" : "http://") + host + arrival.prefix;
}

IcecastServer ListenerServer::icecastView(const Arrival &arrival) const
{
    const StreamFormat format = m_view.format();
    StationDescription station = m_options.station;
    if (!format.contentType.isEmpty())
        station.contentType = format.contentType;
    IcecastServer server = icecastServer(status(), station, baseUrl(arrival), QDateTime::currentDateTime());
    server.uniqueListeners = m_broadcaster.addressCount();
    for (IcecastSource &source : server.sources) {
        source.maxListeners = m_options.maxListeners;
        source.sampleRate = format.sampleRate;
        source.channels = format.channels;
    }
    const auto mount = arrival.request.queryValue("mount");
    if (mount && *mount != station.mount.toUtf8())
        server.sources.clear();
    return server;
}

void ListenerServer::handle(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    if (request.method == "OPTIONS") {
        HttpResponse response;
        response.status = 204;
        response.addHeader("Allow", "GET, HEAD, OPTIONS");
        response.isForEverySite = !request.path.startsWith("/admin");
        if (response.isForEverySite)
            response.addHeader("Access-Control-Max-Age", "86400");
        respond(std::move(arrival), response);
    } else if (request.method != "GET" && request.method != "HEAD") {
        respond(std::move(arrival), methodNotAllowed("GET, HEAD, OPTIONS"));
    } else if (asksForStream(request, m_options.station.mount.toUtf8())) {
        stream(std::move(arrival));
    } else if (!arrival.address.isLoopback() && !m_budget.spend(AddressKey(arrival.address), monotonicNs())) {
        HttpResponse later = HttpResponse::text(
            429, "Your address asks for more pages than it should: please ask less often.");
        later.addHeader("Retry-After", "1");
        respond(std::move(arrival), later);
    } else {
        const HttpResponse response = pageFor(arrival);
        respond(std::move(arrival), response);
    }
}

void ListenerServer::refuseHere(Arrival &&arrival, const QString &sentence)
{
    respond(std::move(arrival), HttpResponse::text(403, sentence.toUtf8()));
}

void ListenerServer::refuseForLackOfRoom(Arrival &&arrival)
{
    emit refused(
        u"Turned %1 away: this computer lets the station open no more connections."_s.arg(arrival.who()));
    HttpResponse response = HttpResponse::text(
        503, "This station has no room for further connections at the moment; please try again in a minute.");
    response.addHeader("Retry-After", "60");
    respond(std::move(arrival), response);
}

void ListenerServer::respond(Arrival &&arrival, const HttpResponse &response, int delayMs)
{
    m_lobby.answer(std::move(arrival), response, delayMs);
}

HttpResponse ListenerServer::pageFor(const Arrival &arrival) const
{
    const QByteArray &path = arrival.request.path;
    const QByteArray mount = m_options.station.mount.toUtf8();
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
    if (auto page = stationPageFor(arrival))
        return *page;
    if (auto page = icecastPageFor(arrival))
        return *page;
    return HttpResponse::text(404, "There is nothing at this address. The stream is at " + mount +
                                       ", the page at /.");
}

// However many ask, and however many listeners there are to tell of: each is made once a second at most.
std::optional<HttpResponse> ListenerServer::stationPageFor(const Arrival &arrival) const
{
    const QByteArray &path = arrival.request.path;
    const bool isSmall = acceptsGzip(arrival.request);
    const auto shared = [&](const QByteArray &key, auto make) {
        const qint64 nowNs = monotonicNs();
        return isSmall ? m_pages.getPacked(key, nowNs, make, gzipped)
                       : varying(m_pages.get(key, nowNs, make));
    };
    if (path == "/" || path == "/index.html") {
        return shared("/\n" + arrival.prefix, [&] {
            HttpResponse page =
                document("text/html; charset=utf-8", webPage(status(), m_options.station, arrival.prefix));
            page.addHeader("Content-Security-Policy", webPagePolicy());
            return page;
        });
    }
    if (path == "/api/status")
        return shared(path, [&] { return HttpResponse::json(200, statusJson(status(), m_options.station)); });
    if (path == "/api/stats")
        return shared(path, [&] { return statsPage(); });
    if (path == "/metrics")
        return shared(path, [&] { return metricsPage(); });
    return std::nullopt;
}

// They tell of the address that they were asked at.
std::optional<HttpResponse> ListenerServer::icecastPageFor(const Arrival &arrival) const
{
    const QByteArray &path = arrival.request.path;
    const bool isJson = arrival.request.queryValue("json").value_or("0") == "1";
    const bool isStats = path == "/stats" || path == "/statistics";
    if (path != "/status-json.xsl" && path != "/7.html" && !isStats)
        return std::nullopt;
    const QByteArray mount = arrival.request.queryValue("mount").value_or(QByteArray());
    const QByteArray key = path + (isJson ? "\njson\n" : "\n") + baseUrl(arrival) + '\n' + mount;
    return m_pagesOfHosts.get(key, monotonicNs(), [&] {
        const IcecastServer server = icecastView(arrival);
        if (path == "/status-json.xsl")
            return HttpResponse::json(200, icecastStatusJson(server));
        if (path == "/7.html")
            return document("text/html; charset=utf-8", shoutcastSevenHtml(server));
        const QDateTime now = QDateTime::currentDateTime();
        if (isJson)
            return HttpResponse::json(200, shoutcastStatsJson(server, now));
        return document("text/xml; charset=utf-8", shoutcastStatsXml(server, now));
    });
}

HttpResponse ListenerServer::statsPage() const
{
    if (!m_options.statsEnabled)
        return HttpResponse::json(403,
                                  "{\"error\":\"Statistics are switched off (advanced.enable_stats).\"}");
    const qint64 nowNs = monotonicNs();
    return HttpResponse::json(
        200, statsJson(status(), m_broadcaster.figures(nowNs), m_broadcaster.connectedSeconds(nowNs)));
}

HttpResponse ListenerServer::metricsPage() const
{
    if (!m_options.statsEnabled)
        return HttpResponse::text(403, "Statistics are switched off (advanced.enable_stats).");
    const double cpuSeconds = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    return document("text/plain; version=0.0.4; charset=utf-8",
                    metricsText(status(), m_options.station, m_broadcaster.figures(monotonicNs()),
                                {m_view.underruns(), cpuSeconds}));
}

QByteArray ListenerServer::streamHead(int icyMetaint) const
{
    const StreamFormat format = m_view.format();
    StreamHeadOptions head = m_options.head;
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

QString ListenerServer::shared(const QString &program)
{
    if (m_programs.size() >= keptPrograms && !m_programs.contains(program))
        m_programs.clear(); // those who listen keep theirs
    return *m_programs.insert(program);
}

// Status 200: nothing speaks against it.
HttpResponse ListenerServer::refusalFor(const Arrival &arrival, const QString &program) const
{
    if (!m_bans.isEmpty() &&
        m_bans.matches(arrival.address, program, playerName(program), QDateTime::currentDateTime()))
        return HttpResponse::text(403, "The owner of this station has blocked your address or your player.");
    HttpResponse response;
    if (m_options.maxListeners > 0 && m_broadcaster.count() >= m_options.maxListeners)
        response =
            HttpResponse::text(503, "This station is full at the moment; please try again in a minute.");
    else if (m_options.maxListenersPerAddress > 0 &&
             m_broadcaster.countFrom(arrival.address) >= m_options.maxListenersPerAddress)
        response = HttpResponse::text(503, "Too many players are connected from your address already.");
    if (response.status == 503)
        response.addHeader("Retry-After", "60");
    return response;
}

void ListenerServer::stream(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    // Ogg carries its titles itself; anything between its pages would destroy them.
    const bool wantsIcy = request.header("Icy-MetaData").trimmed() == "1" && m_options.icyEnabled &&
                          isIcy(m_view.format().contentType);
    const int metaint = wantsIcy ? m_options.icyMetaint : 0;
    const QString program = logEscaped(QString::fromUtf8(request.header("User-Agent")), longestProgram);
    const bool isMonitor =
        !m_options.monitorToken.isEmpty() && request.header("X-Cycast-Monitor") == m_options.monitorToken;
    if (const HttpResponse refusal = isMonitor ? HttpResponse() : refusalFor(arrival, program);
        refusal.status != 200) {
        emit refused(u"Turned %1 away: %2"_s.arg(arrival.who(), QString::fromLatin1(refusal.body.trimmed())));
        respond(std::move(arrival), refusal);
        return;
    }
    if (request.method == "HEAD") {
        m_lobby.answerRaw(std::move(arrival), streamHead(metaint));
        return;
    }
    ListenerIdentity identity;
    identity.address = arrival.address.toString();
    identity.program = shared(program);
    identity.player = playerName(QString::fromUtf8(request.header("User-Agent")));
    identity.protocol = QString::fromLatin1(request.protocol) +
                        (arrival.ends.isSecure ? u" + TLS"_s : QString()) +
                        (metaint > 0 ? u" + titles"_s : QString());
    identity.connectedAt = QDateTime::currentDateTime();
    identity.port = arrival.port;
    identity.isMonitor = isMonitor;
    m_broadcaster.add(std::move(arrival.transport), std::move(identity), streamHead(metaint), metaint,
                      monotonicNs());
}

} // namespace cycast
