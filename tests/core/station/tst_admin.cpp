// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stationfixture.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{
const QByteArray adminLogin = basicAuth("admin", "harbour-desk-7");
} // namespace

/// What Icecast's tools ask, who may ask it, and bans.
class TestAdmin : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void pagesForEverybody();
    void pagesNeedTheAdmin_data();
    void pagesNeedTheAdmin();
    void closedWithoutAPassword();
    void onlyFromWhereItIsAllowed();
    void listsAndRemovesListeners();
    void commandsAreNotForOtherSites();
    void answersAreNotForOtherSites();
    void killsTheSource();
    void titlesByAdminAndByOtherSources();
    void guessersAreSlowedDown();
    void listenersBehindAProxy();
    void bansThrowOutAndKeepOut();
    void bansByPlayerAndTheirEnd();
    void whyEachOneLeft();
    void noAbsoluteAddressOfOthers();
    void linksLeadToTheListenersPort();

private:
    QByteArray get(const QByteArray &path, const QByteArray &headers = {}, int port = 0);
    QByteArray gone(const QByteArray &word);

    std::unique_ptr<StationFixture> m_station;
};

void TestAdmin::init()
{
    m_station = std::make_unique<StationFixture>();
    m_station->addTrack(4000);
    m_station->settings.server.adminPassword = u"harbour-desk-7"_s;
    m_station->settings.server.moreSources = QStringList{u"anna:blue river stone"_s};
    m_station->settings.server.trustedProxies = QStringList{u"127.0.0.1"_s};
    QVERIFY(m_station->start());
    m_station->control().watchListeners(true);
}

void TestAdmin::cleanup()
{
    m_station.reset();
}

QByteArray TestAdmin::get(const QByteArray &path, const QByteArray &headers, int port)
{
    // Through a proxy that speaks for somebody at this computer, where nothing else is said.
    const QByteArray forwarded =
        headers.contains("X-Forwarded-For") ? QByteArray() : QByteArray("X-Forwarded-For: 127.0.0.1\r\n");
    return exchange(port == 0 ? m_station->listenPort() : port,
                    "GET " + path + " HTTP/1.0\r\n" + forwarded + headers + "\r\n");
}

void TestAdmin::pagesForEverybody()
{
    QVERIFY(waitUntil([&] { return !m_station->status().current.title.isEmpty(); }));
    for (const int port : {m_station->listenPort(), m_station->sourcePort()}) {
        const QByteArray status = get("/status-json.xsl", {}, port);
        QCOMPARE(statusOf(status), 200);
        QVERIFY(headerOf(status, "Content-Type").startsWith("application/json"));
        QCOMPARE(headerOf(status, "Access-Control-Allow-Origin"), QByteArray("*"));
        const QJsonValue source =
            QJsonDocument::fromJson(bodyOf(status)).object()[u"icestats"_s][u"source"_s];
        QVERIFY(source.isObject());
        QCOMPARE(source[u"title"_s].toString(), u"Artist - Track 1"_s);
        QCOMPARE(source[u"samplerate"_s].toInt(), 44100);
        QCOMPARE(source[u"bitrate"_s].toInt(), 128);
        QCOMPARE(source[u"listenurl"_s].toString(),
                 u"http://127.0.0.1:%1/stream"_s.arg(m_station->listenPort()));
        QVERIFY(bodyOf(get("/7.html", {}, port)).contains(",128,Artist - Track 1</body>"));
        QVERIFY(bodyOf(get("/stats?sid=1", {}, port)).contains("<SONGTITLE>Artist - Track 1</SONGTITLE>"));
    }
    const QByteArray other = bodyOf(get("/status-json.xsl?mount=/other"));
    QVERIFY(!QJsonDocument::fromJson(other).object()[u"icestats"_s].toObject().contains(u"source"_s));
    for (const char *variant : {"/status-json.xsl.", "/status-json.xsl%20", "/status-json.xsl::$DATA",
                                "/status.xsl", "/status.xsl.", "/STATUS-JSON.XSL", "/status-json.xsl/"})
        QCOMPARE(statusOf(get(variant)), 404);
    QCOMPARE(statusOf(get("/status-json.xsl%00")), 400);
}

