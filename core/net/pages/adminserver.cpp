// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/pages/adminserver.h"

#include "core/base/escaping.h"
#include "core/base/log.h"
#include "core/base/monotonic.h"
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

bool isCommand(const QByteArray &path)
{
    return path == "/admin/killclient" || path == "/admin/killsource";
}

/// A browser sends the password along with what another site makes it ask: commands are not for those.
bool isFromAnotherSite(const HttpRequest &request)
{
    const QByteArray site = request.header("Sec-Fetch-Site");
    return !site.isEmpty() && site != "same-origin" && site != "none";
}

} // namespace

AdminServer::AdminServer(Logins &logins, Broadcaster &broadcaster, ListenerServer &pages, QObject *parent)
    : QObject(parent)
    , m_logins(logins)
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
    if (m_options.from != From::Anywhere && arrival.isFromUnknownProxy)
        return "This request came through a web server at " + who +
               " that is not in server.trusted_proxies, so nobody knows who asks.";
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
    const QString path = logEscaped(QString::fromUtf8(arrival.request.path), 80);
    HttpResponse response;
    int delayMs = 0;
    if (const QByteArray refusal = addressRefusal(arrival); !refusal.isEmpty()) {
        response = HttpResponse::text(403, refusal);
        emit refused(
            u"Refused %1, who asked for %2: %3"_s.arg(arrival.who(), path, QString::fromLatin1(refusal)));
    } else {
        const Logins::Check login =
            m_logins.check(arrival.request, arrival.address, Logins::Admin, monotonicNs() / nsPerMs);
        delayMs = login.delayMs;
        if (login.isRight()) {
            response = answer(arrival);
        } else {
            QByteArray sentence = "A login is needed: user \"admin\" and the admin password of this station.";
            if (login.verdict == Logins::Verdict::Wrong)
                sentence = "The user name or the password is wrong: use \"admin\" and the admin password.";
            else if (login.verdict == Logins::Verdict::LockedOut)
                sentence = "There were too many wrong passwords from your address: wait " +
                           QByteArray::number(login.waitMs / 1000 + 1) + " seconds.";
            response = HttpResponse::text(401, sentence);
            response.addHeader("WWW-Authenticate", "Basic realm=\"Cycast admin\", charset=\"UTF-8\"");
            if (login.verdict != Logins::Verdict::Missing)
                emit refused(u"Refused %1: wrong user name or password for %2."_s.arg(arrival.who(), path));
        }
    }
    m_pages.respond(std::move(arrival), response, delayMs);
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

HttpResponse AdminServer::clients() const
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
    if (!m_broadcaster.remove(id, LeftBecause::RemovedByAdmin))
        return command(u"Client %1 not found"_s.arg(id), false);
    return command(u"Client %1 removed"_s.arg(id));
}

} // namespace cycast
