// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "tests/support/stationfixture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// HTTP at the listeners' port: limits, methods, keep-alive.
class TestRequests : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void fullStationSaysSo();
    void loweredLimitThrowsNobodyOut();
    void limitPerAddress();
    void statsCanBeSwitchedOff();
    void statsCountWhatWasSent();
    void methodsAndPaths();
    void headOfTheStream();
    void tooBigAHead();
    void noHttpAtAll();
    void keepAliveEndsInTheStream();
    void pipelinedRequests();
    void halfClosedClientIsAnswered();
    void playersFindTheStream();
    void pagesAreMadeOnceASecond();
    void silentConnectionsAreBounded();
    void whoAsksTooOftenIsToldSo();
    void pagesComeInGzip();

private:
    QByteArray get(const QByteArray &path, const QByteArray &method = "GET");

    std::unique_ptr<StationFixture> m_station;
};

void TestRequests::init()
{
    m_station = std::make_unique<StationFixture>();
    m_station->addTrack(4000);
    QVERIFY(m_station->start());
}

void TestRequests::cleanup()
{
    m_station.reset();
}

QByteArray TestRequests::get(const QByteArray &path, const QByteArray &method)
{
    return exchange(m_station->listenPort(), method + ' ' + path + " HTTP/1.0\r\n\r\n");
}

void TestRequests::fullStationSaysSo()
{
    Settings changed = m_station->settings;
    changed.advanced.maxListeners = 2;
    QVERIFY(m_station->apply(changed));
    StreamClient first(m_station->listenPort());
    auto second = std::make_unique<StreamClient>(m_station->listenPort());
    QVERIFY(waitUntil([&] { return first.audioBytes() > 0 && second->audioBytes() > 0; }));
    const QByteArray refused = get("/stream");
    QCOMPARE(statusOf(refused), 503);
    QVERIFY(headerOf(refused, "Retry-After").toInt() > 0);
    QVERIFY(headerOf(refused, "Content-Type").startsWith("text/"));
    QVERIFY(bodyOf(refused).contains("full"));
    QCOMPARE(statusOf(get("/api/status")), 200);
    second.reset();
    QVERIFY(waitUntil([&] { return m_station->listeners() == 1; }));
    StreamClient third(m_station->listenPort());
    QVERIFY(waitUntil([&] { return third.audioBytes() > 0; }));
}

void TestRequests::loweredLimitThrowsNobodyOut()
{
    std::vector<std::unique_ptr<StreamClient>> clients;
    for (int i = 0; i < 4; ++i)
        clients.push_back(std::make_unique<StreamClient>(m_station->listenPort()));
    QVERIFY(waitUntil([&] { return m_station->listeners() == 4; }));
    Settings changed = m_station->settings;
    changed.advanced.maxListeners = 1;
    QVERIFY(m_station->apply(changed));
    QCOMPARE(statusOf(get("/stream")), 503);
    for (const auto &client : clients) {
        const qint64 bytes = client->audioBytes();
        QVERIFY(waitUntil([&] { return client->audioBytes() > bytes; }));
        QVERIFY(!client->hasEnded());
    }
}

void TestRequests::limitPerAddress()
{
    Settings changed = m_station->settings;
    changed.advanced.maxListenersPerAddress = 1;
    QVERIFY(m_station->apply(changed));
    StreamClient first(m_station->listenPort());
    QVERIFY(waitUntil([&] { return first.audioBytes() > 0; }));
    const QByteArray refused = get("/stream");
    QCOMPARE(statusOf(refused), 503);
    QVERIFY(bodyOf(refused).contains("address"));
}

