// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sourceserver.h"

#include "core/log.h"
#include "core/monotonic.h"
#include "core/net/titleupdate.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

HttpResponse iceResponse(const QByteArray &message, bool good)
{
    HttpResponse response;
    response.status = good ? 200 : 400;
    response.contentType = "text/xml; charset=utf-8";
    response.body = "<?xml version=\"1.0\"?>\n<iceresponse><message>" + message + "</message><return>" +
                    (good ? "1" : "0") + "</return></iceresponse>\n";
    return response;
}

} // namespace

SourceServer::SourceServer(Logins &logins, FrontDoor::Handler router, QObject *parent)
    : QObject(parent)
    , m_logins(logins)
    , m_router(std::move(router))
{
}

void SourceServer::setOptions(const SourceServerOptions &options)
{
    m_options = options;
}

bool SourceServer::handles(const HttpRequest &request)
{
    return request.method == "SOURCE" || request.method == "PUT" || request.path.startsWith("/admin/") ||
           request.path == "/admin.cgi";
}

void SourceServer::handle(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    if (request.method == "SOURCE" || request.method == "PUT")
        acceptSource(std::move(arrival));
    else if (request.path == "/admin/metadata" || request.path == "/admin.cgi")
        updateTitle(std::move(arrival));
    else // libshout's probe (!POKE) among them: any 4xx at once is what it needs
        answer(std::move(arrival), HttpResponse::text(404, "There is nothing at this address."));
}

void SourceServer::refuseLogin(Arrival &&arrival, const Logins::Check &login)
{
    QByteArray sentence = "The user name or the password is wrong: use \"source\" and the source password of "
                          "this station.";
    if (login.verdict == Logins::Verdict::Missing)
        sentence = "A user name and a password are needed: user \"source\" and the source password of this "
                   "station.";
    else if (login.verdict == Logins::Verdict::LockedOut)
        sentence = "There were too many wrong passwords from your address: wait " +
                   QByteArray::number(login.waitMs / 1000 + 1) + " seconds.";
    HttpResponse response = HttpResponse::text(401, sentence);
    response.addHeader("WWW-Authenticate", "Basic realm=\"Cycast\", charset=\"UTF-8\"");
    if (login.verdict != Logins::Verdict::Missing) {
        qCWarning(lcSource).noquote() << u"Refused %1: wrong user name or password for %2."_s.arg(
            arrival.who(), logEscaped(QString::fromUtf8(arrival.request.path), 80));
    }
    answer(std::move(arrival), response, login.delayMs);
}

void SourceServer::answer(Arrival &&arrival, const HttpResponse &response, int delayMs)
{
    auto *connection = new HttpConnection(std::move(arrival), m_router, this);
    connection->respondLater(response, delayMs);
}

void SourceServer::acceptSource(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    const Logins::Check login =
        m_logins.check(request, arrival.address, Logins::Source, monotonicNs() / nsPerMs);
    if (!login.isRight()) {
        refuseLogin(std::move(arrival), login);
        return;
    }
    if (request.path != m_options.mount) {
        qCWarning(lcSource).noquote()
            << u"Refused %1: it asked for the mount %2, this station's is %3."_s.arg(
                   arrival.who(), logEscaped(QString::fromUtf8(request.path), 80),
                   QString::fromUtf8(m_options.mount));
        answer(std::move(arrival), HttpResponse::text(404, "The mount of this station is " + m_options.mount +
                                                               "; set it in your program."));
        return;
    }
    std::unique_ptr<Framer> framer = makeFramer(request.header("Content-Type"));
    if (!framer) {
        const QByteArray type = request.header("Content-Type");
        qCWarning(lcSource).noquote()
            << u"Refused %1: it sends %2; MP3, AAC and Ogg (Vorbis, Opus, FLAC) are understood."_s.arg(
                   arrival.who(), logEscaped(QString::fromUtf8(type), 60));
        answer(std::move(arrival),
               HttpResponse::text(415, "MP3 (audio/mpeg), AAC (audio/aac) and Ogg with "
                                       "Vorbis, Opus or FLAC (audio/ogg) are "
                                       "understood; choose one of them in your program."));
        return;
    }
    auto *source = new SourceConnection(std::move(arrival), std::move(framer), this);
    source->setTimeout(m_options.timeoutSeconds);
    emit sourceArrived(source);
}

void SourceServer::updateTitle(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    constexpr int roles = Logins::Source | Logins::Admin;
    const qint64 nowMs = monotonicNs() / nsPerMs;
    Logins::Check login;
    if (request.path == "/admin.cgi" && !request.hasHeader("Authorization")) {
        // Shoutcast's form; some programs send "user:password" in it.
        QByteArray password = request.queryValue("pass").value_or(QByteArray());
        if (password.startsWith("source:"))
            password.remove(0, 7);
        login = m_logins.check(BasicCredentials{"source", password}, arrival.address, roles, nowMs);
    } else {
        login = m_logins.check(request, arrival.address, roles, nowMs);
    }
    if (!login.isRight()) {
        refuseLogin(std::move(arrival), login);
        return;
    }
    const auto mount = request.queryValue("mount");
    const auto title = titleFromUpdate(request);
    if (mount && *mount != m_options.mount && '/' + *mount != m_options.mount) {
        answer(std::move(arrival), iceResponse("There is no such mount", false));
    } else if (!title) {
        answer(std::move(arrival), iceResponse("mode=updinfo and song= or title= are needed", false));
    } else if (!m_sourceConnected) {
        answer(std::move(arrival), iceResponse("No live source is connected", false));
    } else {
        emit titleArrived(*title);
        answer(std::move(arrival), iceResponse("Metadata update successful", true));
    }
}

} // namespace cycast
