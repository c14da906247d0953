// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates from a real authority (pebble), which refuses a third of all nonces on purpose.
#include "core/acme/certifier.h"
#include "core/base/filewriter.h"
#include "core/station/threadedstation.h"
#include "tests/e2e/pebbleauthority.h"
#include "tests/support/fakeweb.h"
#include "tests/support/slack.h"
#include "tests/support/stationfixture.h"
#include "tests/support/tlsclient.h"

#include <QDir>
#include <QFileInfo>
#include <QSslCertificate>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

using State = HttpsStatus::State;

class TestAcme : public QObject
{
    Q_OBJECT

private slots:
    void aNameByHttp();
    void theOtherProofAfterARehearsal();
    void aBareAddress();
    void notProved();
    void aWrongClock();

private:
    /// A station whose certificates come from `authority`.
    std::unique_ptr<StationFixture> station(const Sandbox &sandbox);
    static QSslCertificate shownBy(int port);
};

std::unique_ptr<StationFixture> TestAcme::station(const Sandbox &sandbox)
{
    auto station = std::make_unique<StationFixture>([&sandbox](StationOptions &options) {
        options.certificateFolder = sandbox.path(u"state/https"_s);
        options.prepareCertifier = [](Certifier &certifier) { certifier.setProofDelay(100); };
    });
    station->addTrack(8000);
    station->settings.advanced.headerTimeout = 30; // this computer may be busy
    return station->start() ? std::move(station) : nullptr;
}

QSslCertificate TestAcme::shownBy(int port)
{
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, static_cast<quint16>(port), u"radio.example.org"_s);
    return waitUntil([&] { return socket.isEncrypted() || !socket.isOpen(); }, 5'000)
               ? socket.peerCertificate()
               : QSslCertificate();
}

static Settings withHttps(Settings settings, const QString &directory, const QString &rehearsal = {})
{
    settings.https.enabled = true;
    settings.https.name = u"radio.example.org"_s;
    settings.https.directory = directory;
    settings.https.rehearsal = rehearsal;
    return settings;
}