void TestAdmin::pagesNeedTheAdmin_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("stats") << QByteArray("/admin/stats") << 200;
    QTest::newRow("stats of the mount") << QByteArray("/admin/stats?mount=/stream") << 200;
    QTest::newRow("stats of another") << QByteArray("/admin/stats?mount=/x") << 400;
    QTest::newRow("mounts") << QByteArray("/admin/listmounts") << 200;
    QTest::newRow("clients") << QByteArray("/admin/listclients?mount=/stream") << 200;
    QTest::newRow("clients, encoded") << QByteArray("/admin/listclients?mount=%2fstream") << 200;
    QTest::newRow("clients of nothing") << QByteArray("/admin/listclients") << 400;
    QTest::newRow("kill nobody") << QByteArray("/admin/killclient?mount=/stream&id=99999") << 400;
    QTest::newRow("kill nothing") << QByteArray("/admin/killclient?mount=/stream") << 400;
    QTest::newRow("kill nonsense") << QByteArray("/admin/killclient?mount=/stream&id=-1") << 400;
    QTest::newRow("nothing") << QByteArray("/admin/nothing") << 404;
    QTest::newRow("root") << QByteArray("/admin/") << 404;
    QTest::newRow("config") << QByteArray("/admin/../config.hcl") << 404;
}

void TestAdmin::pagesNeedTheAdmin()
{
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    const QByteArray missing = get(path);
    QCOMPARE(statusOf(missing), 401);
    QVERIFY(headerOf(missing, "WWW-Authenticate").startsWith("Basic "));
    QCOMPARE(statusOf(get(path, basicAuth("source", "ocean-lamp-42"))), 401);
    for (const int port : {m_station->listenPort(), m_station->sourcePort()}) {
        const QByteArray answer = get(path, adminLogin, port);
        QCOMPARE(statusOf(answer), status);
        QVERIFY(!answer.contains("harbour-desk") && !answer.contains("ocean-lamp"));
        QVERIFY(status == 404 || headerOf(answer, "Content-Type").startsWith("text/xml"));
    }
}

void TestAdmin::closedWithoutAPassword()
{
    Settings changed = m_station->settings;
    changed.server.adminPassword.clear();
    QVERIFY(m_station->apply(changed));
    for (const QByteArray &login : {QByteArray(), basicAuth("admin", ""), adminLogin}) {
        const QByteArray answer = get("/admin/stats", login);
        QCOMPARE(statusOf(answer), 403);
        QVERIFY(bodyOf(answer).contains("server.admin_password"));
    }
}

void TestAdmin::onlyFromWhereItIsAllowed()
{
    const QByteArray outside = adminLogin + "X-Forwarded-For: 203.0.113.9\r\n";
    const QByteArray home = adminLogin + "X-Forwarded-For: 192.168.1.9\r\n";
    QCOMPARE(statusOf(get("/admin/stats", adminLogin)), 200);
    QCOMPARE(statusOf(get("/admin/stats", home)), 200);
    const QByteArray refused = get("/admin/stats", outside);
    QCOMPARE(statusOf(refused), 403);
    QVERIFY(bodyOf(refused).contains("203.0.113.9") && bodyOf(refused).contains("server.admin_from"));
    Settings changed = m_station->settings;
    changed.server.adminFrom = u"loopback"_s;
    QVERIFY(m_station->apply(changed));
    QCOMPARE(statusOf(get("/admin/stats", adminLogin)), 200);
    QCOMPARE(statusOf(get("/admin/stats", home)), 403);
    // A proxy that is known and does not say for whom it speaks speaks for nobody here.
    for (const QByteArray &said :
         {QByteArray(), QByteArray("X-Forwarded-For: unknown\r\n"),
          QByteArray("X-Forwarded-For: 203.0.113.9, <script>\r\n"), QByteArray("X-Forwarded-For:\r\n"),
          QByteArray("X-Real-IP: 127.0.0.1\r\n")}) {
        const QByteArray unsaid =
            exchange(m_station->listenPort(), "GET /admin/stats HTTP/1.0\r\n" + said + adminLogin + "\r\n");
        QCOMPARE(statusOf(unsaid), 403);
        QVERIFY(bodyOf(unsaid).contains("X-Forwarded-For"));
    }
    // A proxy that is not known could speak for anybody.
    changed.server.trustedProxies.clear();
    QVERIFY(m_station->apply(changed));
    const QByteArray hidden = get("/admin/stats", home);
    QCOMPARE(statusOf(hidden), 403);
    QVERIFY(bodyOf(hidden).contains("server.trusted_proxies"));
    changed.server.adminFrom = u"anywhere"_s;
    changed.server.trustedProxies = QStringList{u"127.0.0.0/8"_s};
    QVERIFY(m_station->apply(changed));
    QCOMPARE(statusOf(get("/admin/stats", outside)), 200);
}

