// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/sourceserver.h"

#include "core/base/escaping.h"
#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/net/http/othersites.h"
#include "core/net/http/unreadablehead.h"
#include "core/net/sources/shoutcastgreeting.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

// An encoder that is refused comes back at once; this makes it a try in two seconds instead of five a second.
constexpr int fightDelayMs = 2000;

// Told to the one who tries, so that somebody with a settings file from an example knows what it lacks.
const Sentence withoutPassPhrase =
    Core::tr("this station has no pass phrase for live sources yet; its owner adds a line such as "
             "source_password = \"...\" to the block server of its settings file.");

HttpResponse iceResponse(const QByteArray &message, bool good)
{
    HttpResponse response;
    response.status = good ? 200 : 400;
    response.contentType = "text/xml; charset=utf-8";
    response.body = "<?xml version=\"1.0\"?>\n<iceresponse><message>" + message + "</message><return>" +
                    (good ? "1" : "0") + "</return></iceresponse>\n";
    return response;
}

bool isShoutcast(const HttpRequest &request)
{
    return request.method == shoutcastMethod || request.protocol == "ICY";
}

bool isTitle(const HttpRequest &request)
{
    return request.path == "/admin/metadata" || request.path == "/admin.cgi";
}

} // namespace

SourceServer::SourceServer(LoginDesk &desk, Lobby &lobby, std::function<StageView()> stage, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_lobby(lobby)
    , m_stage(std::move(stage))
{
    m_waiting.setInterval(1000);
    connect(&m_waiting, &QTimer::timeout, this, [this] {
        reportAll(m_attempts.due(monotonicMs()));
        if (!m_attempts.isWaiting())
            m_waiting.stop();
    });
}

void SourceServer::setOptions(const SourceServerOptions &options)
{
    m_options = options;
}

bool SourceServer::isFromSource(const HttpRequest &request)
{
    return request.method == "SOURCE" || request.method == "PUT" || request.method == shoutcastMethod ||
           isTitle(request);
}

bool SourceServer::handles(const HttpRequest &request)
{
    return isFromSource(request) || request.path.startsWith("/admin/");
}

void SourceServer::handle(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    if (request.method == shoutcastMethod)
        greetShoutcast(std::move(arrival));
    else if (request.method == "SOURCE" || request.method == "PUT")
        acceptSource(std::move(arrival));
    else if (isTitle(request))
        updateTitle(std::move(arrival));
    else // libshout's probe (!POKE) among them: any 4xx at once is what it needs
        answer(std::move(arrival), HttpResponse::text(404, "There is nothing at this address."));
}

void SourceServer::closeAll()
{
    qDeleteAll(findChildren<ShoutcastGreeting *>());
}

// ---------------------------------------------------------------- what is told

void SourceServer::report(const Arrival &arrival, Outcome outcome, const Sentence &sentence)
{
    const HttpRequest &request = arrival.request;
    SourceAttempt attempt;
    attempt.outcome = outcome;
    attempt.when = QDateTime::currentDateTime();
    attempt.address = arrival.address.toString();
    attempt.program = logEscaped(QString::fromUtf8(request.header("User-Agent")), 120);
    attempt.request =
        isShoutcast(request)
            ? u"Shoutcast v1"_s
            : logEscaped(QString::fromUtf8(request.method + ' ' + request.path + ' ' + request.protocol),
                         120);
    if (attempt.program.isEmpty() && isShoutcast(request))
        attempt.program = u"Shoutcast v1 encoder"_s;
    attempt.sentence = sentence;
    reportAll(m_attempts.add(attempt, monotonicMs()));
    if (m_attempts.isWaiting() && !m_waiting.isActive())
        m_waiting.start();
}

void SourceServer::reportUnreadable(const Refusal &refusal)
{
    const UnreadableHead head = describeUnreadableHead(refusal.head);
    SourceAttempt attempt;
    attempt.outcome =
        refusal.head.startsWith(tlsHandshakeByte) ? Outcome::TlsWithoutCertificate : Outcome::Malformed;
    attempt.when = QDateTime::currentDateTime();
    attempt.address = refusal.peer.toString();
    attempt.program = head.program.isEmpty() ? u"unnamed program"_s : head.program;
    attempt.request = head.request;
    attempt.sentence = attempt.outcome == Outcome::TlsWithoutCertificate
                           ? Core::tr("This port speaks no TLS. %1").arg(head.cure)
                           : Sentence::composed("%1 %2").arg(refusal.reason, head.cure);
    emit attempted(attempt);
}

void SourceServer::reportUnplayable(const SourceDescription &source, const Sentence &reason)
{
    SourceAttempt attempt;
    attempt.outcome = Outcome::UnsupportedFormat;
    attempt.when = QDateTime::currentDateTime();
    attempt.address = source.address;
    attempt.program = source.program;
    attempt.request = logEscaped(QString::fromUtf8(source.contentType), 60);
    attempt.sentence = Sentence::composed("%1.").arg(reason);
    reportAll(m_attempts.add(attempt, monotonicMs()));
    if (m_attempts.isWaiting() && !m_waiting.isActive())
        m_waiting.start();
}

void SourceServer::reportAll(const QList<SourceAttempt> &attempts)
{
    for (const SourceAttempt &attempt : attempts) {
        if (attempt.outcome != Outcome::Accepted)
            qCWarning(lcSource).noquote()
                << Core::tr("Refused %1, %2 (%3): %4")
                       .arg(attempt.address,
                            attempt.program.isEmpty() ? u"unnamed program"_s : attempt.program,
                            attempt.request, attempt.sentence);
        emit attempted(attempt);
    }
}

// ---------------------------------------------------------------- who may broadcast

// What is said here is for programs that broadcast, not for pages of other sites.
void SourceServer::answer(Arrival &&arrival, HttpResponse response, int delayMs)
{
    response.isForEverySite = false;
    m_lobby.answer(std::move(arrival), response, delayMs);
}

void SourceServer::turnAway(Arrival &&arrival, Outcome outcome, int status, const Sentence &sentence,
                            int delayMs)
{
    report(arrival, outcome, sentence);
    if (arrival.request.protocol == "ICY") {
        // There is no word for it in Shoutcast's language.
        arrival.transport.close();
        return;
    }
    HttpResponse response = HttpResponse::text(status, sentence.english().toUtf8());
    if (delayMs > 0)
        response.addHeader("Retry-After", QByteArray::number(TakeoverWatch::calmMs / 1000));
    answer(std::move(arrival), response, delayMs);
}

void SourceServer::refuseHere(Arrival &&arrival, const Sentence &sentence)
{
    if (arrival.request.method == shoutcastMethod) {
        if (!parseShoutcastHead(arrival.rest).isProbe())
            report(arrival, Outcome::WrongMount, sentence);
        refuseShoutcast(std::move(arrival));
    } else if (isTitle(arrival.request)) {
        answer(std::move(arrival), HttpResponse::text(403, sentence.english().toUtf8()));
    } else {
        turnAway(std::move(arrival), Outcome::WrongMount, 403, sentence);
    }
}

void SourceServer::refuseLogin(Arrival &&arrival, const Logins::Check &login)
{
    Outcome outcome = Outcome::WrongPassword;
    Sentence sentence = Core::tr(
        "wrong user name or password; use the user \"source\" and the source password of this station.");
    if (login.verdict == Logins::Verdict::Missing) {
        outcome = Outcome::NoPassword;
        sentence = Core::tr("a user name and a password are needed: the user \"source\" and the source "
                            "password of this station.");
    } else if (login.verdict == Logins::Verdict::Busy) {
        outcome = Outcome::LockedOut;
        sentence = Core::tr("too many wrong passwords came from this address, and too many tries are waiting "
                            "for their turn; try again in %1 s with the right one.")
                       .arg(LoginDesk::retryAfterSeconds);
    }
    if (!isTitle(arrival.request))
        report(arrival, outcome, sentence);
    else if (outcome == Outcome::WrongPassword)
        qCWarning(lcSource).noquote()
            << Core::tr("Refused a title from %1: wrong user name or password.").arg(arrival.who());
    QString said = sentence;
    said[0] = said.at(0).toUpper();
    const bool isBusy = outcome == Outcome::LockedOut;
    HttpResponse response = HttpResponse::text(isBusy ? 503 : 401, said.toUtf8());
    if (isBusy)
        response.addHeader("Retry-After", QByteArray::number(LoginDesk::retryAfterSeconds));
    else
        response.addHeader("WWW-Authenticate", "Basic realm=\"Cycast\", charset=\"UTF-8\"");
    answer(std::move(arrival), response);
}

void SourceServer::acceptSource(Arrival &&arrival)
{
    if (!m_options.hasPassPhrase) { // no guess: nothing could be right
        turnAway(std::move(arrival), Outcome::WrongPassword, 403, withoutPassPhrase);
        return;
    }
    m_desk.examine(std::move(arrival), Logins::Source, [this](Arrival &&seen, const Logins::Check &login) {
        if (login.isRight())
            admit(std::move(seen), login.user);
        else
            refuseLogin(std::move(seen), login);
    });
}

void SourceServer::greetShoutcast(Arrival &&arrival)
{
    const ShoutcastHead head = parseShoutcastHead(arrival.rest);
    if (head.isProbe()) {
        refuseShoutcast(std::move(arrival));
        return;
    }
    if (!m_options.hasPassPhrase) {
        report(arrival, Outcome::WrongPassword, withoutPassPhrase);
        refuseShoutcast(std::move(arrival));
        return;
    }
    m_desk.examine(std::move(arrival), shoutcastLogins(head.login), LoginGuard::Way::FirstLine,
                   Logins::Source, [this](Arrival &&seen, const Logins::Check &login) {
                       if (login.isRight()) {
                           welcomeShoutcast(std::move(seen), login.user);
                           return;
                       }
                       const bool isBusy = login.verdict == Logins::Verdict::Busy;
                       report(seen, isBusy ? Outcome::LockedOut : Outcome::WrongPassword,
                              isBusy
                                  ? Core::tr("too many wrong passwords came from this address; wait %1 s.")
                                        .arg(LoginDesk::retryAfterSeconds)
                                  : Core::tr("wrong password; enter the source password of this station."));
                       refuseShoutcast(std::move(seen));
                   });
}

void SourceServer::refuseShoutcast(Arrival &&arrival)
{
    m_lobby.answerRaw(std::move(arrival), "invalid password\r\n");
}

void SourceServer::welcomeShoutcast(Arrival &&arrival, const QByteArray &user)
{
    auto *greeting = new ShoutcastGreeting(std::move(arrival), m_options.headerSeconds, this);
    connect(greeting, &ShoutcastGreeting::failed, this, [this](const Arrival &who, const Sentence &why) {
        report(who, Outcome::Malformed, Core::tr("the password was right, but %1.").arg(why));
    });
    m_welcome = greeting;
    m_early.reset();
    greeting->welcome(m_options.mount, [this, user](Arrival &&complete) {
        m_welcome.clear();
        admit(std::move(complete), user);
        if (m_early)
            emit titleArrived(*std::exchange(m_early, std::nullopt));
    });
}

void SourceServer::admit(Arrival &&arrival, const QByteArray &user)
{
    const HttpRequest &request = arrival.request;
    if (request.path != m_options.mount) {
        turnAway(std::move(arrival), Outcome::WrongMount, 404,
                 Core::tr("The mount of this station is %1; set it in your program.")
                     .arg(QString::fromUtf8(m_options.mount)));
        return;
    }
    std::unique_ptr<Framer> framer = makeFramer(request.header("Content-Type"));
    if (!framer) {
        const QString type = logEscaped(QString::fromUtf8(request.header("Content-Type")), 60);
        turnAway(std::move(arrival), Outcome::UnsupportedFormat, 415,
                 Core::tr("MP3 (audio/mpeg), AAC (audio/aac) and Ogg with Vorbis, Opus or FLAC (audio/ogg) "
                          "are understood, %1 is not; choose one of them in your program.")
                     .arg(type));
        return;
    }
    const StageView stage = m_stage();
    if (stage.isTaken && stage.isSending &&
        !m_takeovers.mayTakeOver(arrival.who(), stage.holder, monotonicMs())) {
        turnAway(std::move(arrival), Outcome::TwoEncodersFight, 403,
                 Core::tr("Mountpoint in use: two encoders throw each other off the air again and again "
                          "(%1). The one that is on stays; stop the other.")
                     .arg(m_takeovers.parties()),
                 fightDelayMs);
        return;
    }
    report(arrival, Outcome::Accepted,
           stage.isTaken ? Core::tr("Took over from %1.").arg(stage.holder) : Core::tr("Connected."));
    auto *source = new SourceConnection(std::move(arrival), std::move(framer), this);
    source->setUser(QString::fromUtf8(user));
    source->setTimeout(m_options.timeoutSeconds);
    emit sourceArrived(source);
}

// ---------------------------------------------------------------- titles

void SourceServer::updateTitle(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    constexpr int roles = Logins::Source | Logins::Admin;
    if (isFromAnotherSite(request)) {
        answer(std::move(arrival),
               HttpResponse::text(403, "Titles are not taken from pages of other sites."));
        return;
    }
    const auto then = [this](Arrival &&seen, const Logins::Check &login) {
        if (login.isRight())
            takeTitle(std::move(seen));
        else
            refuseLogin(std::move(seen), login);
    };
    if (request.path == "/admin.cgi" && !request.hasHeader("Authorization")) {
        const QList<BasicCredentials> logins =
            shoutcastLogins(request.queryValue("pass").value_or(QByteArray()));
        m_desk.examine(std::move(arrival), logins, LoginGuard::Way::Http, roles, then);
    } else {
        m_desk.examine(std::move(arrival), roles, then);
    }
}

void SourceServer::takeTitle(Arrival &&arrival)
{
    const HttpRequest &request = arrival.request;
    const auto mount = request.queryValue("mount");
    const auto title = titleFromUpdate(request);
    if (mount && *mount != m_options.mount && '/' + *mount != m_options.mount) {
        answer(std::move(arrival), iceResponse("There is no such mount", false));
    } else if (!title) {
        answer(std::move(arrival), iceResponse("mode=updinfo and song= or title= are needed", false));
    } else if (m_welcome) {
        // liquidsoap sends its first title while its header lines are still on their way.
        m_early = *title;
        answer(std::move(arrival), iceResponse("Metadata update successful", true));
    } else if (!m_stage().isTaken) {
        answer(std::move(arrival), iceResponse("No live source is connected", false));
    } else {
        // GStreamer's first title, before it knows any.
        if (title->track.artist != u"Unknown"_s || title->track.title != u"Unknown"_s)
            emit titleArrived(*title);
        answer(std::move(arrival), iceResponse("Metadata update successful", true));
    }
}

} // namespace cycast
