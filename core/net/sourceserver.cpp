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

constexpr qint64 longestDelayMs = 5000;

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

SourceServer::SourceServer(FrontDoor::Handler router, QObject *parent)
    : QObject(parent)
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

SourceServer::Login SourceServer::check(const QByteArray &user, const QByteArray &password) const
{
    // Both comparisons always run: the answer's time tells nothing about the user name either.
    const bool rightUser = equalInConstantTime(user, "source");
    const bool rightPassword = equalInConstantTime(password, m_options.password);
    return rightUser && rightPassword && !m_options.password.isEmpty() ? Login::Right : Login::Wrong;
}

void SourceServer::refuseLogin(Arrival &&arrival, Login login)
{
    HttpResponse response =
        HttpResponse::text(401, login == Login::Missing
                                    ? "A user name and a password are needed: user \"source\" and the "
                                      "source password of this station."
                                    : "The user name or the password is wrong: use \"source\" and the source "
                                      "password of this station.");
    response.addHeader("WWW-Authenticate", "Basic realm=\"Cycast\", charset=\"UTF-8\"");
    int delayMs = 0;
    if (login == Login::Wrong) {
        // The answer is held back, not for ever: an honest encoder would report a network fault.
        delayMs = static_cast<int>(
            qMin<qint64>(m_guard.failed(arrival.address, monotonicNs() / nsPerMs), longestDelayMs));
        qCWarning(lcSource).noquote() << u"Refused %1: wrong user name or password for %2."_s.arg(
            arrival.who(), logEscaped(QString::fromUtf8(arrival.request.path), 80));
    }
    answer(std::move(arrival), response, delayMs);
}

void SourceServer::answer(Arrival &&arrival, const HttpResponse &response, int delayMs)
{
    auto *connection = new HttpConnection(std::move(arrival), m_router, this);
    connection->respondLater(response, delayMs);
}

void SourceServer::acceptSource(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    const auto credentials = basicCredentials(request);
    if (!credentials) {
        // libshout asks without a password first: not a wrong one.
        refuseLogin(std::move(arrival), request.hasHeader("Authorization") ? Login::Wrong : Login::Missing);
        return;
    }
    if (!m_guard.verdict(arrival.address, monotonicNs() / nsPerMs).isAllowed ||
        check(credentials->user, credentials->password) != Login::Right) {
        refuseLogin(std::move(arrival), Login::Wrong);
        return;
    }
    m_guard.succeeded(arrival.address);
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
    auto credentials = basicCredentials(request);
    if (!credentials && request.path == "/admin.cgi") {
        // Shoutcast's form; some programs send "user:password" in it.
        QByteArray password = request.queryValue("pass").value_or(QByteArray());
        if (password.startsWith("source:"))
            password.remove(0, 7);
        credentials = BasicCredentials{"source", password};
    }
    if (!credentials) {
        refuseLogin(std::move(arrival), Login::Missing);
        return;
    }
    if (!m_guard.verdict(arrival.address, monotonicNs() / nsPerMs).isAllowed ||
        check(credentials->user, credentials->password) != Login::Right) {
        refuseLogin(std::move(arrival), Login::Wrong);
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