QByteArray TestAdmin::gone(const QByteArray &word)
{
    (void)waitUntil([&] {
        return std::any_of(m_station->left().begin(), m_station->left().end(), [&](const ListenerGone &left) {
            return left.reason.contains(QString::fromLatin1(word));
        });
    });
    return m_station->left().isEmpty() ? QByteArray() : m_station->left().last().reason.english().toLatin1();
}

void TestAdmin::listsAndRemovesListeners()
{
    StreamClient first(m_station->listenPort());
    StreamClient second(m_station->listenPort(), {.extraHeaders = "X-Forwarded-For: 192.0.2.9\r\n"});
    QVERIFY(waitUntil([&] { return first.audioBytes() > 0 && second.audioBytes() > 0; }));
    const QByteArray list = bodyOf(get("/admin/listclients?mount=/stream", adminLogin));
    QVERIFY2(list.contains("<Listeners>2</Listeners>"), list);
    QVERIFY(list.contains("<UserAgent>test</UserAgent>"));
    QVERIFY(list.contains("<IP>192.0.2.9</IP>"));
    const qsizetype at = list.indexOf("<ID>") + 4;
    const QByteArray id = list.mid(at, list.indexOf('<', at) - at);
    QCOMPARE(statusOf(exchange(m_station->listenPort(), "HEAD /admin/killclient?mount=/stream&id=" + id +
                                                            " HTTP/1.0\r\nX-Forwarded-For: 127.0.0.1\r\n" +
                                                            adminLogin + "\r\n")),
             405);
    QVERIFY(m_station->left().isEmpty());
    const QByteArray killed = get("/admin/killclient?mount=/stream&id=" + id, adminLogin);
    QVERIFY2(killed.contains("<message>Client " + id + " removed</message>"), killed);
    QCOMPARE(gone("removed"), QByteArray("removed by the admin"));
    QVERIFY(waitUntil([&] { return m_station->listeners() == 1; }));
    QVERIFY(waitUntil([&] { return first.hasEnded() || second.hasEnded(); }));
    QVERIFY(!first.hasEnded() || !second.hasEnded());
    QVERIFY(get("/admin/killclient?mount=/stream&id=" + id, adminLogin).contains("not found"));
}

void TestAdmin::commandsAreNotForOtherSites()
{
    LiveClient live(m_station->sourcePort(), {.backlogFrames = 20});
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    const QByteArray answer =
        get("/admin/killsource?mount=/stream", adminLogin + "Sec-Fetch-Site: cross-site\r\n");
    QCOMPARE(statusOf(answer), 403);
    // Over plain http browsers say it in other words, or were told by the other page not to.
    const QByteArray host = "Host: 192.168.1.20:8001\r\nUser-Agent: Mozilla/5.0 (X11)\r\n";
    for (const QByteArray &said :
         {QByteArray("Origin: http://evil.example\r\n"), QByteArray("Referer: http://evil.example/x\r\n"),
          QByteArray("Origin: null\r\n"), QByteArray()})
        QCOMPARE(statusOf(get("/admin/killsource?mount=/stream", adminLogin + host + said)), 403);
    for (const QByteArray &path : {QByteArray("/admin/metadata?mount=/stream&mode=updinfo&song=x"),
                                   QByteArray("/admin.cgi?pass=ocean-lamp-42&mode=updinfo&song=x")})
        QCOMPARE(statusOf(get(path, adminLogin + host + "Referer: http://evil.example/x\r\n")), 403);
    QVERIFY(m_station->isLive());
    QCOMPARE(statusOf(get("/admin/stats", adminLogin + "Sec-Fetch-Site: cross-site\r\n")), 200);
    QCOMPARE(statusOf(get("/admin/killsource?mount=/stream",
                          adminLogin + host + "Referer: http://192.168.1.20:8001/admin/\r\n")),
             200);
}

