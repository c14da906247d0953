// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/tlsterminator.h"
#include "tests/support/stationfixture.h"
#include "tests/support/tlsclient.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTcpServer>
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
    void readsCertificates_data();
    void readsCertificates();
    void pagesOverTls();
    void crowdBesidePlainListeners();
    void sourceOverTls();
    void changesOnTheAir();
    void withoutACertificateItSaysSo();
    void unfinishedHandshakesAreClosed();
    void brokenHandshakesHurtNobody();
    void resetsLeaveNobodyBehind();
    void stalledClientIsBounded();
    void pushedBytesAreHeldBack();
    void endsWithItsConnections();

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
    const auto read = [this](const QString &name) {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const auto write = [this](const QString &name, const QByteArray &bytes) {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    };
    write(u"both.pem"_s, read(u"one.key"_s) + read(u"one.pem"_s));
    write(u"chain.pem"_s, read(u"one.pem"_s) + read(u"two.pem"_s));
    write(u"empty.pem"_s, {});
    write(u"noise.pem"_s, QByteArray(5000, '\xd8'));
    write(u"cut.pem"_s, read(u"one.pem"_s).first(200));
    write(u"locked.key"_s,
          "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n");
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

void TestTls::readsCertificates_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("length"); ///< of the chain; 0: refused
    QTest::addColumn<bool>("isAboutKey");
    const auto row = [](const char *name, const QString &certificate, const QString &key, int length,
                        bool isAboutKey = false) {
        QTest::newRow(name) << certificate << key << length << isAboutKey;
    };
    row("elliptic", u"one.pem"_s, u"one.key"_s, 1);
    row("rsa", u"two.pem"_s, u"two.key"_s, 1);
    row("one file", u"both.pem"_s, {}, 1);
    row("chain", u"chain.pem"_s, u"one.key"_s, 2);
    row("missing", u"nothing.pem"_s, u"one.key"_s, 0);
    row("missing key", u"one.pem"_s, u"nothing.key"_s, 0, true);
    row("no key in it", u"one.pem"_s, {}, 0, true);
    row("key of another kind", u"one.pem"_s, u"two.key"_s, 0, true);
    row("certificate of another", u"two.pem"_s, u"one.key"_s, 0, true);
    row("empty", u"empty.pem"_s, u"one.key"_s, 0);
    row("empty key", u"one.pem"_s, u"empty.pem"_s, 0, true);
    row("noise", u"noise.pem"_s, u"one.key"_s, 0);
    row("noise as key", u"one.pem"_s, u"noise.pem"_s, 0, true);
    row("cut", u"cut.pem"_s, u"one.key"_s, 0);
    row("folder", u"."_s, u"one.key"_s, 0);
    row("locked", u"one.pem"_s, u"locked.key"_s, 0, true);
    row("certificate as key", u"one.pem"_s, u"one.pem"_s, 0, true);
}