/// What Chromium makes of the page.
static QByteArray browse(const Sandbox &sandbox, const QString &page)
{
    return sandbox
        .run(u"chromium"_s,
             {u"--headless=new"_s, u"--no-sandbox"_s, u"--disable-gpu"_s, u"--no-first-run"_s,
              u"--disable-dev-shm-usage"_s, u"--disable-background-networking"_s,
              u"--host-resolver-rules=MAP radio.example.org 127.0.0.1"_s, u"--dump-dom"_s,
              u"--virtual-time-budget=3000"_s, u"--user-data-dir="_s + sandbox.path(u"chromium"_s), page},
             60'000)
        .output;
}

// And renewed, while fifty listen by it.
void TestAcme::aNameByHttp()
{
    const Sandbox sandbox;
    PebbleAuthority authority(sandbox);
    const auto own = station(sandbox);
    QVERIFY(own && authority.start(own->listenPort(), freePort()));
    QList<bool> portsWanted;
    connect(&own->control(), &StationControl::challengePortsWanted, this,
            [&portsWanted](bool areWanted) { portsWanted.append(areWanted); });
    QVERIFY(own->apply(withHttps(own->settings, authority.directory())));
    QVERIFY2(waitUntil([&] { return own->status().https.state == State::InForce; }, 60'000),
             qPrintable(own->status().https.words + own->status().https.detail));
    QCOMPARE(portsWanted, (QList<bool>{true, false}));
    const HttpsStatus https = own->status().https;
    QCOMPARE(https.name, u"radio.example.org"_s);
    QVERIFY(https.validUntil > QDateTime::currentDateTime() && https.nextAttempt < https.validUntil);
    const QString file = sandbox.path(u"state/https/certificate.pem"_s);
    for (const QString &path : {file, sandbox.path(u"state/https/account.key"_s)})
        QCOMPARE(QFileInfo(path).permissions() & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(waitUntil([&] { return !shownBy(own->listenPort()).isNull(); }, 30'000));
    const QSslCertificate first = shownBy(own->listenPort());
    QVERIFY(first.subjectAlternativeNames().values(QSsl::DnsEntry).contains(u"radio.example.org"_s));
    QVERIFY(first.issuerDisplayName().contains(u"Pebble"_s));
    // Whoever trusts the authority trusts the station, by its chain.
    QVERIFY(!authority.root().isEmpty());
    const QList<QSslCertificate> chain = QSslCertificate::fromPath(file);
    QVERIFY(chain.size() >= 2);
    sandbox.write(u"root.pem"_s, authority.root());
    const ProgramResult fetched =
        sandbox.run(u"curl"_s, {u"-sS"_s, u"--cacert"_s, sandbox.path(u"root.pem"_s), u"--resolve"_s,
                                u"radio.example.org:%1:127.0.0.1"_s.arg(own->listenPort()),
                                u"https://radio.example.org:%1/api/status"_s.arg(own->listenPort())});
    QVERIFY2(fetched.exitCode == 0 && fetched.output.contains("\"in force\""), fetched.errors);

    // A browser too, that has the root among those it trusts; without it, it shows a page of its own.
    const QString page = u"https://radio.example.org:%1/"_s.arg(own->listenPort());
    QVERIFY(!browse(sandbox, page).contains("Cycast Radio"));
    const QString trust = u"sql:"_s + sandbox.path(u"home/.pki/nssdb"_s);
    QVERIFY(QDir().mkpath(sandbox.path(u"home/.pki/nssdb"_s)));
    QCOMPARE(sandbox.run(u"certutil"_s, {u"-d"_s, trust, u"-N"_s, u"--empty-password"_s}).exitCode, 0);
    QCOMPARE(sandbox
                 .run(u"certutil"_s, {u"-d"_s, trust, u"-A"_s, u"-t"_s, u"C,,"_s, u"-n"_s, u"pebble"_s,
                                      u"-i"_s, sandbox.path(u"root.pem"_s)})
                 .exitCode,
             0);
    const QByteArray shown = browse(sandbox, page);
    QVERIFY2(shown.contains("Cycast Radio"), shown.left(2'000));

    const TlsCrowd crowd = tlsCrowd(own->listenPort(), 50);
    QCOMPARE(crowd.size(), size_t{50});
    own->control().getCertificate();
    QVERIFY(
        waitUntil([&] { return shownBy(own->listenPort()).serialNumber() != first.serialNumber(); }, 60'000));
    QVERIFY(allHearOn(crowd));
    for (const auto &client : crowd) {
        QVERIFY(!client->hasEnded());
        QCOMPARE(StampedStream(client->audio()).sequenceFault({}), QString());
    }
    // Off: nothing is shown any more, those who listen stay.
    Settings off = own->settings;
    off.https.enabled = false;
    QVERIFY(own->apply(off));
    QVERIFY(waitUntil([&] { return shownBy(own->listenPort()).isNull(); }, 20'000));
    QVERIFY(!crowd.front()->hasEnded());
}

// Port 80 leads nowhere, 443 does: that is found out where it costs nothing.
void TestAcme::theOtherProofAfterARehearsal()
{
    const Sandbox sandbox;
    PebbleAuthority authority(sandbox);
    const auto own = station(sandbox);
    QVERIFY(own && authority.start(freePort(), own->listenPort()));
    QStringList words;
    connect(&own->control(), &StationControl::statusChanged, this, [&words](const StationStatus &status) {
        if (words.isEmpty() || words.last() != status.https.words.english())
            words.append(status.https.words);
    });
    QVERIFY(own->apply(withHttps(own->settings, authority.directory(), authority.otherDirectory())));
    QVERIFY2(waitUntil([&] { return own->status().https.state == State::InForce; }, 90'000),
             qPrintable(words.join('\n'_L1)));
    QVERIFY2(!words.filter(u"rehearsal"_s).isEmpty() && !words.filter(u"port 443"_s).isEmpty(),
             qPrintable(words.join('\n'_L1)));
    QVERIFY(waitUntil([&] { return !shownBy(own->listenPort()).isNull(); }, 30'000));
    QVERIFY(shownBy(own->listenPort()).issuerDisplayName().contains(u"Pebble"_s));
}

void TestAcme::aBareAddress()
{
    const Sandbox sandbox;
    PebbleAuthority authority(sandbox);
    CertificateProof shown;
    FakeWeb door([&shown](const FakeWeb::Request &request) {
        const bool isIt = request.line.contains("/.well-known/acme-challenge/" + shown.token + ' ');
        return isIt ? "HTTP/1.1 200 OK\r\n\r\n" + shown.keyAuthorization : QByteArray();
    });
    QVERIFY(authority.start(door.serverPort(), freePort()));
    Certifier certifier(sandbox.path(u"state/https"_s));
    certifier.setProofDelay(0);
    connect(&certifier, &Certifier::proofChanged, this,
            [&shown](const CertificateProof &proof) { shown = proof; });
    certifier.follow({true, {true, u"127.0.0.1"_s}, authority.directory(), {}});
    QVERIFY2(waitUntil([&] { return certifier.status().state == State::InForce; }, 60'000),
             qPrintable(certifier.status().words + certifier.status().detail));
    QVERIFY(shown.isEmpty());
    FileWriter::shared().finish();
    const QList<QSslCertificate> chain =
        QSslCertificate::fromPath(sandbox.path(u"state/https/certificate.pem"_s));
    QVERIFY(!chain.isEmpty());
    QVERIFY(chain.first().subjectAlternativeNames().values(QSsl::IpAddressEntry).contains(u"127.0.0.1"_s));
    // The next run has it, and asks nobody.
    const int orders = authority.orders();
    Certifier again(sandbox.path(u"state/https"_s));
    QString file;
    connect(&again, &Certifier::certificateChanged, this, [&file](const QString &path) { file = path; });
    again.follow({true, {true, u"127.0.0.1"_s}, authority.directory(), {}});
    QCOMPARE(again.status().state, State::InForce);
    QCOMPARE(file, sandbox.path(u"state/https/certificate.pem"_s));
    QCOMPARE(authority.orders(), orders);
}

void TestAcme::notProved()
{
    const Sandbox sandbox;
    PebbleAuthority authority(sandbox);
    const auto own = station(sandbox);
    QVERIFY(own && authority.start(freePort(), freePort()));
    QVERIFY(own->apply(withHttps(own->settings, authority.directory())));
    QVERIFY(waitUntil([&] { return own->status().https.state == State::Failed; }, 60'000));
    const HttpsStatus https = own->status().https;
    QVERIFY2(https.words.contains(u"port 80 of radio.example.org"_s), qPrintable(https.words));
    QVERIFY(!https.detail.isEmpty());
    const qint64 pause = QDateTime::currentDateTime().secsTo(https.nextAttempt);
    QVERIFY2(pause > 3'500 && pause <= 3'600, qPrintable(QString::number(pause)));
    // Not again before that, not even by a restart.
    const int orders = authority.orders();
    FileWriter::shared().finish();
    Certifier again(sandbox.path(u"state/https"_s));
    again.follow({true, {false, u"radio.example.org"_s}, authority.directory(), {}});
    QCOMPARE(again.status().state, State::Failed);
    QTest::qWait(500);
    QCOMPARE(authority.orders(), orders);
    // Plain listeners never noticed.
    QCOMPARE(statusOf(exchange(own->listenPort(), "GET /api/status HTTP/1.0\r\n\r\n")), 200);
}

void TestAcme::aWrongClock()
{
    const Sandbox sandbox;
    PebbleAuthority authority(sandbox);
    QVERIFY(authority.start(freePort(), freePort()));
    Certifier certifier(sandbox.path(u"state/https"_s));
    certifier.setClock([] { return QDateTime::currentDateTimeUtc().addDays(-400); });
    certifier.follow({true, {false, u"radio.example.org"_s}, authority.directory(), {}});
    QVERIFY(waitUntil([&] { return certifier.status().state == State::Failed; }, 30'000));
    QVERIFY2(certifier.status().words.contains(u"clock of this computer is wrong by about 9600 hours"_s) ||
                 certifier.status().words.contains(u"clock of this computer is wrong by about 9599 hours"_s),
             qPrintable(certifier.status().words));
    QCOMPARE(authority.orders(), 0);
}

QTEST_GUILESS_MAIN(TestAcme)
#include "tst_acme.moc"