// Pages of other sites can make a browser ask, with its password; they cannot read what comes.
void TestAdmin::answersAreNotForOtherSites()
{
    for (const QByteArray &path :
         {QByteArray("/admin/stats"), QByteArray("/admin/listclients?mount=/stream"),
          QByteArray("/admin/killclient?mount=/stream&id=1"), QByteArray("/admin/nothing"),
          QByteArray("/admin/metadata?mode=updinfo&song=x"), QByteArray("/admin/!POKE")}) {
        for (const QByteArray &login : {adminLogin, QByteArray(), basicAuth("admin", "x")})
            QVERIFY2(!get(path, login + "Origin: http://evil.example\r\n").contains("Access-Control"), path);
        const QByteArray asked = exchange(m_station->listenPort(), "OPTIONS " + path + " HTTP/1.0\r\n\r\n");
        QVERIFY2(!asked.contains("Access-Control-Allow"), asked);
    }
    QVERIFY(get("/api/status").contains("Access-Control-Allow-Origin: *"));
    QVERIFY(exchange(m_station->listenPort(), "OPTIONS /stream HTTP/1.0\r\n\r\n")
                .contains("Access-Control-Allow-Origin: *"));
}

void TestAdmin::killsTheSource()
{
    StreamClient listener(m_station->listenPort());
    LiveClient live(m_station->sourcePort(), {.backlogFrames = 20});
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    const QByteArray answer = get("/admin/killsource?mount=/stream", adminLogin);
    QCOMPARE(statusOf(answer), 200);
    QVERIFY(answer.contains("<return>1</return>"));
    QVERIFY(waitUntil([&] { return live.isDone() && !m_station->isLive(); }));
    QVERIFY(!listener.hasEnded());
    QVERIFY(std::any_of(m_station->events().begin(), m_station->events().end(),
                        [](const StationEvent &e) { return e.text.contains(u"removed by the admin"_s); }));
}

void TestAdmin::titlesByAdminAndByOtherSources()
{
    LiveClient live(m_station->sourcePort(),
                    {.user = "anna", .password = "blue river stone", .backlogFrames = 20});
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    for (const QByteArray &login : {adminLogin, basicAuth("anna", "blue river stone")}) {
        const QByteArray title = login == adminLogin ? "By admin" : "By anna";
        const QByteArray answer =
            get("/admin/metadata?mount=/stream&mode=updinfo&title=" + title.toPercentEncoding(), login);
        QCOMPARE(statusOf(answer), 200);
        QVERIFY(waitUntil([&] { return m_station->status().current.title == QString::fromLatin1(title); }));
    }
    QCOMPARE(statusOf(get("/admin/metadata?mount=/stream&mode=updinfo&title=x",
                          basicAuth("anna", "ocean-lamp-42"))),
             401);
}

void TestAdmin::guessersAreSlowedDown()
{
    // One guard for both ports and all logins: three are free wherever they are tried, the fourth waits.
    const QByteArray from = "X-Forwarded-For: 192.168.7.7\r\n";
    const QByteArray admin = basicAuth("admin", "guess") + from;
    const QByteArray source = basicAuth("source", "guess") + from;
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(statusOf(get("/admin/stats", admin)), 401);
    QCOMPARE(statusOf(get("/admin/metadata?mode=updinfo&song=x", source, m_station->sourcePort())), 401);
    QCOMPARE(statusOf(exchange(m_station->sourcePort(), "SOURCE /stream HTTP/1.0\r\n" + source + "\r\n")),
             401);
    timer.restart();
    const QByteArray fourth = get("/admin/stats", admin);
    QCOMPARE(statusOf(fourth), 401);
    QVERIFY2(timer.elapsed() >= 900, QByteArray::number(timer.elapsed()));
    // Nobody else waits, and the owner is let in when the time is over.
    QCOMPARE(statusOf(get("/admin/stats", adminLogin + "X-Forwarded-For: 192.168.7.8\r\n")), 200);
    QVERIFY(waitUntil([&] { return statusOf(get("/admin/stats", adminLogin + from)) == 200; }));
}

