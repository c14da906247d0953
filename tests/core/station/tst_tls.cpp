// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stationfixture.h"
#include "tests/support/tlsclient.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// https beside http on both ports.
class TestTls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void pagesOverTls();
    void crowdBesidePlainListeners();
    void sourceOverTls();
    void changesOnTheAir();
    void withoutACertificateItSaysSo();
    void unfinishedHandshakesAreClosed();
    void brokenHandshakesHurtNobody();
    void resetsLeaveNobodyBehind();

private:
    bool withCertificate(const QString &certificate, const QString &key = {});

    QTemporaryDir m_folder;
    std::unique_ptr<StationFixture> m_station;
};

void TestTls::initTestCase()
{
    QVERIFY(makeCertificate(m_folder.filePath(u"one.pem"_s), m_folder.filePath(u"one.key"_s), u"one"_s));
    QVERIFY(makeCertificate(m_folder.filePath(u"two.pem"_s), m_folder.filePath(u"two.key"_s), u"two"_s,
                            {u"rsa:2048"_s}));
}

void TestTls::init()
{
    m_station = std::make_unique<StationFixture>();
    m_station->addTrack(4000);
    m_station->settings.advanced.headerTimeout = 1.5;
    m_station->settings.server.adminPassword = u"harbour-desk-7"_s;
    m_station->settings.server.tlsCertificate = m_folder.filePath(u"one.pem"_s);
    m_station->settings.server.tlsKey = m_folder.filePath(u"one.key"_s);
    QVERIFY(m_station->start());
    m_station->control().watchListeners(true);
}

void TestTls::cleanup()
{
    m_station.reset();
}

bool TestTls::withCertificate(const QString &certificate, const QString &key)
{
    Settings changed = m_station->settings;
    changed.server.tlsCertificate = certificate.isEmpty() ? QString() : m_folder.filePath(certificate);
    changed.server.tlsKey = key.isEmpty() ? QString() : m_folder.filePath(key);
    return m_station->apply(changed);
}

void TestTls::pagesOverTls()
{
    for (const int port : {m_station->listenPort(), m_station->sourcePort()}) {
        TlsClient client(port);
        client.send("GET /api/status HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(waitUntil([&] { return client.received().contains("\"listeners\""); }));
        // The same connection, a second request.
        client.send("GET /stream.m3u HTTP/1.1\r\nHost: radio:" + QByteArray::number(port) +
                    "\r\nConnection: close\r\n\r\n");
        QVERIFY(waitUntil([&] { return client.hasEnded(); }));
        QVERIFY2(client.received().endsWith("https://radio:" + QByteArray::number(m_station->listenPort()) +
                                            "/stream\r\n"),
                 client.received().right(200));
        QCOMPARE(statusOf(exchange(port, "GET /api/status HTTP/1.0\r\n\r\n")), 200);
    }
    // A page in one piece, larger than every buffer on its way.
    TlsClient page(m_station->listenPort());
    page.send("GET / HTTP/1.0\r\n\r\n");
    QVERIFY(waitUntil([&] { return page.hasEnded(); }));
    QCOMPARE(bodyOf(page.received()).size(), headerOf(page.received(), "Content-Length").toInt());
}

