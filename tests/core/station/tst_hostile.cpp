// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What servers of this kind were attacked with: every request gets its answer, and nobody else notices.
#include "core/base/log.h"
#include "core/net/socket/nativesocket.h"
#include "tests/support/stationfixture.h"

#include <QDir>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>
#include <QXmlStreamReader>

#include <fcntl.h>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

class TestHostile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();
    void answers_data();
    void answers();
    void rangesAreTheStream_data();
    void rangesAreTheStream();
    void brokenLoginsOpenNothing_data();
    void brokenLoginsOpenNothing();
    void smuggledRequestsAreNotServed();
    void logStaysOnOneLine();
    void namesStayData();
    void nobodyInheritsADescriptor();
    void refusalsAreLoggedOnce();
    void thousandSilentConnections();
    void slowDrips();
    void resetStorm();
    void randomBytes();

private:
    void checkHealthy();

    std::unique_ptr<LogSink> m_log;
    QStringList m_lines;
    std::unique_ptr<StationFixture> m_station;
    std::unique_ptr<StreamClient> m_healthy;
};

void TestHostile::initTestCase()
{
    native::raiseDescriptorLimit();
    m_log = std::make_unique<LogSink>();
    connect(m_log.get(), &LogSink::logged, this, [this](const LogEntry &entry) { m_lines += entry.text; });
    m_station = std::make_unique<StationFixture>();
    m_station->addTrack(20'000);
    m_station->settings.advanced.headerTimeout = 2.0;
    m_station->settings.server.adminPassword = u"harbour-desk-7"_s;
    QVERIFY(m_station->start());
    m_healthy = std::make_unique<StreamClient>(m_station->listenPort());
    QVERIFY(waitUntil([&] { return m_healthy->audioBytes() > 60'000; }));
}

void TestHostile::cleanupTestCase()
{
    m_healthy.reset();
    m_station.reset();
    m_log.reset();
}

void TestHostile::cleanup()
{
    // After the last row of a table, too: the next test's.
    if (!QTest::currentDataTag())
        checkHealthy();
}

/// Somebody who has been listening since the first test has missed nothing.
void TestHostile::checkHealthy()
{
    QVERIFY(!m_healthy->hasEnded());
    const qint64 bytes = m_healthy->audioBytes();
    QVERIFY(waitUntil([&] { return m_healthy->audioBytes() > bytes; }));
    const StampedStream heard = m_healthy->heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QCOMPARE(heard.sequenceFault({}), QString());
    QVERIFY2(m_healthy->longestPauseNs() < 4'000'000'000,
             QByteArray::number(static_cast<double>(m_healthy->longestPauseNs()) / 1e9));
}

void TestHostile::answers_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &request, int status) {
        QTest::newRow(name) << request << status;
    };
    const auto get = [&row](const char *name, const QByteArray &target, int status) {
        row(name, "GET " + target + " HTTP/1.0\r\n\r\n", status);
    };
    const QByteArray line = "GET /stream HTTP/1.1\r\nHost: a\r\n";
    row("long header", line + "X: " + QByteArray(70'000, 'x') + "\r\n\r\n", 431);
    row("many headers", line + QByteArray("X: y\r\n").repeated(200) + "\r\n", 431);
    row("long header of a source",
        "SOURCE /stream HTTP/1.0\r\n" + QByteArray("ice-name: ") + QByteArray(70'000, 'x') + "\r\n\r\n", 431);
    row("long target", "GET /" + QByteArray(70'000, 'a') + " HTTP/1.0\r\n\r\n", 414);
    row("64 kB line", QByteArray(65'536, 'a') + "\r\n\r\n", 431);
    row("length and chunks",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400);
    row("two lengths", "POST / HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n", 400);
    row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
    row("folded header", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", 400);
    row("NUL in a header", line + QByteArray("X: a\0b\r\n\r\n", 10), 400);
    row("NUL in the target", QByteArray("GET /stream\0.mp3 HTTP/1.0\r\n\r\n", 29), 400);
    row("bytes above ASCII", "GET /\xff\xfe\x80 HTTP/1.0\r\nUser-Agent: \x80\xff\r\n\r\n", 404);
    row("escape in a header", line + "User-Agent: \x1b[2J\r\n\r\n", 400);
    row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("HTTP/9", "GET / HTTP/9.9\r\n\r\n", 505);
    row("TLS", QByteArray::fromHex("1603010200010001fc0303") + QByteArray(500, '\x5a'), 400);
    row("CONNECT", "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\nConnection: close\r\n\r\n",
        405);
    row("TRACE", "TRACE / HTTP/1.0\r\nHost: a\r\n\r\n", 405);
    row("no method of ours", "BREW /stream HTTP/1.0\r\n\r\n", 405);
    get("absolute, foreign", "http://example.org/", 421);
    get("absolute, file", "file:///etc/passwd", 421);
    for (const char *path : {"/../../../../etc/passwd",
                             "/..%2f..%2fetc%2fpasswd",
                             "/%2e%2e/%2e%2e/etc/passwd",
                             "/..%5c..%5cetc%5cpasswd",
                             "/..\\..\\etc\\passwd",
                             "/%252e%252e/etc/passwd",
                             "/....//etc/passwd",
                             "/..;/etc/passwd",
                             "/%c0%ae%c0%ae/etc/passwd",
                             "/.git/config",
                             "/stream/../../etc/passwd",
                             "//etc/passwd",
                             "/stream%00.mp3",
                             "/%00",
                             "/stream.",
                             "/stream%20",
                             "/stream::$DATA",
                             "/STREAM",
                             "/status.xsl",
                             "/status.xsl.",
                             "/status.xsl%20",
                             "/status2.xsl",
                             "/server_version.xsl",
                             "/auth.xsl",
                             "/admin/stats.xsl",
                             "/stream.m3u.",
                             "/config.hcl",
                             "/web/index.html"}) {
        const QByteArray target(path);
        get(path, target, target.contains("%00") ? 400 : target.startsWith("/admin/") ? 401 : 404);
    }
    get("only percent signs", "/%%%%%%%2", 404);
    get("query of rubbish", "/api/status?%00=%zz&&&==&a=%", 200);
    get("empty target", "", 400);
    get("blank in the target", "/a b", 400);
}

void TestHostile::answers()
{
    QFETCH(QByteArray, request);
    for (const int port : {m_station->listenPort(), m_station->sourcePort()}) {
        const QByteArray answer = exchange(port, request);
        QTEST(statusOf(answer), "status");
        if (statusOf(answer) == 200)
            continue;
        // In words, and not in the client's own.
        QVERIFY2(bodyOf(answer).size() > 20 && bodyOf(answer).size() < 400, answer);
        QVERIFY(headerOf(answer, "Content-Type").startsWith("text/plain"));
        QCOMPARE(headerOf(answer, "X-Content-Type-Options"), QByteArray("nosniff"));
        QVERIFY(!answer.contains("passwd") && !answer.contains("root:"));
    }
}

void TestHostile::rangesAreTheStream_data()
{
    QTest::addColumn<QByteArray>("range");
    for (const char *range : {"bytes=0-", "bytes=0-0", "bytes=100-", "bytes=-1", "bytes=-9223372036854775808",
                              "bytes=18446744073709551615-", "bytes=5-2", "bytes=0-1,5-9,-3",
                              "bytes=", "bytes=abc", "lines=1-2", "bytes=0-,0-,0-,0-,0-,0-,0-,0-", ""})
        QTest::newRow(range) << QByteArray(range);
}

void TestHostile::rangesAreTheStream()
{
    QFETCH(QByteArray, range);
    StreamClient client(m_station->listenPort(), {.extraHeaders = "Range: " + range + "\r\n"});
    QVERIFY(waitUntil([&] { return client.audioBytes() > 10'000; }));
    QCOMPARE(statusOf(client.head()), 200);
    QVERIFY(headerOf(client.head(), "Accept-Ranges").isEmpty());
    QVERIFY(headerOf(client.head(), "Content-Range").isEmpty());
    QVERIFY(client.heard().fault().isEmpty());
}

void TestHostile::brokenLoginsOpenNothing_data()
{
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *name, const QByteArray &value) { QTest::newRow(name) << value; };
    row("empty", "");
    row("only the scheme", "Basic");
    row("blanks", "Basic    ");
    row("no base64", "Basic \xff\xfe*");
    row("a colon", "Basic " + QByteArray(":").toBase64());
    row("no colon", "Basic " + QByteArray("source").toBase64());
    row("no password", "Basic " + QByteArray("source:").toBase64());
    row("NULs", "Basic " + QByteArray(300, '\0').toBase64());
    row("password and a NUL", "Basic " + QByteArray("source:ocean-lamp-42\0x", 23).toBase64());
    row("long", "Basic " + QByteArray("source:" + QByteArray(5000, 'x')).toBase64());
    row("padding", "Basic ====");
    row("digest", "Digest username=\"source\"");
}

void TestHostile::brokenLoginsOpenNothing()
{
    QFETCH(QByteArray, value);
    // A station of its own: the guard would slow the rows down.
    StationFixture station;
    station.addTrack(500);
    station.settings.server.adminPassword = u"harbour-desk-7"_s;
    QVERIFY(station.start());
    for (const QByteArray &request :
         {QByteArray("GET /admin/stats HTTP/1.0\r\n"), QByteArray("SOURCE /stream HTTP/1.0\r\n"),
          QByteArray("GET /admin/metadata?mode=updinfo&mount=/stream&song=x HTTP/1.0\r\n")})
        QCOMPARE(statusOf(exchange(station.listenPort(), request + "Authorization: " + value + "\r\n\r\n")),
                 401);
    QVERIFY(!station.isLive());
}

void TestHostile::smuggledRequestsAreNotServed()
{
    // What one reader takes for a body and another for a request is never taken for a request here.
    const QByteArray hidden = "GET /api/status HTTP/1.1\r\nHost: a\r\n\r\n";
    const QByteArray heads[] = {
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(hidden.size()) + "\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/status HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\n",
    };
    for (const QByteArray &head : heads) {
        RawSocket socket(m_station->listenPort());
        QVERIFY(socket.send(head + hidden));
        const QByteArray answer = socket.receiveAll();
        QVERIFY(socket.atEnd());
        QCOMPARE(answer.count("HTTP/1.1 "), 1);
        QVERIFY(!answer.contains("\"source_status\":"));
    }
}

void TestHostile::logStaysOnOneLine()
{
    const qsizetype before = m_lines.size();
    const QByteArray evil = "x\xc2\x85y\xe2\x80\xa8z\xe2\x80\xaeq";
    StreamClient client(m_station->listenPort(), {.extraHeaders = "X-A: b\r\n"});
    exchange(m_station->listenPort(),
             "SOURCE /%0d%0a2026-01-01%20ERROR%20forged%1b[31m HTTP/1.0\r\nUser-Agent: " + evil + "\r\n" +
                 basicAuth("source", "wrong") + "\r\n");
    exchange(m_station->listenPort(),
             "GET http://evil.example%0d%0aforged/ HTTP/1.0\r\nUser-Agent: " + evil + "\r\n\r\n");
    QVERIFY(waitUntil([&] { return m_lines.size() >= before + 2; }));
    for (const QString &line : std::as_const(m_lines)) {
        for (const QChar c : line)
            QVERIFY2(c.category() != QChar::Other_Control && c != QChar(0x2028) && c != QChar(0x202e),
                     qPrintable(line));
        QVERIFY(!line.contains(u"ocean-lamp-42"_s));
    }
}

void TestHostile::namesStayData()
{
    // Quotes, tags, the ends of JSON strings and CDATA, C1 codes, a line that turns round, bytes that are no
    // UTF-8.
    const QByteArray evil = "x\"'</script><b>]]>\\\xc2\x85\xe2\x80\xa8\xe2\x80\xae\xff\xfe{\"a\":1}";
    const qsizetype before = m_lines.size();
    StreamClient listener(m_station->listenPort(), {.extraHeaders = "User-Agent: " + evil + "\r\n"});
    RawSocket source(m_station->sourcePort());
    QVERIFY(source.send("SOURCE /stream HTTP/1.0\r\n" + basicAuth("source", "ocean-lamp-42") +
                        "User-Agent: " + evil + "\r\nice-name: " + evil +
                        "\r\nice-url: javascript:alert(1)\r\nice-genre: " + evil + "\r\n\r\n" +
                        stampedFrames(900, 100)));
    QVERIFY(waitUntil([&] { return m_station->isLive() && listener.audioBytes() > 0; }));
    const auto look = [&] {
        for (const char *path : {"/status-json.xsl", "/api/status", "/api/stats", "/stats?json=1"}) {
            const QByteArray body =
                bodyOf(exchange(m_station->listenPort(), "GET " + QByteArray(path) + " HTTP/1.0\r\n\r\n"));
            QJsonParseError error;
            QVERIFY2(QJsonDocument::fromJson(body, &error).isObject(), body);
            QCOMPARE(error.error, QJsonParseError::NoError);
        }
        for (const char *path : {"/admin/stats", "/admin/listclients?mount=/stream", "/stats"}) {
            const QByteArray body =
                bodyOf(exchange(m_station->listenPort(), "GET " + QByteArray(path) + " HTTP/1.0\r\n" +
                                                             basicAuth("admin", "harbour-desk-7") + "\r\n"));
            QXmlStreamReader xml(body);
            while (!xml.atEnd())
                xml.readNext();
            QVERIFY2(!xml.hasError(), body);
        }
        const QByteArray page = bodyOf(exchange(m_station->listenPort(), "GET / HTTP/1.0\r\n\r\n"));
        QVERIFY(page.size() > 1000 && !page.contains("javascript:alert") && !page.contains("</script><b>"));
    };
    look();
    // The same as a title, and what only a title can bring: line ends.
    exchange(m_station->sourcePort(),
             "GET /admin/metadata?mode=updinfo&mount=/stream&song=forged%0d%0aline%1b" +
                 evil.toPercentEncoding() + " HTTP/1.0\r\n" + basicAuth("source", "ocean-lamp-42") + "\r\n");
    QVERIFY(waitUntil([&] { return m_station->status().current.title.startsWith(u"forged line"_s); }));
    look();
    QVERIFY(source.send(stampedFrames(900, 100, 100))); // its head comes to the title
    QVERIFY(waitUntil([&] { return !m_lines.sliced(before).filter(u"forged line"_s).isEmpty(); }));
    for (const QString &line : m_lines.sliced(before)) {
        for (const QChar c : line)
            QVERIFY2(c.category() != QChar::Other_Control && c != QChar(0x2028) && c != QChar(0x202e),
                     qPrintable(line));
    }
}

// Whatever program is started beside it (the decoder, a player): no listener's connection is its business.
void TestHostile::nobodyInheritsADescriptor()
{
    StreamClient listener(m_station->listenPort());
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 0; }));
    int sockets = 0;
    for (const QString &entry : QDir(u"/proc/self/fd"_s).entryList(QDir::System | QDir::Files)) {
        const QString target = QFile(u"/proc/self/fd/"_s + entry).symLinkTarget();
        const int flags = ::fcntl(entry.toInt(), F_GETFD);
        if (flags < 0 || !target.contains("socket:"_L1))
            continue;
        ++sockets;
        QVERIFY2((flags & FD_CLOEXEC) != 0, qPrintable(entry));
    }
    QVERIFY(sockets >= 4); // two ports and two listeners, with both ends here
}

void TestHostile::refusalsAreLoggedOnce()
{
    const qsizetype before = m_lines.size();
    for (int i = 0; i < 50; ++i)
        QCOMPARE(statusOf(exchange(m_station->listenPort(), "GET / HTTP/7.7\r\n\r\n")), 505);
    StreamClient marker(m_station->listenPort(), {.extraHeaders = "User-Agent: marker\r\n"});
    QVERIFY(waitUntil([&] { return m_lines.join(u'\n').contains(u"joined"_s) && marker.audioBytes() > 0; }));
    const QStringList fresh = m_lines.sliced(before);
    QVERIFY(fresh.filter(u"HTTP/1.1 and ICE"_s).size() + fresh.filter(u"not logged"_s).size() <= 1);
}

void TestHostile::thousandSilentConnections()
{
    std::vector<RawSocket> silent;
    for (int i = 0; i < 1000; ++i) {
        silent.emplace_back(m_station->listenPort());
        QVERIFY2(silent.back().isOpen(), QByteArray::number(i));
        if (i % 2)
            silent.back().send("GET /");
    }
    const MachineSlack slack;
    StreamClient late(m_station->listenPort());
    QVERIFY(waitUntil([&] { return late.audioBytes() > 30'000; }));
    QVERIFY2(late.firstByteNs() < 2'000'000'000 + slack.ns(), QByteArray::number(late.firstByteNs()));
    QVERIFY(waitUntil(
        [&] {
            return std::all_of(silent.begin(), silent.end(), [](RawSocket &socket) {
                socket.receive(0);
                return socket.atEnd();
            });
        },
        20'000));
}

void TestHostile::slowDrips()
{
    const QByteArray request = "GET /stream HTTP/1.1\r\nHost: " + QByteArray(4000, 's');
    std::vector<RawSocket> drips;
    for (int i = 0; i < 60; ++i)
        drips.emplace_back(m_station->listenPort());
    QList<QByteArray> answers(60);
    qsizetype at = 0;
    // A byte at a time, for ever: the time is the whole head's.
    QVERIFY(waitUntil(
        [&] {
            bool allEnded = true;
            for (size_t i = 0; i < drips.size(); ++i) {
                if (drips[i].atEnd())
                    continue;
                drips[i].send(request.mid(at, 1));
                answers[static_cast<qsizetype>(i)] += drips[i].receive(0);
                allEnded = false;
            }
            ++at;
            return allEnded;
        },
        20'000));
    for (const QByteArray &answer : answers)
        QCOMPARE(statusOf(answer), 408);
}

void TestHostile::resetStorm()
{
    for (int i = 0; i < 300; ++i) {
        RawSocket socket(m_station->listenPort());
        if (i % 4 > 0)
            socket.send("GET /stream HTTP/1.0\r\n" + QByteArray(i % 4 > 1 ? "Icy-MetaData: 1\r\n\r\n" : ""));
        if (i % 4 == 3)
            socket.receive(20);
        socket.reset();
    }
    QByteArray stats;
    QVERIFY2(waitUntil([&] {
                 stats = bodyOf(exchange(m_station->listenPort(), "GET /7.html HTTP/1.0\r\n\r\n"));
                 return stats.contains("<body>1,1,");
             }),
             stats);
}

void TestHostile::randomBytes()
{
    QRandomGenerator random(77);
    const QByteArrayList seeds = {
        "GET /stream HTTP/1.1\r\nHost: a\r\nIcy-MetaData: 1\r\nRange: bytes=0-\r\n\r\n",
        "PUT /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
        "GET /admin/metadata?mode=updinfo&song=%41+%zz HTTP/1.0\r\nAuthorization: Basic QQ==\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nUpgrade: TLS/1.0\r\n\r\n",
        "GET /status-json.xsl?mount=/stream HTTP/1.1\r\nX-Forwarded-For: 1.2.3.4, ::1\r\n\r\n",
    };
    for (int i = 0; i < 300; ++i) {
        QByteArray bytes = seeds.at(i % seeds.size());
        for (int change = 0; change < 1 + i % 9; ++change) {
            const qsizetype at = random.bounded(static_cast<int>(bytes.size()));
            switch (random.bounded(4)) {
            case 0:
                bytes[at] = static_cast<char>(random.bounded(256));
                break;
            case 1:
                bytes.remove(at, random.bounded(8));
                break;
            case 2:
                bytes.insert(at, QByteArray(random.bounded(200), static_cast<char>(random.bounded(256))));
                break;
            default:
                bytes.insert(at, bytes.mid(random.bounded(static_cast<int>(bytes.size())), 20));
            }
            if (bytes.isEmpty())
                bytes = "\n";
        }
        RawSocket socket(i % 2 ? m_station->listenPort() : m_station->sourcePort());
        QVERIFY(socket.isOpen());
        socket.send(bytes);
        socket.finishSending();
        socket.receive(2);
    }
    QCOMPARE(statusOf(exchange(m_station->listenPort(), "GET /api/status HTTP/1.0\r\n\r\n")), 200);
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
