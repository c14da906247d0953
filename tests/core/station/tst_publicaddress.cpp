// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stationfixture.h"
#include "tests/support/tlsclient.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>
#include <QtEndian>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Where the world sees the station, and who comes through something in front of it.
class TestPublicAddress : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void linksForEverybodyAndAtHome();
    void belowAPathOfAnotherServer();
    void whatWasFoundOutStandsBack();
    void theProxyLineNamesTheListener();
    void theProxyHeaderInPieces();
    void theProxyHeaderBeforeTls();
    void aSourceThroughATunnel();
    void nobodyElseIsBelieved_data();
    void nobodyElseIsBelieved();

private:
    QByteArray get(const QByteArray &path, const QByteArray &host, const QByteArray &more = {});
    bool trusts(const QStringList &proxies);
    QStringList addressesListening();

    std::unique_ptr<StationFixture> m_station;
    QStringList m_joined;
};

static QByteArray proxyLine(const QByteArray &client)
{
    return "PROXY TCP4 " + client + " 192.168.1.20 56300 8001\r\n";
}

static QByteArray binaryProxyHeader(const QHostAddress &client)
{
    QByteArray bytes("\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c", 16);
    QByteArray four(4, '\0');
    qToBigEndian(client.toIPv4Address(), four.data());
    return bytes + four + QByteArray("\xc0\xa8\x01\x14\xdb\xec\x1f\x41", 8);
}

static RawSocket asking(int port, const QByteArray &bytes)
{
    RawSocket socket(port);
    socket.send(bytes);
    return socket;
}

void TestPublicAddress::init()
{
    m_station = std::make_unique<StationFixture>();
    m_station->addTrack(4000);
    m_station->settings.server.adminPassword = u"harbour-desk-7"_s;
    m_joined.clear();
    QVERIFY(m_station->start());
    connect(&m_station->control(), &StationControl::listenersChanged, this,
            [this](const ListenersUpdate &update) {
                for (const ListenerInfo &info : update.joined)
                    m_joined.append(info.address);
            });
    m_station->control().watchListeners(true);
}

void TestPublicAddress::cleanup()
{
    m_station.reset();
}

QByteArray TestPublicAddress::get(const QByteArray &path, const QByteArray &host, const QByteArray &more)
{
    return exchange(m_station->listenPort(),
                    "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n" + more + "\r\n");
}

bool TestPublicAddress::trusts(const QStringList &proxies)
{
    Settings changed = m_station->settings;
    changed.server.trustedProxies = proxies;
    return m_station->apply(changed);
}

void TestPublicAddress::linksForEverybodyAndAtHome()
{
    const QByteArray home = "127.0.0.1:" + QByteArray::number(m_station->listenPort());
    QSignalSpy addresses(&m_station->control(), &StationControl::addressesChanged);
    Settings changed = m_station->settings;
    changed.server.publicUrl = u"https://radio.example.org"_s;
    QVERIFY(m_station->apply(changed));
    QVERIFY(waitUntil([&] { return addresses.size() == 1; }));
    const auto told = addresses.first().first().value<StationAddresses>();
    QCOMPARE(told.publicStreamUrl, u"https://radio.example.org/stream"_s);
    QCOMPARE(told.publicPageUrl, u"https://radio.example.org/"_s);
    QVERIFY(told.streamUrl.contains(u"/stream"_s) && told.streamUrl.startsWith(u"http://"_s));
    const QByteArray link = "https://radio.example.org/stream";
    for (const char *path : {"/stream.m3u", "/stream.pls", "/stream.xspf", "/status-json.xsl"}) {
        QVERIFY2(bodyOf(get(path, "radio.example.org")).replace("\\/", "/").contains(link), path);
        QVERIFY2(bodyOf(get(path, "evil.example")).replace("\\/", "/").contains(link), path);
        const QByteArray atHome = bodyOf(get(path, home)).replace("\\/", "/");
        QVERIFY2(atHome.contains("http://" + home + "/stream") && !atHome.contains(link), atHome);
    }
    const QJsonObject status = QJsonDocument::fromJson(bodyOf(get("/api/status", home))).object();
    QCOMPARE(status.value(u"public_url"_s).toString(), u"https://radio.example.org"_s);
    // Its own absolute address is its own.
    QCOMPARE(statusOf(get("https://radio.example.org/api/status", "radio.example.org")), 200);
    QCOMPARE(statusOf(get("https://other.example.org/api/status", "radio.example.org")), 421);
}