void TestAdmin::listenersBehindAProxy()
{
    Settings changed = m_station->settings;
    changed.advanced.maxListenersPerAddress = 1;
    QVERIFY(m_station->apply(changed));
    StreamClient first(m_station->listenPort(), {.extraHeaders = "X-Forwarded-For: 192.0.2.1\r\n"});
    StreamClient second(m_station->listenPort(), {.extraHeaders = "X-Forwarded-For: 192.0.2.2\r\n"});
    QVERIFY(waitUntil([&] { return first.audioBytes() > 0 && second.audioBytes() > 0; }));
    QCOMPARE(statusOf(get("/stream", "X-Forwarded-For: 192.0.2.2\r\n")), 503);
    // Links lead back through the proxy.
    const QByteArray list = get("/stream.m3u", "Host: radio.example\r\nX-Forwarded-Proto: https\r\n");
    QCOMPARE(bodyOf(list), QByteArray("https://radio.example/stream\r\n"));
    const QByteArray below = "Host: radio.example\r\nX-Forwarded-Prefix: /radio/\r\n";
    QCOMPARE(bodyOf(get("/stream.m3u", below)), QByteArray("http://radio.example/radio/stream\r\n"));
    QVERIFY(bodyOf(get("/status-json.xsl", below)).contains("http://radio.example/radio/stream"));
    QVERIFY(bodyOf(get("/", below)).contains("href=\"/radio/stream.m3u\""));
    QVERIFY(bodyOf(get("/")).contains("href=\"stream.m3u\""));
    // Each request of a connection that a proxy keeps says anew for whom it is.
    RawSocket kept(m_station->listenPort());
    QVERIFY(kept.send("GET /stream.m3u HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.2\r\n\r\n"
                      "GET /stream HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.3\r\n\r\n"));
    QByteArray got;
    QVERIFY(waitUntil([&] { return (got += kept.receive(20)).contains("icy-name"); }));
    QVERIFY(!got.contains(" 503 "));
}

void TestAdmin::bansThrowOutAndKeepOut()
{
    StreamClient banned(m_station->listenPort(), {.extraHeaders = "X-Forwarded-For: 192.0.2.77\r\n"});
    StreamClient other(m_station->listenPort(), {.extraHeaders = "X-Forwarded-For: 192.0.3.77\r\n"});
    QVERIFY(waitUntil([&] { return banned.audioBytes() > 0 && other.audioBytes() > 0; }));
    m_station->control().setBans({{u"192.0.2.0/24"_s, {}, {}, u"too loud"_s}});
    QVERIFY(waitUntil([&] { return banned.hasEnded(); }));
    QCOMPARE(gone("banned"), QByteArray("banned"));
    QVERIFY(!other.hasEnded());
    const QByteArray refused = get("/stream", "X-Forwarded-For: 192.0.2.78\r\n");
    QCOMPARE(statusOf(refused), 403);
    QVERIFY(bodyOf(refused).contains("blocked") && !bodyOf(refused).contains("too loud"));
    QCOMPARE(statusOf(get("/", "X-Forwarded-For: 192.0.2.78\r\n")), 200);
    // Off and on the air again, they still hold; without them everybody may come.
    m_station->control().setBans({});
    StreamClient back(m_station->listenPort(), {.extraHeaders = "X-Forwarded-For: 192.0.2.77\r\n"});
    QVERIFY(waitUntil([&] { return back.audioBytes() > 0; }));
}

void TestAdmin::bansByPlayerAndTheirEnd()
{
    StreamClient ripper(m_station->listenPort(), {.extraHeaders = "X-Forwarded-For: 192.0.2.7\r\n"});
    QVERIFY(waitUntil([&] { return ripper.audioBytes() > 0; }));
    const QDateTime now = QDateTime::currentDateTime();
    m_station->control().setBans(
        {{{}, u"TEST"_s, now.addSecs(-1), {}}, {{}, u"winamp"_s, {}, {}}, {{}, {}, {}, {}}});
    QCOMPARE(statusOf(get("/stream", "User-Agent: Winamp/5\r\n")), 403);
    QVERIFY(!ripper.hasEnded());
    m_station->control().setBans({{u"192.0.2.7"_s, u"TeSt"_s, now.addDays(1), {}}});
    QVERIFY(waitUntil([&] { return ripper.hasEnded(); }));
}