void TestTls::crowdBesidePlainListeners()
{
    std::vector<std::unique_ptr<StreamClient>> plain;
    for (int i = 0; i < 10; ++i)
        plain.push_back(std::make_unique<StreamClient>(m_station->listenPort()));
    std::vector<std::unique_ptr<TlsClient>> secure;
    for (int i = 0; i < 50; ++i) {
        secure.push_back(std::make_unique<TlsClient>(m_station->listenPort()));
        secure.back()->send("GET /stream HTTP/1.1\r\nHost: a\r\nUser-Agent: tls\r\n\r\n");
    }
    QVERIFY(waitUntil([&] { return m_station->listeners() == 60; }, 30'000));
    const auto enough = [](const auto &client) { return client->audio().size() > 130'000; };
    QVERIFY(waitUntil(
        [&] {
            return std::all_of(plain.begin(), plain.end(), enough) &&
                   std::all_of(secure.begin(), secure.end(), enough);
        },
        60'000));
    for (const auto &client : secure) {
        const StampedStream heard(client->audio());
        QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
        QCOMPARE(heard.sequenceFault({}), QString());
        QVERIFY(!client->hasEnded());
    }
    for (const auto &client : plain) {
        QVERIFY2(client->heard().fault().isEmpty(), qPrintable(client->heard().fault()));
        QCOMPARE(client->heard().sequenceFault({}), QString());
        QVERIFY(client->longestPauseNs() < 4'000'000'000);
    }
    // Who they are is known in spite of the pair of sockets between.
    TlsClient admin(m_station->listenPort());
    admin.send("GET /admin/listclients?mount=/stream HTTP/1.0\r\n" + basicAuth("admin", "harbour-desk-7") +
               "\r\n");
    QVERIFY(waitUntil([&] { return admin.hasEnded(); }));
    QCOMPARE(admin.received().count("<IP>127.0.0.1</IP>"), 60);
    QCOMPARE(admin.received().count("<UserAgent>tls</UserAgent>"), 50);
    secure.clear();
    QVERIFY(waitUntil([&] { return m_station->listeners() == 10; }));
}

void TestTls::sourceOverTls()
{
    StreamClient listener(m_station->listenPort());
    TlsClient source(m_station->sourcePort());
    source.send("PUT /stream HTTP/1.1\r\nHost: a\r\n" + basicAuth("source", "ocean-lamp-42") +
                "Content-Type: audio/mpeg\r\nExpect: 100-continue\r\n\r\n");
    QVERIFY(waitUntil([&] { return source.received().contains("100 Continue"); }));
    source.send(stampedFrames(900, 400));
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    QCOMPARE(m_station->status().source.address, u"127.0.0.1"_s);
    QVERIFY(waitUntil([&] { return listener.heard().count(900) >= 100; }, 20'000));
    QVERIFY2(listener.heard().fault().isEmpty(), qPrintable(listener.heard().fault()));
    source.hangUp();
    QVERIFY(waitUntil([&] { return !m_station->isLive(); }, 20'000));
    QVERIFY(!listener.hasEnded());
}

void TestTls::changesOnTheAir()
{
    TlsClient first(m_station->listenPort());
    first.send("GET /stream HTTP/1.0\r\n\r\n");
    QVERIFY(waitUntil([&] { return first.audio().size() > 0; }));
    QCOMPARE(first.certificateName(), u"one"_s);
    // What cannot be used changes nothing.
    QVERIFY(!withCertificate(u"nothing.pem"_s));
    QCOMPARE(m_station->rejected().constFirst().field, u"server.tls_certificate"_s);
    QVERIFY(m_station->rejected().constFirst().sentence.contains(u"nothing.pem"_s));
    QVERIFY(!withCertificate(u"two.pem"_s, u"one.key"_s));
    QCOMPARE(m_station->rejected().constFirst().field, u"server.tls_key"_s);
    TlsClient still(m_station->listenPort());
    still.send("GET /stream HTTP/1.0\r\n\r\n");
    QVERIFY(waitUntil([&] { return still.audio().size() > 0; }));
    QCOMPARE(still.certificateName(), u"one"_s);
    // A key that cannot be read any more is no reason to refuse anything else.
    QVERIFY(QFile::rename(m_folder.filePath(u"one.key"_s), m_folder.filePath(u"away.key"_s)));
    QSignalSpy applied(&m_station->control(), &StationControl::settingsApplied);
    Settings renamed = m_station->control().settings();
    renamed.metadata.stationName = u"Renamed"_s;
    QVERIFY(m_station->apply(renamed));
    const auto warnings = applied.constFirst().at(1).value<QList<SettingsProblem>>();
    QCOMPARE(warnings.size(), 1);
    QCOMPARE(warnings.constFirst().field, u"server.tls_key"_s);
    QVERIFY(warnings.constFirst().isWarning && warnings.constFirst().sentence.contains(u"one.key"_s));
    QCOMPARE(m_station->control().settings().metadata.stationName, u"Renamed"_s);
    TlsClient secure(m_station->listenPort());
    secure.send("GET /stream HTTP/1.0\r\n\r\n");
    QVERIFY(waitUntil([&] { return secure.audio().size() > 0; }));
    QCOMPARE(secure.certificateName(), u"one"_s);
    secure.hangUp();
    QVERIFY(QFile::rename(m_folder.filePath(u"away.key"_s), m_folder.filePath(u"one.key"_s)));
    // A new one is for newcomers.
    QVERIFY(withCertificate(u"two.pem"_s, u"two.key"_s));
    TlsClient second(m_station->listenPort());
    second.send("GET /stream HTTP/1.0\r\n\r\n");
    QVERIFY(waitUntil([&] { return second.audio().size() > 0; }));
    QCOMPARE(second.certificateName(), u"two"_s);
    // None: those who are connected stay.
    QVERIFY(withCertificate({}));
    TlsClient late(m_station->listenPort());
    QVERIFY(waitUntil([&] { return late.hasEnded(); }));
    for (TlsClient *client : {&first, &still, &second}) {
        const qsizetype before = client->audio().size();
        QVERIFY(waitUntil([&] { return client->audio().size() > before; }));
        QVERIFY(!client->hasEnded());
        QVERIFY(StampedStream(client->audio()).fault().isEmpty());
    }
}

void TestTls::withoutACertificateItSaysSo()
{
    QVERIFY(withCertificate({}));
    const QByteArray hello = clientHello();
    for (const int port : {m_station->listenPort(), m_station->sourcePort()}) {
        const QByteArray answer = exchange(port, hello);
        QCOMPARE(statusOf(answer), 400);
        QVERIFY2(bodyOf(answer).contains("https://") && bodyOf(answer).contains("server.tls_certificate"),
                 answer);
    }
}

void TestTls::unfinishedHandshakesAreClosed()
{
    StreamClient healthy(m_station->listenPort());
    std::vector<RawSocket> silent;
    for (int i = 0; i < 100; ++i) {
        silent.emplace_back(m_station->listenPort());
        QVERIFY(silent.back().send(clientHello().first(1 + i)));
    }
    QVERIFY(waitUntil([&] {
        return std::all_of(silent.begin(), silent.end(), [](RawSocket &socket) {
            socket.receive(0);
            return socket.atEnd();
        });
    }));
    const qint64 bytes = healthy.audioBytes();
    QVERIFY(waitUntil([&] { return healthy.audioBytes() > bytes; }));
    QVERIFY(healthy.longestPauseNs() < 4'000'000'000);
    QCOMPARE(healthy.heard().sequenceFault({}), QString());
}

void TestTls::brokenHandshakesHurtNobody()
{
    StreamClient healthy(m_station->listenPort());
    const QByteArray hello = clientHello();
    QRandomGenerator random(20260);
    for (int i = 0; i < 60; ++i) {
        QByteArray broken = hello;
        for (int change = 0; change < 1 + i % 7; ++change)
            broken[1 + random.bounded(broken.size() - 1)] = static_cast<char>(random.bounded(256));
        RawSocket socket(m_station->listenPort());
        QVERIFY(socket.send(broken + QByteArray(i % 5 * 3000, '\0')));
        socket.receive(5);
        if (i % 2)
            socket.reset();
    }
    TlsClient fine(m_station->listenPort());
    fine.send("GET /stream HTTP/1.0\r\n\r\n");
    QVERIFY(waitUntil([&] { return fine.audio().size() > 100'000; }));
    QCOMPARE(StampedStream(fine.audio()).sequenceFault({}), QString());
    QCOMPARE(healthy.heard().sequenceFault({}), QString());
}

void TestTls::resetsLeaveNobodyBehind()
{
    for (int i = 0; i < 20; ++i) {
        TlsClient client(m_station->listenPort());
        client.send("GET /stream HTTP/1.0\r\n\r\n");
        QVERIFY(waitUntil([&] { return client.audio().size() > 0; }));
        client.reset();
    }
    QVERIFY(waitUntil([&] { return m_station->left().size() == 20; }));
    QVERIFY(waitUntil([&] { return m_station->listeners() == 0; }));
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
