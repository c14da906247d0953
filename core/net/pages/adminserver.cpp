// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/pages/adminserver.h"

#include "core/base/escaping.h"
#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/net/http/othersites.h"
#include "core/values/listenerinfo.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

HttpResponse xml(int status, const QByteArray &body)
{
    HttpResponse response;
    response.status = status;
    response.contentType = "text/xml; charset=utf-8";
    response.body = body;
    return response;
}

HttpResponse command(const QString &message, bool isGood = true)
{
    return xml(isGood ? 200 : 400, icecastResponseXml(message, isGood));
}

QString shownPath(const Arrival &arrival)
{
    return logEscaped(QString::fromUtf8(arrival.request.path), 80);
}

bool isCommand(const QByteArray &path)
{
    return path == "/admin/killclient" || path == "/admin/killsource";
}

} // namespace

AdminServer::AdminServer(const Logins &logins, LoginDesk &desk, Broadcaster &broadcaster,
                         ListenerServer &pages, QObject *parent)
    : QObject(parent)
    , m_logins(logins)
    , m_desk(desk)
    , m_broadcaster(broadcaster)
    , m_pages(pages)
{
}

bool AdminServer::handles(const HttpRequest &request)
{
    return request.path.startsWith("/admin/") && request.path != "/admin/metadata" &&
           request.path != "/admin/!POKE" && request.method != "PUT" && request.method != "SOURCE" &&
           request.method != "OPTIONS";
}

QByteArray AdminServer::addressRefusal(const Arrival &arrival) const
{
    using From = AdminServerOptions::From;
    const QByteArray who = arrival.address.toString().toLatin1();
    if (m_options.from != From::Anywhere && arrival.isUnknown)
        return "This request came through a web server at " + who +
               " that is not in server.trusted_proxies, or does not say for whom it asks (X-Forwarded-For), "
               "so "
               "nobody knows who asks.";
    if (m_options.from == From::Loopback && !arrival.address.isLoopback())
        return "The admin pages answer on this computer only (server.admin_from = \"loopback\"); you are "
               "at " +
               who + '.';
    if (m_options.from == From::Lan && !isLocalNetwork(arrival.address))
        return "The admin pages answer in the local network only (server.admin_from = \"lan\"); you are at " +
               who + '.';
    if (!m_logins.hasAdmin())
        return "The admin pages are closed: set server.admin_password to open them.";
    return {};
}

void AdminServer::handle(Arrival &&arrival)
{
    if (const QByteArray refusal = addressRefusal(arrival); !refusal.isEmpty()) {
        emit refused(u"Refused %1, who asked for %2: %3"_s.arg(arrival.who(), shownPath(arrival),
                                                               QString::fromLatin1(refusal)));
        respond(std::move(arrival), HttpResponse::text(403, refusal));
        return;
    }
    m_desk.examine(std::move(arrival), Logins::Admin, [this](Arrival &&seen, const Logins::Check &login) {
        const HttpResponse response = login.isRight() ? answer(seen) : loginRefusal(seen, login.verdict);
        respond(std::move(seen), response);
    });
}

HttpResponse AdminServer::loginRefusal(const Arrival &arrival, Logins::Verdict verdict)
{
    if (verdict == Logins::Verdict::Busy) {
        HttpResponse response = HttpResponse::text(
            503,
            "There were too many wrong passwords from your address, and too many tries are waiting for their "
            "turn.");
        response.addHeader("Retry-After", QByteArray::number(LoginDesk::retryAfterSeconds));
        return response;
    }
    const bool isMissing = verdict == Logins::Verdict::Missing;
    HttpResponse response = HttpResponse::text(
        401, isMissing ? "A login is needed: user \"admin\" and the admin password of this station."
                       : "The user name or the password is wrong: use \"admin\" and the admin password.");
    response.addHeader("WWW-Authenticate", "Basic realm=\"Cycast admin\", charset=\"UTF-8\"");
    if (!isMissing)
        emit refused(
            u"Refused %1: wrong user name or password for %2."_s.arg(arrival.who(), shownPath(arrival)));
    return response;
}

// What the admin is told is not for pages of other sites.
void AdminServer::respond(Arrival &&arrival, HttpResponse response)
{
    response.isForEverySite = false;
    m_pages.respond(std::move(arrival), response);
}

HttpResponse AdminServer::answer(const Arrival &arrival)
{
    const HttpRequest &request = arrival.request;
    const QByteArray &path = request.path;
    if (isCommand(path)) {
        if (request.method != "GET" && request.method != "POST")
            return HttpResponse::text(405, "Only GET and POST work here.");
        if (isFromAnotherSite(request))
            return HttpResponse::text(403, "Commands are not taken from pages of other sites.");
        if (isFromUnknownSite(request))
            return HttpResponse::text(403,
                                      "Your browser does not say from which page this command comes: give it "
                                      "with another program, as curl -u admin.");
    } else if (request.method != "GET" && request.method != "HEAD") {
        return HttpResponse::text(405, "Only GET and HEAD work here.");
    }
    const auto mount = request.queryValue("mount");
    const bool needsMount = isCommand(path) || path == "/admin/listclients";
    if (mount ? *mount != m_options.station.mount.toUtf8() : needsMount)
        return mount ? command(u"Source does not exist"_s, false) : command(u"Missing parameter"_s, false);
    if (path == "/admin/stats" || path == "/admin/stats.xml")
        return xml(200, icecastStatsXml(m_pages.icecastView(arrival)));
    if (path == "/admin/listmounts")
        return xml(200, icecastMountsXml(m_pages.icecastView(arrival), QDateTime::currentDateTime()));
    if (path == "/admin/listclients")
        return clients();
    if (path == "/admin/killclient")
        return killClient(request);
    if (path == "/admin/killsource") {
        qCInfo(lcSource).noquote() << u"%1 asked as admin to let the live source go."_s.arg(arrival.who());
        emit killSourceAsked();
        return command(u"Source Removed"_s);
    }
    return HttpResponse::text(404, "There is nothing at this address. Here are /admin/stats, "
                                   "/admin/listmounts, /admin/listclients, /admin/killclient, "
                                   "/admin/killsource and /admin/metadata.");
}

// Up to a second old, for the same reason as the other pages.
HttpResponse AdminServer::clients()
{
    return m_clients.get(monotonicNs(), [this] { return listOfClients(); });
}

HttpResponse AdminServer::listOfClients() const
{
    const QList<ListenerInfo> infos = m_broadcaster.infos();
    const QList<double> seconds = m_broadcaster.connectedSeconds(monotonicNs());
    const QStringList programs = m_broadcaster.programs();
    QList<IcecastListener> listeners;
    listeners.reserve(infos.size());
    for (qsizetype i = 0; i < infos.size(); ++i)
        listeners.append({infos.at(i), programs.at(i), static_cast<qint64>(seconds.at(i))});
    return xml(200, icecastClientsXml(m_options.station.mount, listeners));
}

HttpResponse AdminServer::killClient(const HttpRequest &request)
{
    bool isNumber = false;
    const QByteArray given = request.queryValue("id").value_or(QByteArray());
    const quint64 id = given.toULongLong(&isNumber);
    if (!isNumber)
        return command(u"Missing parameter"_s, false);
    m_clients.forget();
    if (!m_broadcaster.remove(id, LeftBecause::RemovedByAdmin))
        return command(u"Client %1 not found"_s.arg(id), false);
    return command(u"Client %1 removed"_s.arg(id));
}

} // namespace cycast