void TestAdmin::whyEachOneLeft()
{
    const auto from = [](int host) {
        return StreamClientOptions{.extraHeaders =
                                       "X-Forwarded-For: 192.0.2." + QByteArray::number(host) + "\r\n"};
    };
    const auto whyOf = [this](int host) {
        for (const ListenerGone &gone : m_station->left()) {
            if (gone.info.address == u"192.0.2.%1"_s.arg(host))
                return std::optional(gone.why);
        }
        return std::optional<LeftBecause>();
    };
    const auto left = [&](int host, LeftBecause why) {
        return waitUntil([&] { return whyOf(host).has_value(); }) && *whyOf(host) == why;
    };
    StationControl &control = m_station->control();
    quint64 lastId = 0;
    connect(&control, &StationControl::listenersChanged, this, [&](const ListenersUpdate &update) {
        for (const ListenerInfo &info : update.joined)
            lastId = info.id;
    });
    StreamClient stays(m_station->listenPort(), from(5));
    {
        StreamClient leaves(m_station->listenPort(), from(1));
        QVERIFY(waitUntil([&] { return leaves.audioBytes() > 0; }));
    }
    QVERIFY(left(1, LeftBecause::HungUp));
    StreamClient banned(m_station->listenPort(), from(2));
    QVERIFY(waitUntil([&] { return banned.audioBytes() > 0; }));
    control.setBans({{u"192.0.2.2"_s, {}, {}, {}}});
    QVERIFY(left(2, LeftBecause::Banned));
    // Nobody watches meanwhile; whoever begins to, learns of it.
    StreamClient kicked(m_station->listenPort(), from(3));
    QVERIFY(waitUntil([&] { return m_station->listeners() == 2 && lastId == 4; }));
    control.watchListeners(false);
    control.dropListener(lastId);
    QVERIFY(waitUntil([&] { return kicked.hasEnded(); }));
    QVERIFY(!whyOf(3));
    control.watchListeners(true);
    QVERIFY(left(3, LeftBecause::RemovedByYou));
    QCOMPARE(m_station->left().last().info.player, u"test"_s);
    QVERIFY(m_station->left().last().bytesSent > 0);
    control.goOffAir();
    QVERIFY(left(5, LeftBecause::OffAir));
}

void TestAdmin::noAbsoluteAddressOfOthers()
{
    const QByteArray own = "127.0.0.1:" + QByteArray::number(m_station->listenPort());
    QCOMPARE(statusOf(get("http://" + own + "/api/status", "Host: other\r\n")), 200);
    QCOMPARE(statusOf(get("http://localhost:" + own.sliced(10) + "/stream.m3u")), 200);
    StreamClient player(m_station->listenPort(), {.path = "HTTP://" + own + "/stream"});
    QVERIFY(waitUntil([&] { return player.audioBytes() > 0; }));
    for (const QByteArray &target :
         {QByteArray("http://example.org/"), QByteArray("http://example.org:8001/stream"),
          QByteArray("http://127.0.0.1:22/"), "https://user@" + own + "/", QByteArray("ftp://127.0.0.1/")}) {
        const QByteArray answer = get(target);
        QCOMPARE(statusOf(answer), 421);
        QVERIFY(bodyOf(answer).contains("proxy"));
    }
    const QByteArray tunnel =
        exchange(m_station->listenPort(), "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n");
    QCOMPARE(statusOf(tunnel), 405);
}

void TestAdmin::linksLeadToTheListenersPort()
{
    const QByteArray source = QByteArray::number(m_station->sourcePort());
    const QByteArray listen = QByteArray::number(m_station->listenPort());
    QCOMPARE(bodyOf(get("/stream.m3u", "Host: radio:" + source + "\r\n", m_station->sourcePort())),
             "http://radio:" + listen + "/stream\r\n");
    QCOMPARE(bodyOf(get("/stream.m3u", {}, m_station->sourcePort())),
             "http://127.0.0.1:" + listen + "/stream\r\n");
    QCOMPARE(bodyOf(get("/stream.m3u", "Host: [::1]:" + listen + "\r\n")),
             "http://[::1]:" + listen + "/stream\r\n");
    QCOMPARE(bodyOf(get("/stream.m3u", "Host: radio.example\r\n")),
             QByteArray("http://radio.example/stream\r\n"));
    const QByteArray evil = bodyOf(get("/stream.m3u", "Host: a\"><script>\r\n"));
    QCOMPARE(evil, "http://127.0.0.1:" + listen + "/stream\r\n");
}

QTEST_GUILESS_MAIN(TestAdmin)
#include "tst_admin.moc"
