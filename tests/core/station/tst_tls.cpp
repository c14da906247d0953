// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stationfixture.h"
#include "tests/support/tlsclient.h"

#include <QProcess>
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
    void renewalUnderACrowd();
    void aKeyOfAnotherKindBesideIt();
    void aDiskThatComesLater();
    void withoutACertificateItSaysSo();
    void unfinishedHandshakesAreClosed();
    void brokenHandshakesHurtNobody();
    void resetsLeaveNobodyBehind();

private:
    bool withCertificate(const QString &certificate, const QString &key = {});
    bool isWarnedOf(const QString &field, const QString &file) const;
    /// By the certificate that a newcomer is shown.
    QString nameShown();

    QTemporaryDir m_folder;
    std::unique_ptr<StationFixture> m_station;
    QList<SettingsProblem> m_warnings; ///< of the settings in force
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
    m_station->settings.advanced.headerTimeout = 30; // this computer may be busy
    m_station->settings.server.adminPassword = u"harbour-desk-7"_s;
    m_station->settings.server.tlsCertificate = m_folder.filePath(u"one.pem"_s);
    m_station->settings.server.tlsKey = m_folder.filePath(u"one.key"_s);
    m_warnings.clear();
    QVERIFY(m_station->start());
    connect(&m_station->control(), &StationControl::settingsApplied, this,
            [this](const Settings &, const QList<SettingsProblem> &warnings) { m_warnings = warnings; });
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

bool TestTls::isWarnedOf(const QString &field, const QString &file) const
{
    return std::any_of(m_warnings.cbegin(), m_warnings.cend(), [&](const SettingsProblem &each) {
        return each.field == field && each.isWarning && each.sentence.contains(file);
    });
}

QString TestTls::nameShown()
{
    TlsClient client(m_station->listenPort());
    client.send("GET /api/status HTTP/1.0\r\n\r\n");
    return waitUntil([&] { return client.hasEnded(); }) ? client.certificateName() : QString();
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
    // What cannot be used is told, and changes nothing; other settings are nobody's hostage.
    QVERIFY(withCertificate(u"nothing.pem"_s));
    QVERIFY(waitUntil([&] { return isWarnedOf(u"server.tls_certificate"_s, u"nothing.pem"_s); }));
    QVERIFY(withCertificate(u"two.pem"_s, u"one.key"_s));
    QVERIFY(waitUntil([&] { return isWarnedOf(u"server.tls_key"_s, u"one.key"_s); }));
    Settings renamed = m_station->control().settings();
    renamed.metadata.stationName = u"Renamed"_s;
    QVERIFY(m_station->apply(renamed));
    QCOMPARE(m_station->control().settings().metadata.stationName, u"Renamed"_s);
    QVERIFY(isWarnedOf(u"server.tls_key"_s, u"one.key"_s)); // still
    QCOMPARE(nameShown(), u"one"_s);
    // A new one is for newcomers, and takes the warning away.
    QVERIFY(withCertificate(u"two.pem"_s, u"two.key"_s));
    QVERIFY(waitUntil([&] { return m_warnings.isEmpty(); }));
    TlsClient second(m_station->listenPort());
    second.send("GET /stream HTTP/1.0\r\n\r\n");
    QVERIFY(waitUntil([&] { return second.audio().size() > 0; }));
    QCOMPARE(second.certificateName(), u"two"_s);
    // None: those who are connected stay.
    QVERIFY(withCertificate({}));
    TlsClient late(m_station->listenPort());
    QVERIFY(waitUntil([&] { return late.hasEnded(); }));
    for (TlsClient *client : {&first, &second}) {
        const qsizetype before = client->audio().size();
        QVERIFY(waitUntil([&] { return client->audio().size() > before; }));
        QVERIFY(!client->hasEnded());
        QVERIFY(StampedStream(client->audio()).fault().isEmpty());
    }
}

