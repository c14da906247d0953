// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "tests/support/stationfixture.h"

#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Those who do not read, never finish, vanish or come in hundreds: the others lose no frame.
class TestBadListeners : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void readerOfNothing();
    void pausedPlayerGoesOnWhereItWas();
    void dripOfARequest();
    void hundredsOfSilentConnections();
    void resetsEverywhere();
    void fellOutOfTheRing_data();
    void fellOutOfTheRing();

private:
    void checkHealthy();

    std::unique_ptr<StationFixture> m_station;
    std::unique_ptr<StreamClient> m_healthy;
};

void TestBadListeners::init()
{
    m_station = std::make_unique<StationFixture>();
    m_station->addTrack(20'000);
    m_station->settings.buffer.sizeMb = 1;
    m_station->settings.advanced.headerTimeout = 1.0;
    QVERIFY(m_station->start());
    m_station->control().watchListeners(true);
    m_healthy = std::make_unique<StreamClient>(m_station->listenPort());
    QVERIFY(waitUntil([&] { return m_healthy->audioBytes() > 60'000; }));
}

void TestBadListeners::cleanup()
{
    m_healthy.reset();
    m_station.reset();
}

void TestBadListeners::checkHealthy()
{
    QVERIFY(!m_healthy->hasEnded());
    const qint64 bytes = m_healthy->audioBytes();
    QVERIFY(waitUntil([&] { return m_healthy->audioBytes() > bytes + 16'000; }));
    const StampedStream heard = m_healthy->heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QCOMPARE(heard.sequenceFault({}), QString());
    QCOMPARE(heard.silentFrames(), 0);
    QVERIFY2(m_healthy->longestPauseNs() < 2 * nsPerSecond,
             QByteArray::number(static_cast<double>(m_healthy->longestPauseNs()) / 1e9));
}

void TestBadListeners::readerOfNothing()
{
    StreamClient sleeper(m_station->listenPort(), {.receiveBuffer = 4096, .reads = false});
    QVERIFY(waitUntil([&] { return m_station->listeners() == 2; }));
    const qint64 bytes = m_healthy->audioBytes();
    QVERIFY(waitUntil([&] { return m_healthy->audioBytes() > bytes + 48'000; }));
    QCOMPARE(m_station->listeners(), 2);
    checkHealthy();
}

void TestBadListeners::pausedPlayerGoesOnWhereItWas()
{
    StreamClient player(m_station->listenPort(), {.wantsTitles = true, .receiveBuffer = 4096});
    QVERIFY(waitUntil([&] { return player.audioBytes() > 60'000; }));
    player.setReading(false);
    const qint64 bytes = m_healthy->audioBytes();
    QVERIFY(waitUntil([&] { return m_healthy->audioBytes() > bytes + 80'000; }));
    player.setReading(true);
    // It catches up with everything, and no frame is missing.
    const qint64 wanted = player.audioBytes() + 80'000;
    QVERIFY(waitUntil([&] { return player.audioBytes() > wanted; }));
    QVERIFY2(player.heard().fault().isEmpty(), qPrintable(player.heard().fault()));
    QCOMPARE(player.heard().sequenceFault({}), QString());
    QCOMPARE(player.titleFault(), QString());
    checkHealthy();
}

void TestBadListeners::dripOfARequest()
{
    RawSocket drip(m_station->listenPort());
    const QByteArray request = "GET /stream HTTP/1.1\r\nHost: slow\r\n";
    qsizetype at = 0;
    QByteArray answer;
    // A byte at a time, and never the end: its time is the whole request's, not a byte's.
    const MachineSlack slack;
    const qint64 fromNs = monotonicNs();
    QVERIFY(waitUntil([&] {
        if (at < request.size())
            drip.send(request.mid(at++, 1));
        answer += drip.receive(20);
        return drip.atEnd();
    }));
    QVERIFY(monotonicNs() - fromNs < 5 * nsPerSecond + slack.ns());
    QCOMPARE(statusOf(answer), 408);
    // In pieces but in time.
    RawSocket slow(m_station->listenPort());
    for (const QByteArray &piece : {QByteArray("GE"), QByteArray("T /stre"), QByteArray("am HTTP/1.0\r"),
                                    QByteArray("\n\r"), QByteArray("\n")}) {
        QVERIFY(slow.send(piece));
        slow.receive(20);
    }
    QVERIFY(waitUntil([&] { return slow.receive(20).size() > 1000; }));
    checkHealthy();
}

void TestBadListeners::hundredsOfSilentConnections()
{
    std::vector<RawSocket> silent;
    for (int i = 0; i < 400; ++i) {
        silent.emplace_back(m_station->listenPort());
        QVERIFY(silent.back().isOpen());
    }
    const qint64 fromNs = monotonicNs();
    StreamClient late(m_station->listenPort());
    QVERIFY(waitUntil([&] { return late.audioBytes() > 30'000; }));
    QVERIFY(monotonicNs() - fromNs < nsPerSecond);
    QVERIFY(waitUntil([&] {
        return std::all_of(silent.begin(), silent.end(), [](RawSocket &socket) {
            socket.receive(0);
            return socket.atEnd();
        });
    }));
    checkHealthy();
}

void TestBadListeners::resetsEverywhere()
{
    for (int i = 0; i < 60; ++i) {
        RawSocket socket(m_station->listenPort());
        if (i % 3 > 0)
            socket.send("GET /stream HTTP/1.0\r\n" + QByteArray(i % 3 == 2 ? "\r\n" : ""));
        if (i % 2)
            socket.receive(20);
        socket.reset();
    }
    for (int i = 0; i < 10; ++i) {
        StreamClient client(m_station->listenPort());
        QVERIFY(waitUntil([&] { return client.audioBytes() > 0; }));
        client.reset();
    }
    QVERIFY(waitUntil([&] { return m_station->listeners() == 1; }));
    QVERIFY(waitUntil([&] { return m_station->left().size() >= 10; }));
    checkHealthy();
}

void TestBadListeners::fellOutOfTheRing_data()
{
    QTest::addColumn<bool>("titles");
    QTest::newRow("plain") << false;
    QTest::newRow("with titles") << true;
}

void TestBadListeners::fellOutOfTheRing()
{
    QFETCH(bool, titles);
    // The frames of 1 MB pass in a minute; a source that sends its backlog passes them in a moment.
    StreamClient player(m_station->listenPort(), {.wantsTitles = titles, .receiveBuffer = 4096});
    QVERIFY(waitUntil([&] { return player.audioBytes() > 60'000; }));
    player.setReading(false);
    LiveClient live(m_station->sourcePort(), {.backlogFrames = 60});
    QVERIFY(waitUntil([&] { return m_station->isLive(); }));
    for (int i = 0; i < 40 && m_station->status().skips == 0; ++i) {
        // Takeovers let a fresh burst of two seconds through each time.
        LiveClient next(m_station->sourcePort(), {.source = 901 + i, .backlogFrames = 75});
        const int source = 901 + i;
        QVERIFY(waitUntil([&] { return m_healthy->heard().count(source) >= 75; }));
    }
    QVERIFY(m_station->status().skips > 0);
    player.setReading(true);
    QVERIFY(waitUntil([&] { return player.audioBytes() > 300'000; }, 30'000));
    const StampedStream heard = player.heard();
    QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
    QCOMPARE(player.titleFault(), QString());
    QVERIFY(!player.hasEnded());
    const StampedStream healthy = m_healthy->heard();
    QVERIFY2(healthy.fault().isEmpty(), qPrintable(healthy.fault()));
    QCOMPARE(healthy.sequenceFault({}), QString());
}

QTEST_GUILESS_MAIN(TestBadListeners)
#include "tst_badlisteners.moc"
