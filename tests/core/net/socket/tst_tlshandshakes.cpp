// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlshandshakes.h"

#include "core/net/socket/tlsconnection.h"
#include "core/net/socket/tlscontext.h"

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

/// Connections that come back protected, and what they do with peers that stand still.
class TestTlsHandshakes : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void whoStandsStillHasToGo();
    void whoHangsUpIsGoneAtOnce();
    void whoIsInTheWayIsGivenUp();
    void stalledClientIsBounded();
    void pushedBytesAreHeldBack();
    void endsWithItsConnections();

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const TlsContext> m_context;
};

void TestTlsHandshakes::initTestCase()
{
    QVERIFY(makeCertificate(m_folder.filePath(u"one.pem"_s), m_folder.filePath(u"one.key"_s), u"one"_s));
    const auto identity = loadTlsIdentity(m_folder.filePath(u"one.pem"_s), m_folder.filePath(u"one.key"_s));
    QVERIFY(identity);
    const auto context = TlsContext::make({*identity});
    QVERIFY2(context, qPrintable(context ? QString() : context.error()));
    m_context = *context;
}

namespace
{

/// A TLS client, and our end of its connection after the handshake.
struct Connected {
    TlsHandshakes handshakes;
    QTcpServer server;
    std::unique_ptr<TlsClient> client;
    Transport near;