void TestRequests::statsCanBeSwitchedOff()
{
    QCOMPARE(statusOf(get("/api/stats")), 200);
    const QByteArray metrics = get("/metrics");
    QVERIFY(headerOf(metrics, "Content-Type").startsWith("text/plain; version=0.0.4"));
    QVERIFY(metrics.contains("\ncycast_listeners{mount=\"/stream\"} 0\n"));
    Settings changed = m_station->settings;
    changed.advanced.enableStats = false;
    QVERIFY(m_station->apply(changed));
    const QByteArray refused = get("/api/stats");
    QCOMPARE(statusOf(refused), 403);
    QVERIFY(headerOf(refused, "Content-Type").startsWith("application/json"));
    QVERIFY(QJsonDocument::fromJson(bodyOf(refused)).object().contains(u"error"_s));
    QCOMPARE(statusOf(get("/metrics")), 403);
    QCOMPARE(statusOf(get("/api/status")), 200);
}

void TestRequests::statsCountWhatWasSent()
{
    StreamClient client(m_station->listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 60'000; }));
    const QJsonObject stats = QJsonDocument::fromJson(bodyOf(get("/api/stats"))).object();
    QCOMPARE(stats.value(u"total_listeners"_s).toInt(), 1);
    QVERIFY(stats.value(u"total_bytes_sent"_s).toDouble() >= 60'000);
    const QJsonObject buffer = stats.value(u"buffer"_s).toObject();
    QCOMPARE(buffer.value(u"available"_s).toDouble() + buffer.value(u"space"_s).toDouble(),
             20 * 1024 * 1024.0);
    const QJsonObject status = QJsonDocument::fromJson(bodyOf(get("/api/status"))).object();
    QCOMPARE(status.value(u"listeners"_s).toInt(), 1);
    QCOMPARE(status.value(u"source_status"_s).toString(), u"Playlist Fallback"_s);
    QCOMPARE(status.value(u"metadata"_s).toObject().value(u"title"_s).toString(), u"Track 1"_s);
}

void TestRequests::methodsAndPaths()
{
    QCOMPARE(statusOf(get("/nothing-here")), 404);
    QCOMPARE(statusOf(get("/")), 200);
    QCOMPARE(statusOf(get("/../../etc/passwd")) / 100, 4);
    const QByteArray refused = get("/", "DELETE");
    QCOMPARE(statusOf(refused), 405);
    QVERIFY(headerOf(refused, "Allow").contains("GET"));
    QCOMPARE(statusOf(get("/stream", "POST")), 405);
    const QByteArray options = get("/api/status", "OPTIONS");
    QCOMPARE(statusOf(options), 204);
    QVERIFY(!headerOf(options, "Access-Control-Allow-Methods").isEmpty());
    const QByteArray head = get("/api/status", "HEAD");
    QCOMPARE(statusOf(head), 200);
    QVERIFY(bodyOf(head).isEmpty());
    QVERIFY(headerOf(head, "Content-Length").toInt() > 0);
    for (const char *list : {"/stream.m3u", "/listen.m3u", "/listen.pls", "/listen.xspf"}) {
        const QByteArray answer = get(list);
        QCOMPARE(statusOf(answer), 200);
        QVERIFY(bodyOf(answer).contains("/stream"));
    }
}

void TestRequests::headOfTheStream()
{
    const QByteArray head = get("/stream", "HEAD");
    QCOMPARE(statusOf(head), 200);
    QCOMPARE(headerOf(head, "Content-Type"), QByteArray("audio/mpeg"));
    QVERIFY(bodyOf(head).isEmpty());
    QCOMPARE(m_station->listeners(), 0);
}

void TestRequests::tooBigAHead()
{
    const QByteArray answer = exchange(
        m_station->listenPort(), "GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(20'000, 'x') + "\r\n\r\n");
    QCOMPARE(statusOf(answer), 431);
    QCOMPARE(statusOf(get("/api/status")), 200);
}

void TestRequests::noHttpAtAll()
{
    QCOMPARE(statusOf(exchange(m_station->listenPort(),
                               QByteArray::fromHex("1603010200010001fc0303") + "\r\n\r\n")),
             400);
    // A single word is how an encoder of Shoutcast 1 says its password.
    QCOMPARE(exchange(m_station->listenPort(), "GET\r\n\r\n"), QByteArray("invalid password\r\n"));
}

void TestRequests::keepAliveEndsInTheStream()
{
    RawSocket socket(m_station->listenPort());
    for (int i = 0; i < 5; ++i) {
        QVERIFY(socket.send("GET /api/status HTTP/1.1\r\nHost: a\r\n\r\n"));
        QByteArray answer;
        QVERIFY(waitUntil([&] {
            answer += socket.receive(20);
            return answer.contains("\r\n\r\n") &&
                   bodyOf(answer).size() == headerOf(answer, "Content-Length").toInt();
        }));
        QCOMPARE(statusOf(answer), 200);
        QVERIFY(!socket.atEnd());
    }
    StreamClient client(std::move(socket), {});
    QVERIFY(waitUntil([&] { return client.audioBytes() > 80'000; }));
    QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
    QCOMPARE(client.heard().sequenceFault({}), QString());
    QCOMPARE(m_station->listeners(), 1);
}

void TestRequests::pipelinedRequests()
{
    RawSocket socket(m_station->listenPort());
    QVERIFY(socket.send("GET /api/status HTTP/1.1\r\nHost: a\r\n\r\nGET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"
                        "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /api/stats HTTP/1.1\r\nHost: a\r\n"
                        "Connection: close\r\n\r\n"));
    const QByteArray answers = socket.receiveAll();
    QVERIFY(socket.atEnd());
    QList<int> statuses;
    for (qsizetype at = answers.indexOf("HTTP/1.1 "); at >= 0; at = answers.indexOf("HTTP/1.1 ", at + 1))
        statuses.append(answers.mid(at + 9, 3).toInt());
    QCOMPARE(statuses, QList<int>({200, 404, 200, 200}));
    QVERIFY(answers.contains("total_listeners"));
}

void TestRequests::halfClosedClientIsAnswered()
{
    RawSocket socket(m_station->listenPort());
    QVERIFY(socket.send("GET /api/status HTTP/1.0\r\n\r\n"));
    socket.finishSending();
    QCOMPARE(statusOf(socket.receiveAll()), 200);
    // Old players close their half behind the request and still listen.
    RawSocket player(m_station->listenPort());
    QVERIFY(player.send("GET /stream HTTP/1.0\r\n\r\n"));
    player.finishSending();
    QByteArray got;
    QVERIFY(waitUntil([&] { return (got += player.receive(20)).size() > 80'000; }));
}

// What players of Shoutcast stations ask for.
void TestRequests::playersFindTheStream()
{
    for (const char *path : {"/;", "/;stream.mp3", "/stream;", "/stream/;", "/stream/", "//stream"}) {
        StreamClient player(m_station->listenPort(), {.path = path});
        QVERIFY2(waitUntil([&] { return player.audioBytes() > 10'000; }), path);
        QVERIFY(player.heard().fault().isEmpty());
        QCOMPARE(statusOf(get(path, "HEAD")), 200);
    }
    StreamClient player(m_station->listenPort(), {.path = "/", .wantsTitles = true});
    QVERIFY(waitUntil([&] { return player.audioBytes() > 10'000; }));
    QVERIFY(player.metaint() > 0);
    StreamClient agent(m_station->listenPort(),
                       {.path = "/;", .extraHeaders = "User-Agent: WinampMPEG/5.66\r\n"});
    QVERIFY(waitUntil([&] { return agent.audioBytes() > 10'000; }));
    const QByteArray page =
        exchange(m_station->listenPort(), "GET / HTTP/1.0\r\nUser-Agent: Mozilla/5.0 Firefox/131.0\r\n"
                                          "Accept: text/html,*/*;q=0.8\r\n\r\n");
    QVERIFY(headerOf(page, "Content-Type").startsWith("text/html"));
}

// However many ask: a second is told in one or two versions.
void TestRequests::pagesAreMadeOnceASecond()
{
    StreamClient listener(m_station->listenPort());
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 0; }));
    for (const char *path : {"/api/stats", "/metrics", "/api/status", "/status-json.xsl"}) {
        QSet<QByteArray> versions;
        const qint64 fromNs = monotonicNs();
        for (int i = 0; i < 60; ++i)
            versions.insert(bodyOf(get(path)));
        const qint64 seconds = (monotonicNs() - fromNs) / nsPerSecond;
        QVERIFY2(versions.size() <= seconds + 2, path);
        QVERIFY(!versions.contains(QByteArray()));
    }
    // They do not stand still.
    const QByteArray before = bodyOf(get("/api/stats"));
    QVERIFY(waitUntil([&] { return bodyOf(get("/api/stats")) != before; }));
}

void TestRequests::silentConnectionsAreBounded()
{
    Settings changed = m_station->settings;
    changed.advanced.maxConnectionsPerAddress = 8;
    QVERIFY(m_station->apply(changed));
    std::vector<RawSocket> silent;
    for (int i = 0; i < 40; ++i)
        silent.emplace_back(m_station->listenPort());
    const auto open = [&silent] {
        return std::count_if(silent.begin(), silent.end(), [](RawSocket &socket) {
            socket.receive(0);
            return !socket.atEnd();
        });
    };
    QVERIFY(waitUntil([&] { return open() <= 8; }));
    // The youngest stay, and nobody else is kept out.
    silent.back().receive(0);
    QVERIFY(!silent.back().atEnd());
    QCOMPARE(statusOf(get("/api/status")), 200);
    StreamClient listener(m_station->listenPort());
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 0; }));
}

void TestRequests::whoAsksTooOftenIsToldSo()
{
    Settings changed = m_station->settings;
    changed.advanced.maxRequestsPerSecond = 2;
    changed.server.trustedProxies = {u"127.0.0.1"_s};
    QVERIFY(m_station->apply(changed));
    const auto askFrom = [this](const QByteArray &address, const QByteArray &path) {
        return exchange(m_station->listenPort(),
                        "GET " + path + " HTTP/1.0\r\nX-Forwarded-For: " + address + "\r\n\r\n");
    };
    QByteArray refused;
    for (int i = 0; i < 60 && refused.isEmpty(); ++i) {
        const QByteArray answer = askFrom("192.0.2.7", i % 2 ? "/api/status" : "/nothing");
        if (statusOf(answer) == 429)
            refused = answer;
        QVERIFY(statusOf(get("/api/status")) == 200); // this computer asks as often as it likes
    }
    QVERIFY2(refused.contains("Retry-After: 1\r\n"), refused);
    // The stream is for everybody, and after a moment so are the pages.
    StreamClient listener(m_station->listenPort());
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 0; }));
    QCOMPARE(statusOf(askFrom("192.0.2.8", "/api/status")), 200);
    QVERIFY(waitUntil([&] { return statusOf(askFrom("192.0.2.7", "/api/status")) == 200; }));
}

void TestRequests::pagesComeInGzip()
{
    const QByteArray plain = exchange(m_station->listenPort(), "GET / HTTP/1.0\r\n\r\n");
    const QByteArray small =
        exchange(m_station->listenPort(), "GET / HTTP/1.0\r\nAccept-Encoding: gzip, br\r\n\r\n");
    QVERIFY(!plain.contains("Content-Encoding") && plain.contains("Vary: Accept-Encoding\r\n"));
    QVERIFY(small.contains("Content-Encoding: gzip\r\n") && small.contains("Vary: Accept-Encoding\r\n"));
    QVERIFY2(bodyOf(small).startsWith("\x1f\x8b") && bodyOf(small).size() * 2 < bodyOf(plain).size(),
             QByteArray::number(bodyOf(small).size()));
    QVERIFY(small.contains("Content-Length: " + QByteArray::number(bodyOf(small).size()) + "\r\n"));
    // A short answer is not worth it.
    const QByteArray list =
        exchange(m_station->listenPort(), "GET /listen.m3u HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n");
    QVERIFY(!list.contains("Content-Encoding"));
}

QTEST_GUILESS_MAIN(TestRequests)
#include "tst_requests.moc"