void TestTls::renewalUnderACrowd()
{
    for (const auto *name : {u"live.pem", u"live.key"}) {
        const QString to = m_folder.filePath(QString::fromUtf16(name));
        QFile::remove(to);
        QVERIFY(QFile::copy(m_folder.filePath(to.endsWith("pem"_L1) ? u"one.pem"_s : u"one.key"_s), to));
    }
    QVERIFY(withCertificate(u"live.pem"_s, u"live.key"_s));
    const TlsCrowd crowd = tlsCrowd(m_station->listenPort(), 200);
    QCOMPARE(crowd.size(), size_t{200});
    // The certificate first, its key later, as programs that renew do; nobody says a word.
    const auto replace = [this](const QString &from, const QString &to) {
        const QString fresh = m_folder.filePath(u"fresh"_s);
        return QFile::copy(m_folder.filePath(from), fresh) &&
               ::rename(QFile::encodeName(fresh).constData(),
                        QFile::encodeName(m_folder.filePath(to)).constData()) == 0;
    };
    QVERIFY(replace(u"two.pem"_s, u"live.pem"_s));
    QVERIFY(replace(u"two.key"_s, u"live.key"_s));
    QVERIFY(waitUntil([&] { return nameShown() == u"two"_s; }, 30'000));
    QVERIFY(m_warnings.isEmpty());
    for (const auto &client : crowd)
        QVERIFY(!client->hasEnded());
    QVERIFY(m_station->left().isEmpty() || m_station->listeners() == 200);
    QVERIFY(allHearOn(crowd));
    for (const auto &client : crowd) {
        QCOMPARE(client->certificateName(), u"one"_s);
        QCOMPARE(StampedStream(client->audio()).fault(), QString());
    }
}

void TestTls::aKeyOfAnotherKindBesideIt()
{
    Settings both = m_station->settings;
    both.server.tlsSecondCertificate = m_folder.filePath(u"two.pem"_s);
    both.server.tlsSecondKey = m_folder.filePath(u"two.key"_s);
    QVERIFY(m_station->apply(both));
    const auto shownTo = [this](const QString &algorithms) {
        QProcess openssl;
        openssl.start(u"openssl"_s,
                      {u"s_client"_s, u"-connect"_s, u"127.0.0.1:%1"_s.arg(m_station->listenPort()),
                       u"-sigalgs"_s, algorithms});
        openssl.closeWriteChannel();
        if (!openssl.waitForFinished(20'000))
            return QByteArray();
        const QByteArray said = openssl.readAllStandardOutput();
        return said.contains("CN = two")   ? QByteArray("two")
               : said.contains("CN = one") ? QByteArray("one")
                                           : said;
    };
    QVERIFY(waitUntil([&] { return shownTo(u"rsa_pss_rsae_sha256"_s) == "two"; }));
    QCOMPARE(shownTo(u"ecdsa_secp256r1_sha256"_s), QByteArray("one"));
    QCOMPARE(nameShown(), u"one"_s); // the quick one for whoever knows both
    // The second one cannot be read: a warning, and both stay.
    both.server.tlsSecondKey = m_folder.filePath(u"one.key"_s);
    QVERIFY(m_station->apply(both));
    QVERIFY(waitUntil([&] { return isWarnedOf(u"server.tls_second_key"_s, u"one.key"_s); }));
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

void TestTls::aDiskThatComesLater()
{
    const QString later = m_folder.filePath(u"later.pem"_s);
    StationFixture station;
    station.addTrack(4000);
    station.settings.server.tlsCertificate = later;
    QVERIFY(station.start());
    QCOMPARE(statusOf(exchange(station.listenPort(), clientHello())), 400);
    QFile one(m_folder.filePath(u"one.pem"_s));
    QFile key(m_folder.filePath(u"one.key"_s));
    QFile both(later);
    QVERIFY(one.open(QIODevice::ReadOnly) && key.open(QIODevice::ReadOnly) &&
            both.open(QIODevice::WriteOnly));
    QVERIFY(both.write(one.readAll() + key.readAll()) > 0);
    both.close();
    QVERIFY(waitUntil(
        [&] {
            TlsClient client(station.listenPort());
            return waitUntil([&] { return client.isEncrypted() || client.hasEnded(); }) &&
                   client.isEncrypted();
        },
        30'000));
    QFile::remove(later);
}

void TestTls::unfinishedHandshakesAreClosed()
{
    m_station->settings.advanced.headerTimeout = 1.5;
    QVERIFY(m_station->apply(m_station->settings));
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