void TestTls::readsCertificates()
{
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(int, length);
    const auto identity =
        loadTlsIdentity(m_folder.filePath(certificate), key.isEmpty() ? QString() : m_folder.filePath(key));
    QCOMPARE(identity ? identity->chain.size() : 0, length);
    if (!identity) {
        QTEST(identity.error().isAboutKey, "isAboutKey");
        QVERIFY2(identity.error().sentence.contains(m_folder.path()), qPrintable(identity.error().sentence));
        return;
    }
    const QDateTime until = identity->chain.constFirst().expiryDate();
    QCOMPARE(expiryWarning(*identity, until.addDays(-20)).isEmpty(), true);
    QVERIFY(expiryWarning(*identity, until.addDays(-3)).contains(u"renew"_s));
    QVERIFY(expiryWarning(*identity, until.addDays(1)).contains(u"expired"_s));
    QVERIFY(expiryWarning(*identity, identity->chain.constFirst().effectiveDate().addDays(-1))
                .contains(u"clock"_s));
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

namespace
{

/// A terminator of its own between a TLS client and the near end of a pair.
struct Tunnel {
    TlsTerminator terminator;
    QTcpServer server;
    std::unique_ptr<TlsClient> client;
    native::Socket near = native::invalidSocket;

    bool open(const QTemporaryDir &folder)
    {
        const auto identity = loadTlsIdentity(folder.filePath(u"both.pem"_s), {});
        if (!identity || !server.listen(QHostAddress::LocalHost))
            return false;
        terminator.setIdentity(*identity);
        client = std::make_unique<TlsClient>(server.serverPort());
        if (!server.waitForNewConnection(5000))
            return false;
        const std::unique_ptr<QTcpSocket> accepted(server.nextPendingConnection());
        const native::Socket tcp = native::duplicate(accepted->socketDescriptor());
        accepted->setSocketDescriptor(-1);
        near = terminator.take(tcp);
        return near != native::invalidSocket && waitUntil([this] { return client->isEncrypted(); });
    }
    ~Tunnel()
    {
        if (near != native::invalidSocket)
            native::close(near);
    }
};

} // namespace

void TestTls::stalledClientIsBounded()
{
    Tunnel tunnel;
    QVERIFY(tunnel.open(m_folder));
    tunnel.client->setReading(false);
    native::prepareForStreaming(tunnel.near, 65'536);
    const QByteArray piece(16'384, 'x');
    qint64 accepted = 0;
    QElapsedTimer still;
    still.start();
    // Until nothing has been taken for a while.
    QVERIFY(waitUntil(
        [&] {
            const qint64 sent = native::send(tunnel.near, piece);
            if (sent > 0) {
                accepted += sent;
                still.restart();
            }
            return still.elapsed() > 1500 || accepted > 20'000'000;
        },
        30'000));
    // The pair, what waits in here, and the kernel's buffers of both ends.
    QVERIFY2(accepted < 8'000'000, QByteArray::number(accepted));
    tunnel.client->setReading(true);
    QVERIFY(waitUntil([&] { return tunnel.client->received().size() == accepted; }, 20'000));
    QCOMPARE(tunnel.client->received(), QByteArray(accepted, 'x'));
    // And goes on.
    QVERIFY(native::send(tunnel.near, "on") == 2);
    QVERIFY(waitUntil([&] { return tunnel.client->received().endsWith("on"); }));
}

void TestTls::pushedBytesAreHeldBack()
{
    Tunnel tunnel;
    QVERIFY(tunnel.open(m_folder));
    QByteArray pushed;
    for (int i = 0; i < 1'000'000; ++i)
        pushed += static_cast<char>(i * 7 + i / 251);
    for (int i = 0; i < 12; ++i)
        tunnel.client->send(pushed);
    const qint64 all = 12 * pushed.size();
    // Nobody reads at the near end: most of it stays with the client.
    qint64 waiting = all;
    QElapsedTimer still;
    still.start();
    QVERIFY(waitUntil(
        [&] {
            if (const qint64 now = tunnel.client->bytesToWrite(); now != waiting) {
                waiting = now;
                still.restart();
            }
            return still.elapsed() > 1500;
        },
        30'000));
    QVERIFY2(waiting > all / 4, QByteArray::number(waiting));
    tunnel.client->hangUp(); // after everything has been sent
    QByteArray got;
    std::array<char, 65'536> buffer;
    QVERIFY(waitUntil(
        [&] {
            qint64 read = 0;
            while ((read = native::receive(tunnel.near, buffer.data(), buffer.size())) > 0)
                got.append(buffer.data(), read);
            return read == 0;
        },
        30'000));
    QCOMPARE(got.size(), all);
    QVERIFY(got == pushed.repeated(12));
}

void TestTls::endsWithItsConnections()
{
    for (int i = 0; i < 10; ++i) {
        Tunnel tunnel;
        QVERIFY(tunnel.open(m_folder));
        if (i % 2) {
            QCOMPARE(native::send(tunnel.near, "last words"), 10);
            native::close(std::exchange(tunnel.near, native::invalidSocket));
            QVERIFY(waitUntil([&] { return tunnel.client->hasEnded(); }));
            QCOMPARE(tunnel.client->received(), QByteArray("last words"));
        }
    }
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
