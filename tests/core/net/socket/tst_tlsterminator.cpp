// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlsterminator.h"

#include "tests/support/slack.h"
#include "tests/support/tlsclient.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Certificates, and the tunnel between TLS and plain bytes by itself.
class TestTlsTerminator : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsCertificates_data();
    void readsCertificates();
    void stalledClientIsBounded();
    void pushedBytesAreHeldBack();
    void endsWithItsConnections();

private:
    QTemporaryDir m_folder;
};

void TestTlsTerminator::initTestCase()
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

void TestTlsTerminator::readsCertificates_data()
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

void TestTlsTerminator::readsCertificates()
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
        QObject::connect(&terminator, &TlsTerminator::handshakeEnded, &terminator,
                         [this](quint64 ticket, native::Socket end) { near = ticket == 7 ? end : near; });
        terminator.take(tcp, 7, 10'000);
        return waitUntil([this] { return client->isEncrypted() && near != native::invalidSocket; });
    }
    ~Tunnel()
    {
        if (near != native::invalidSocket)
            native::close(near);
    }
};

} // namespace

void TestTlsTerminator::stalledClientIsBounded()
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

void TestTlsTerminator::pushedBytesAreHeldBack()
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

void TestTlsTerminator::endsWithItsConnections()
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

QTEST_GUILESS_MAIN(TestTlsTerminator)
#include "tst_tlsterminator.moc"