void TestPublicAddress::belowAPathOfAnotherServer()
{
    Settings changed = m_station->settings;
    changed.server.publicUrl = u"https://example.org/radio/"_s;
    QVERIFY(m_station->apply(changed));
    QCOMPARE(m_station->control().settings().server.publicUrl, u"https://example.org/radio/"_s);
    // Taken off by that server, or not.
    for (const char *path : {"/stream.m3u", "/radio/stream.m3u"})
        QCOMPARE(bodyOf(get(path, "example.org")), QByteArray("https://example.org/radio/stream\r\n"));
    for (const char *path : {"/", "/radio", "/radio/"})
        QVERIFY2(bodyOf(get(path, "example.org")).contains("href=\"/radio/stream.m3u\""), path);
    QVERIFY(bodyOf(get("/", "127.0.0.1")).contains("href=\"stream.m3u\""));
    QCOMPARE(statusOf(get("/radio/api/status", "example.org")), 200);
    QCOMPARE(statusOf(get("/other/api/status", "example.org")), 404);
    StreamClient listener(
        asking(m_station->listenPort(), "GET /radio/stream HTTP/1.0\r\nHost: example.org\r\n\r\n"),
        {.path = {}});
    QVERIFY(waitUntil([&] { return listener.audioBytes() > 0; }));
}

void TestPublicAddress::whatWasFoundOutStandsBack()
{
    Outside outside;
    outside.publicUrl = u"http://203.0.113.7:8001"_s;
    outside.isReachable = true;
    m_station->control().setOutside(outside);
    QVERIFY(waitUntil([&] {
        return m_station->status().addresses.publicStreamUrl == u"http://203.0.113.7:8001/stream"_s;
    }));
    QCOMPARE(bodyOf(get("/stream.m3u", "203.0.113.7:8001")),
             QByteArray("http://203.0.113.7:8001/stream\r\n"));
    Settings changed = m_station->settings;
    changed.server.publicUrl = u"https://radio.example.org"_s;
    QVERIFY(m_station->apply(changed));
    QCOMPARE(bodyOf(get("/stream.m3u", "203.0.113.7:8001")),
             QByteArray("https://radio.example.org/stream\r\n"));
    m_station->control().setOutside({});
    changed.server.publicUrl.clear();
    QVERIFY(m_station->apply(changed));
    QVERIFY(waitUntil([&] { return m_station->status().addresses.publicStreamUrl.isEmpty(); }));
}

void TestPublicAddress::theProxyLineNamesTheListener()
{
    QVERIFY(trusts({u"127.0.0.1"_s}));
    for (const int port : {m_station->listenPort(), m_station->sourcePort()}) {
        m_joined.clear();
        StreamClient listener(asking(port, proxyLine("203.0.113.7") + "GET /stream HTTP/1.0\r\n\r\n"),
                              {.path = {}});
        QVERIFY(waitUntil([&] { return m_joined.contains(u"203.0.113.7"_s); }));
        QVERIFY(waitUntil([&] { return listener.audioBytes() > 0; }));
        QCOMPARE(listener.heard().fault(), QString());
    }
    // A stranger behind a trusted proxy is a stranger.
    const QByteArray login = basicAuth("admin", "harbour-desk-7");
    const QByteArray request = "GET /admin/stats HTTP/1.0\r\n" + login + "\r\n";
    QCOMPARE(statusOf(exchange(m_station->listenPort(), proxyLine("203.0.113.7") + request)), 403);
    QCOMPARE(statusOf(exchange(m_station->listenPort(), proxyLine("192.168.1.9") + request)), 200);
    // Nobody knows who that is.
    QCOMPARE(statusOf(exchange(m_station->listenPort(), "PROXY UNKNOWN\r\n" + request)), 403);
    const QByteArray bad = exchange(m_station->listenPort(), "PROXY TCP4 nobody nowhere 1 2\r\n" + request);
    QCOMPARE(statusOf(bad), 400);
    QVERIFY2(bodyOf(bad).contains("PROXY"), bad);
    // Without one everything is as it was.
    QCOMPARE(statusOf(get("/api/status", "a")), 200);
    QCOMPARE(statusOf(exchange(m_station->listenPort(), "P" + QByteArray("UT /x HTTP/1.0\r\n\r\n"))), 401);
}

