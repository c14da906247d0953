// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/lobby.h"

#include "core/base/monotonic.h"
#include "tests/support/socketpair.h"

#include <QTest>

#include <array>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

/// Who waits for a request or an answer, by the ends of socket pairs.
class TestLobby : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void promptRequestsNeedNoPlace();
    void oldestOfAnAddressGoes();
    void oldestOfAllGoes();
    void trustedProxiesHaveNoLimit();
    void nextRequestWaitsForTheAnswer();
    void answerHasItsTime();
    void bodiesAreShared();
    void heldOnesAreGivenBackOrGone();
    void heldOnesAreNotPushedOut();
    void uploadsAreReadAway();

private:
    /// The far end of somebody who has connected.
    Transport connectFrom(const QString &address);
    QByteArray receive(Transport &transport, int timeoutMs = 2000);
    bool isClosed(Transport &transport, int timeoutMs = 0);

    QList<QByteArray> m_asked;
    HttpResponse m_response;
    std::function<void(Arrival &&)> m_handler;
    std::unique_ptr<Lobby> m_lobby;
};

void TestLobby::init()
{
    m_asked.clear();
    m_response = HttpResponse::text(200, "fine");
    m_handler = [this](Arrival &&arrival) { m_lobby->answer(std::move(arrival), m_response); };
    m_lobby = std::make_unique<Lobby>([this](Arrival &&arrival) {
        m_asked.append(arrival.request.path);
        m_handler(std::move(arrival));
    });
}