    /// False: what the client sends is no handshake, or it never ends.
    bool open(const std::shared_ptr<const TlsContext> &context)
    {
        client = server.listen(QHostAddress::LocalHost) ? std::make_unique<TlsClient>(server.serverPort())
                                                        : nullptr;
        return client && take(context) &&
               waitUntil([this] { return client->isEncrypted() && near.isOpen(); });
    }
    /// The next one who comes to the server.
    bool take(const std::shared_ptr<const TlsContext> &context, int patienceMs = 10'000)
    {
        if (!server.waitForNewConnection(5000))
            return false;
        const std::unique_ptr<QTcpSocket> accepted(server.nextPendingConnection());
        const native::Socket tcp = native::duplicate(accepted->socketDescriptor());
        accepted->setSocketDescriptor(-1);
        native::prepare(tcp);
        handshakes.setContext(context);
        handshakes.setHandler([this](quint64 ticket, Transport transport) {
            ended += 1;
            if (ticket == 7)
                near = std::move(transport);
        });
        handshakes.accept(Transport(tcp), 7, patienceMs);
        return true;
    }
    int ended = 0;
};

} // namespace

void TestTlsHandshakes::whoStandsStillHasToGo()
{
    Connected link;
    QVERIFY(link.server.listen(QHostAddress::LocalHost));
    QTcpSocket half;
    half.connectToHost(QHostAddress::LocalHost, link.server.serverPort());
    QVERIFY(half.waitForConnected(5000));
    half.write(clientHello().first(40));
    QElapsedTimer clock;
    clock.start();
    QVERIFY(link.take(m_context, 600));
    QVERIFY(waitUntil([&] { return link.ended == 1; }));
    QVERIFY(!link.near.isOpen());
    QVERIFY2(clock.elapsed() >= 600, QByteArray::number(clock.elapsed()));
    QVERIFY(waitUntil([&] { return half.state() == QAbstractSocket::UnconnectedState; }));
    QVERIFY(link.handshakes.hasRoom());
}

void TestTlsHandshakes::whoHangsUpIsGoneAtOnce()
{
    Connected link;
    QVERIFY(link.server.listen(QHostAddress::LocalHost));
    QTcpSocket half;
    half.connectToHost(QHostAddress::LocalHost, link.server.serverPort());
    QVERIFY(half.waitForConnected(5000));
    half.write(clientHello().first(40));
    QVERIFY(link.take(m_context, 3'600'000));
    half.disconnectFromHost();
    QVERIFY(waitUntil([&] { return link.ended == 1; }));
    QVERIFY(!link.near.isOpen());
}

void TestTlsHandshakes::whoIsInTheWayIsGivenUp()
{
    Connected link;
    QVERIFY(link.server.listen(QHostAddress::LocalHost));
    QTcpSocket half;
    half.connectToHost(QHostAddress::LocalHost, link.server.serverPort());
    QVERIFY(half.waitForConnected(5000));
    half.write(clientHello().first(40));
    QVERIFY(link.take(m_context, 3'600'000));
    link.handshakes.giveUp(6); // nobody
    link.handshakes.giveUp(7);
    QVERIFY(waitUntil([&] { return link.ended == 1; }));
    QVERIFY(!link.near.isOpen());
    QVERIFY(waitUntil([&] { return half.state() == QAbstractSocket::UnconnectedState; }));
}

void TestTlsHandshakes::stalledClientIsBounded()
{
    Connected link;
    QVERIFY(link.open(m_context));
    link.client->setReading(false);
    native::prepareForStreaming(link.near.descriptor(), 65'536);
    const QByteArray piece(16'384, 'x');
    qint64 accepted = 0;
    QElapsedTimer still;
    still.start();
    // Until nothing has been taken for a while.
    QVERIFY(waitUntil(
        [&] {
            const qint64 sent = link.near.send(piece);
            if (sent > 0) {
                accepted += sent;
                still.restart();
            }
            return still.elapsed() > 1500 || accepted > 20'000'000;
        },
        30'000));
    // A record that waits in here, and the kernel's buffers of both ends.
    QVERIFY2(accepted < 8'000'000, QByteArray::number(accepted));
    link.client->setReading(true);
    QVERIFY(waitUntil([&] { return link.near.flush() == 0 && link.client->received().size() == accepted; },
                      20'000));
    QCOMPARE(link.client->received(), QByteArray(accepted, 'x'));
    // And goes on.
    QVERIFY(link.near.send("on") == 2);
    QVERIFY(waitUntil([&] { return link.client->received().endsWith("on"); }));
}

void TestTlsHandshakes::pushedBytesAreHeldBack()
{
    Connected link;
    QVERIFY(link.open(m_context));
    QByteArray pushed;
    for (int i = 0; i < 1'000'000; ++i)
        pushed += static_cast<char>(i * 7 + i / 251);
    for (int i = 0; i < 12; ++i)
        link.client->send(pushed);
    const qint64 all = 12 * pushed.size();
    // Nobody reads at the near end: most of it stays with the client.
    qint64 waiting = all;
    QElapsedTimer still;
    still.start();
    QVERIFY(waitUntil(
        [&] {
            if (const qint64 now = link.client->bytesToWrite(); now != waiting) {
                waiting = now;
                still.restart();
            }
            return still.elapsed() > 1500;
        },
        30'000));
    QVERIFY2(waiting > all / 4, QByteArray::number(waiting));
    link.client->hangUp(); // after everything has been sent
    QByteArray got;
    std::array<char, 65'536> buffer;
    QVERIFY(waitUntil(
        [&] {
            qint64 read = 0;
            while ((read = link.near.receive(buffer.data(), buffer.size())) > 0)
                got.append(buffer.data(), read);
            return read == 0;
        },
        30'000));
    QCOMPARE(got.size(), all);
    QVERIFY(got == pushed.repeated(12));
}

void TestTlsHandshakes::endsWithItsConnections()
{
    for (int i = 0; i < 10; ++i) {
        Connected link;
        QVERIFY(link.open(m_context));
        if (i % 2) {
            QCOMPARE(link.near.send("last words"), 10);
            link.near.close();
            QVERIFY(waitUntil([&] { return link.client->hasEnded(); }));
            QCOMPARE(link.client->received(), QByteArray("last words"));
        }
    }
}

QTEST_GUILESS_MAIN(TestTlsHandshakes)
#include "tst_tlshandshakes.moc"