void TestPublicAddress::theProxyHeaderInPieces()
{
    QVERIFY(trusts({u"127.0.0.0/8"_s}));
    const QByteArray header = binaryProxyHeader(QHostAddress(u"203.0.113.9"_s));
    RawSocket socket(m_station->listenPort());
    for (const char byte : header) {
        QVERIFY(socket.send(QByteArray(1, byte)));
        QVERIFY(socket.receive(5).isEmpty());
    }
    QVERIFY(socket.send("GET /stream HTTP/1.0\r\n\r\n"));
    QVERIFY(waitUntil([&] { return m_joined.contains(u"203.0.113.9"_s); }));
    QVERIFY(socket.receive(5'000).startsWith("HTTP/1.0 200"));
    // Half of one costs no processor while it waits, and ends in time.
    Settings changed = m_station->settings;
    changed.server.trustedProxies = QStringList{u"127.0.0.1"_s};
    changed.advanced.headerTimeout = 1.0;
    QVERIFY(m_station->apply(changed));
    RawSocket half(m_station->listenPort());
    QVERIFY(half.send(header.first(14)));
    QCOMPARE(statusOf(half.receiveAll(10'000)), 408);
}

void TestPublicAddress::theProxyHeaderBeforeTls()
{
    QTemporaryDir folder;
    QVERIFY(makeCertificate(folder.filePath(u"one.pem"_s), folder.filePath(u"one.key"_s), u"one"_s));
    Settings changed = m_station->settings;
    changed.server.trustedProxies = QStringList{u"127.0.0.1"_s};
    changed.server.tlsCertificate = folder.filePath(u"one.pem"_s);
    changed.server.tlsKey = folder.filePath(u"one.key"_s);
    QVERIFY(m_station->apply(changed));
    const QByteArray header = binaryProxyHeader(QHostAddress(u"203.0.113.11"_s));
    // In one packet with the handshake that follows: what comes back is the server's half of it.
    QVERIFY(waitUntil(
        [&] {
            RawSocket socket(m_station->listenPort());
            socket.send(header + clientHello());
            return socket.receive(3'000).startsWith("\x16\x03");
        },
        20'000));
    QSslSocket client;
    client.setPeerVerifyMode(QSslSocket::VerifyNone);
    client.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(m_station->listenPort()));
    QVERIFY(client.waitForConnected());
    client.write(header);
    QVERIFY(client.waitForBytesWritten());
    client.startClientEncryption();
    QVERIFY(waitUntil([&] { return client.isEncrypted(); }, 20'000));
    client.write("GET /stream HTTP/1.0\r\n\r\n");
    QVERIFY(waitUntil([&] { return m_joined.contains(u"203.0.113.11"_s); }));
}

void TestPublicAddress::aSourceThroughATunnel()
{
    QVERIFY(trusts({u"127.0.0.1"_s}));
    RawSocket source(m_station->sourcePort());
    QVERIFY(source.send(proxyLine("203.0.113.12") + "SOURCE /stream HTTP/1.0\r\n" +
                        basicAuth("source", "ocean-lamp-42") + "Content-Type: audio/mpeg\r\n\r\n"));
    QVERIFY(source.receive(5'000).startsWith("HTTP/1.0 200"));
    QVERIFY(source.send(stampedFrames(900, 400)));
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    QCOMPARE(m_station->status().source.address, u"203.0.113.12"_s);
}

void TestPublicAddress::nobodyElseIsBelieved_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("line") << proxyLine("203.0.113.7");
    QTest::newRow("binary") << binaryProxyHeader(QHostAddress(u"203.0.113.7"_s));
}

void TestPublicAddress::nobodyElseIsBelieved()
{
    QFETCH(const QByteArray, header);
    QVERIFY(trusts({u"192.0.2.1"_s}));
    for (const int port : {m_station->listenPort(), m_station->sourcePort()}) {
        const QByteArray answer = exchange(port, header + "GET /api/status HTTP/1.0\r\n\r\n");
        QCOMPARE(statusOf(answer), 400);
        QVERIFY2(bodyOf(answer).contains("server.trusted_proxies"), answer);
    }
}

QTEST_GUILESS_MAIN(TestPublicAddress)
#include "tst_publicaddress.moc"