Transport TestLobby::connectFrom(const QString &address)
{
    native::Socket near = native::invalidSocket;
    native::Socket far = native::invalidSocket;
    if (!test::makePair(near, far))
        qFatal("No descriptors left.");
    native::prepareForStreaming(near, 65'536);
    m_lobby->admit(near, QHostAddress(address), 8001);
    return Transport(far);
}

QByteArray TestLobby::receive(Transport &transport, int timeoutMs)
{
    QByteArray got;
    std::array<char, 65'536> buffer;
    (void)QTest::qWaitFor(
        [&] {
            const qint64 read = transport.receive(buffer.data(), buffer.size());
            if (read > 0)
                got.append(buffer.data(), read);
            return read == 0 || read == native::peerGone || got.contains("fine");
        },
        timeoutMs);
    return got;
}

bool TestLobby::isClosed(Transport &transport, int timeoutMs)
{
    const auto hasEnded = [&] {
        std::array<char, 65'536> buffer;
        const qint64 got = transport.receive(buffer.data(), buffer.size());
        return got == 0 || got == native::peerGone;
    };
    return timeoutMs == 0 ? hasEnded() : QTest::qWaitFor(hasEnded, timeoutMs);
}

void TestLobby::promptRequestsNeedNoPlace()
{
    Transport client = connectFrom(u"192.0.2.1"_s);
    QCOMPARE(m_lobby->count(), 1);
    QVERIFY(client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") > 0);
    QVERIFY(receive(client).contains("fine"));
    QVERIFY(QTest::qWaitFor([&] { return m_lobby->count() == 0; }, 2000));
    QVERIFY(isClosed(client));
    QCOMPARE(m_asked, QList<QByteArray>{"/a"});
}

void TestLobby::oldestOfAnAddressGoes()
{
    m_lobby->setOptions({.maxConnectionsPerAddress = 4});
    std::vector<Transport> silent;
    for (int i = 0; i < 10; ++i) // one network of IPv6 is one address
        silent.push_back(connectFrom(u"2001:db8:1:2::%1"_s.arg(i + 1)));
    Transport other = connectFrom(u"192.0.2.1"_s);
    QCOMPARE(m_lobby->count(), 5);
    QCOMPARE(m_lobby->countFrom(QHostAddress(u"2001:db8:1:2::99"_s)), 4);
    for (size_t i = 0; i < silent.size(); ++i)
        QCOMPARE(isClosed(silent[i]), i < 6);
    QVERIFY(!isClosed(other));
}

void TestLobby::oldestOfAllGoes()
{
    m_lobby->setOptions({.maxConnections = 5, .maxConnectionsPerAddress = 0});
    std::vector<Transport> silent;
    for (int i = 0; i < 20; ++i)
        silent.push_back(connectFrom(u"192.0.2.%1"_s.arg(i + 1)));
    QCOMPARE(m_lobby->count(), 5);
    QVERIFY(isClosed(silent[14]) && !isClosed(silent[15]));
    // A byte now and then makes nobody younger.
    QCOMPARE(silent[15].send("G"), 1);
    QTest::qWait(0);
    silent.push_back(connectFrom(u"192.0.2.100"_s));
    QVERIFY(isClosed(silent[15], 1000));
    // And who asks at once is served, however full it is.
    Transport prompt = connectFrom(u"192.0.2.101"_s);
    prompt.send("GET /a HTTP/1.0\r\n\r\n");
    QVERIFY(receive(prompt).contains("fine"));
}

void TestLobby::trustedProxiesHaveNoLimit()
{
    m_lobby->setOptions({.maxConnectionsPerAddress = 2, .trustedProxies = AddressSet({u"192.0.2.1"_s})});
    std::vector<Transport> silent;
    for (int i = 0; i < 10; ++i)
        silent.push_back(connectFrom(u"192.0.2.1"_s));
    QCOMPARE(m_lobby->count(), 10);
}

void TestLobby::nextRequestWaitsForTheAnswer()
{
    m_response.body = QByteArray(2'000'000, 'x') + "fine";
    Transport client = connectFrom(u"192.0.2.1"_s);
    const QByteArray request = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    // It goes on asking and reads nothing: one answer waits, and what it sends stays with itself.
    qint64 sent = 0;
    for (int quiet = 0; quiet < 50;) {
        const qint64 more = client.send(request.repeated(100));
        quiet = more > 0 ? 0 : quiet + 1;
        sent += qMax<qint64>(0, more);
        QTest::qWait(1);
    }
    QCOMPARE(m_asked.size(), 1);
    QVERIFY2(sent < 2'000'000, QByteArray::number(sent));
    // When it reads, the next ones are answered, one after the other.
    QVERIFY(QTest::qWaitFor(
        [&] {
            receive(client, 10);
            return m_asked.size() > 5;
        },
        20'000));
}

void TestLobby::answerHasItsTime()
{
    m_lobby->setOptions({.answerSeconds = 1.0});
    m_response.body = QByteArray(2'000'000, 'x');
    Transport client = connectFrom(u"192.0.2.1"_s);
    const qint64 fromNs = monotonicNs();
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    // A byte now and then does not keep it alive: the time is for all of it.
    QVERIFY(QTest::qWaitFor(
        [&] {
            char byte = 0;
            client.receive(&byte, 1);
            return m_asked.size() == 1 && m_lobby->count() == 0;
        },
        10'000));
    QVERIFY(monotonicNs() - fromNs >= 900 * nsPerMs && monotonicNs() - fromNs < 5 * nsPerSecond);
}

void TestLobby::bodiesAreShared()
{
    m_response.body = QByteArray(2'000'000, 'x');
    std::vector<Transport> clients;
    for (int i = 0; i < 50; ++i) {
        clients.push_back(connectFrom(u"192.0.2.%1"_s.arg(i + 1)));
        clients.back().send("GET /a HTTP/1.0\r\n\r\n");
    }
    QVERIFY(QTest::qWaitFor([&] { return m_asked.size() == 50; }, 5000));
    QCOMPARE(m_lobby->count(), 50);
    QVERIFY(!m_response.body.isDetached()); // the same bytes for all
}

void TestLobby::heldOnesAreGivenBackOrGone()
{
    QList<quint64> held;
    int gone = 0;
    m_handler = [&](Arrival &&arrival) {
        held.append(m_lobby->hold(std::move(arrival), [&gone] { ++gone; }));
    };
    Transport stays = connectFrom(u"192.0.2.1"_s);
    Transport leaves = connectFrom(u"192.0.2.2"_s);
    Transport reads = connectFrom(u"192.0.2.3"_s);
    stays.send("SOURCE /stream HTTP/1.0\r\n\r\naudio");
    leaves.send("SOURCE /stream HTTP/1.0\r\n\r\naudio");
    reads.send("GET /admin/stats HTTP/1.0\r\n\r\n");
    QVERIFY(QTest::qWaitFor([&] { return held.size() == 3; }, 2000));
    QCOMPARE(m_lobby->count(), 3);
    leaves.close();
    reads.finishSending(); // has said everything, and still wants to know
    QVERIFY(QTest::qWaitFor([&] { return gone == 1; }, 2000));
    QTest::qWait(50);
    QCOMPARE(gone, 1);
    QCOMPARE(m_lobby->count(), 2);
    int found = 0;
    for (const quint64 id : held) {
        if (auto arrival = m_lobby->release(id)) {
            ++found;
            QVERIFY(arrival->request.method != "SOURCE" || arrival->rest == "audio");
            m_lobby->answer(std::move(*arrival), m_response);
        }
    }
    QCOMPARE(found, 2);
    QVERIFY(receive(stays).contains("fine") && receive(reads).contains("fine"));
}

void TestLobby::heldOnesAreNotPushedOut()
{
    m_lobby->setOptions({.maxConnections = 3, .maxConnectionsPerAddress = 3});
    quint64 held = 0;
    m_handler = [&](Arrival &&arrival) { held = m_lobby->hold(std::move(arrival), [] {}); };
    Transport waits = connectFrom(u"192.0.2.1"_s);
    waits.send("SOURCE /stream HTTP/1.0\r\n\r\n");
    QVERIFY(QTest::qWaitFor([&] { return held != 0; }, 2000));
    std::vector<Transport> silent;
    for (int i = 0; i < 20; ++i)
        silent.push_back(connectFrom(u"192.0.2.1"_s));
    QVERIFY(!isClosed(waits));
    QCOMPARE(m_lobby->count(), 3);
    QVERIFY(m_lobby->release(held).has_value());
}

void TestLobby::uploadsAreReadAway()
{
    m_response = HttpResponse::text(401, "fine");
    Transport client = connectFrom(u"192.0.2.1"_s);
    client.send("PUT /stream HTTP/1.1\r\nHost: a\r\n\r\n");
    QByteArray answer;
    std::array<char, 4096> buffer;
    // It sends on while it is told; nothing of that is taken for a request.
    qint64 pushed = 0;
    QVERIFY(QTest::qWaitFor(
        [&] {
            pushed += qMax<qint64>(0, client.send(QByteArray("GET /x HTTP/1.1\r\n\r\n").repeated(50)));
            const qint64 got = client.receive(buffer.data(), buffer.size());
            if (got > 0)
                answer.append(buffer.data(), got);
            return m_lobby->count() == 0 && !answer.isEmpty();
        },
        10'000));
    QVERIFY(answer.startsWith("HTTP/1.1 401 "));
    QVERIFY(answer.contains("Connection: close"));
    QCOMPARE(m_asked, QList<QByteArray>{"/stream"});
    QVERIFY2(pushed > 20'000 && pushed < 2'000'000, QByteArray::number(pushed));
}

QTEST_GUILESS_MAIN(TestLobby)
#include "tst_lobby.moc"
