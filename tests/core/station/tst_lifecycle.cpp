// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "tests/support/stationfixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QThread>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

qsizetype entriesOf(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
}

qsizetype descriptors()
{
    return entriesOf(u"/proc/self/fd"_s);
}

qsizetype threads()
{
    return entriesOf(u"/proc/self/task"_s);
}

/// What a frozen window looks like to the station: this thread's event loop stands still.
void freezeThisThread(int seconds)
{
    QThread::sleep(static_cast<unsigned long>(seconds));
}

/// How often the station's thread has gone to sleep so far; -1: no such thread.
qint64 wakeUpsOfTheStation()
{
    for (const QString &task : QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile name(u"/proc/self/task/%1/comm"_s.arg(task));
        QFile status(u"/proc/self/task/%1/status"_s.arg(task));
        if (!name.open(QIODevice::ReadOnly) || !name.readAll().startsWith("cycast-station") ||
            !status.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("voluntary_ctxt_switches:"))
                return line.mid(24).trimmed().toLongLong();
        }
    }
    return -1;
}

} // namespace

/// Beginning, end, and a window that hangs.
class TestLifecycle : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsLeftBehind();
    void onAndOffTheAir();
    void endedWithoutEverRunning();
    void frozenWindowIsNotHeard();
    void offTheAirNothingWakesUp();
};

void TestLifecycle::nothingIsLeftBehind()
{
    // The first one leaves what the process keeps for good (event loops, caches).
    qsizetype descriptorsBefore = 0;
    qsizetype threadsBefore = 0;
    for (int i = 0; i < 51; ++i) {
        {
            StationFixture station;
            station.addTrack(300);
            QVERIFY(station.start());
            StreamClient client(station.listenPort());
            StreamClient sleeper(station.listenPort(), {.receiveBuffer = 4096, .reads = false});
            LiveClient live(station.sourcePort());
            RawSocket unfinished(station.listenPort());
            unfinished.send("GET /");
            RawSocket page(station.listenPort());
            page.send("GET /api/status HTTP/1.1\r\nHost: a\r\n\r\n");
            if (i % 2 == 0)
                QVERIFY(waitUntil([&] { return client.audioBytes() > 0; }));
            if (i % 5 == 0)
                QVERIFY(waitUntil([&] { return station.isLive(); }));
            if (i % 3 == 0)
                station.control().goOffAir();
            station.destroy();
            QVERIFY(waitUntil([&] { return client.hasEnded(); }));
        }
        if (i == 0) {
            descriptorsBefore = descriptors();
            threadsBefore = threads();
        }
    }
    // A thread of the common pool that has nothing to do rests for half a minute, with its descriptor, before
    // it ends.
    constexpr int poolRestsMs = 45'000;
    QVERIFY(waitUntil([&] { return descriptors() <= descriptorsBefore; }, poolRestsMs));
    QVERIFY(waitUntil([&] { return threads() <= threadsBefore; }));
}

void TestLifecycle::onAndOffTheAir()
{
    StationFixture station;
    station.addTrack(4000);
    for (int i = 0; i < 10; ++i) {
        QVERIFY(station.start());
        const int port = station.listenPort();
        StreamClient client(port);
        LiveClient live(station.sourcePort());
        QVERIFY(waitUntil([&] { return client.audioBytes() > 0 && station.isLive(); }));
        QSignalSpy off(&station.control(), &StationControl::offAir);
        station.control().goOffAir();
        QVERIFY(waitUntil([&] { return !off.isEmpty(); }));
        QVERIFY(waitUntil([&] { return client.hasEnded() && live.isDone(); }));
        QVERIFY(!RawSocket(port).isOpen());
        QCOMPARE(station.status().listeners, 0);
        QVERIFY(!station.control().isOnAir());
        QCOMPARE(station.status().source.connected, false);
        QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
    }
}

void TestLifecycle::endedWithoutEverRunning()
{
    const qsizetype before = descriptors();
    for (int i = 0; i < 20; ++i) {
        StationFixture station;
        station.control().applySettings(station.settings);
        if (i % 2)
            station.control().goOnAir();
        if (i % 3)
            station.control().goOffAir();
    }
    QVERIFY(descriptors() <= before + 2);
}

void TestLifecycle::frozenWindowIsNotHeard()
{
    StationFixture station;
    for (int i = 0; i < 6; ++i)
        station.addTrack(100);
    QVERIFY(station.start());
    StreamClient client(station.listenPort());
    QVERIFY(waitUntil([&] { return client.audioBytes() > 60'000; }));
    const qint64 before = client.audioBytes();
    const MachineSlack slack;
    const qint64 fromNs = monotonicNs();
    freezeThisThread(10);
    const double heardSeconds = static_cast<double>(client.audioBytes() - before) / 16'000.0;
    const double seconds = static_cast<double>(monotonicNs() - fromNs) / 1e9;
    QVERIFY2(qAbs(heardSeconds - seconds) < 1.3 + slack.seconds(), QByteArray::number(heardSeconds));
    qInfo("longest pause %.0f ms", static_cast<double>(client.longestPauseNs()) / 1e6);
    QVERIFY2(client.longestPauseNs() < 1300 * nsPerMs, QByteArray::number(client.longestPauseNs()));
    QVERIFY2(client.heard().fault().isEmpty(), qPrintable(client.heard().fault()));
    QCOMPARE(client.heard().sequenceFault(station.lengths()), QString());
    QCOMPARE(client.heard().silentFrames(), 0);
}

void TestLifecycle::offTheAirNothingWakesUp()
{
    StationFixture station;
    station.addTrack(4000);
    QVERIFY(station.start());
    {
        StreamClient client(station.listenPort());
        QVERIFY(waitUntil([&] { return client.audioBytes() > 0; }));
    }
    station.control().goOffAir();
    QVERIFY(waitUntil([&] { return !station.control().isOnAir(); }));
    // Reading threads of the pool and deferred deletions come to rest first.
    QElapsedTimer quiet;
    quiet.start();
    qint64 last = -2;
    QVERIFY(waitUntil([&] {
        const qint64 now = wakeUpsOfTheStation();
        if (now != last)
            quiet.restart();
        last = now;
        return quiet.elapsed() > 500;
    }));
    const qint64 before = wakeUpsOfTheStation();
    QVERIFY(before >= 0);
    const qint64 fromNs = monotonicNs();
    QVERIFY(waitUntil([&] { return monotonicNs() - fromNs > 2 * nsPerSecond; }));
    QCOMPARE(wakeUpsOfTheStation() - before, 0);
}

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_lifecycle.moc"
