// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Each symptom is a scripted fault: statuses as a station in trouble sends them, at times of the script's
// own.
#include "core/advice/adviser.h"
#include "core/advice/selftest.h"
#include "core/config/forecast.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr double mega = 1024.0 * 1024.0;

/// A healthy station with 200 listeners; what is wrong is set by the script.
struct Scene {
    StationStatus status;
    Settings settings;
    MachineMemory machine{16'000.0, 9'000.0};
    Adviser adviser;
    qint64 nowMs = 1'000;

    Scene()
    {
        status.state = AirState::OnAir;
        status.heard = ProgrammeKind::Playlist;
        status.current.entryId = 1;
        status.bitrateKbps = 128;
        status.listeners = 200;
        status.buffer.capacity = 20 << 20;
        status.buffer.fillPercent = 25.0;
        status.cpuPercent = 4.0;
        status.memoryBytes = static_cast<qint64>(60 * mega);
        status.latencyMs = 200.0;
    }

    void goLive()
    {
        status.heard = ProgrammeKind::Live;
        status.latencyMs = forecast(settings).liveLatencyMs;
    }

    /// Four statuses a second; stops where the adviser says something new.
    bool run(int seconds)
    {
        for (int i = 0; i < seconds * 4; ++i) {
            nowMs += 250;
            if (adviser.take(nowMs, status, settings, machine))
                return true;
        }
        return false;
    }

    const Proposal &proposal() const { return adviser.proposal(); }
    bool proposes() const { return adviser.phase() == Adviser::Phase::Proposed; }
};

} // namespace

class TestAdviser : public QObject
{
    Q_OBJECT

private slots:
    void aHealthyStationGetsNoAdvice()
    {
        Scene scene;
        QVERIFY(!scene.run(600));
        scene.goLive();
        QVERIFY(!scene.run(600));
        scene.status.state = AirState::OffAir;
        scene.status.cpuPercent = 99.0;
        QVERIFY(!scene.run(600));
    }

    /// At the start and after a skip there is next to nothing ahead, and more with every second.
    void aBufferThatFillsUpIsNoSymptom()
    {
        Scene scene;
        const auto fills = [&scene](double perSecond, int seconds) {
            for (int i = 0; i < seconds; ++i) {
                if (scene.run(1))
                    return true;
                scene.status.buffer.aheadSeconds += perSecond;
                scene.status.buffer.fillPercent = scene.status.buffer.aheadSeconds * 5.0 / 65.0;
            }
            return false;
        };
        scene.status.buffer.fillPercent = 0.0;
        QVERIFY(!fills(2.0, 40)); // a small computer that encodes
        QVERIFY(scene.status.buffer.fillPercent > 5.0);
        scene.status.buffer.aheadSeconds = scene.status.buffer.fillPercent = 0.0;
        QVERIFY(!fills(2.0, 20));
        // Then nothing more comes.
        QVERIFY(fills(0.0, 70));
        QCOMPARE(scene.proposal().symptom, Symptom::RunningLow);
    }

    void aBusyProcessorGetsLongerPausesAndLargerChunks()
    {
        Scene scene;
        scene.goLive();
        scene.status.listeners = 10'000;
        scene.status.cpuPercent = 62.0;
        scene.settings.broadcaster.chunkSize = 4096;
        scene.settings.broadcaster.sleepLow = 0.001;
        QVERIFY(!scene.run(8)); // a peak is no symptom
        QVERIFY(scene.run(5));
        QCOMPARE(scene.proposal().symptom, Symptom::CpuHigh);
        QCOMPARE(scene.proposal().after.broadcaster.chunkSize, 8192);
        QCOMPARE(scene.proposal().after.broadcaster.sleepLow, 0.002);
        QVERIFY(scene.proposal().then.cpuPercent < 50.0);
        QCOMPARE(scene.proposal().then.latencyMs, 100.0);
        // Never what is not said: the rest stays as it is.
        for (const QString &key : scene.proposal().changed)
            QVERIFY2(key.startsWith(u"broadcaster."), qPrintable(key));
    }

    void whereNoSettingHelpsThatIsSaid()
    {
        // Half the computer's work is something else: the settings send once a second already.
        Scene scene;
        scene.status.cpuPercent = 70.0;
        QVERIFY(scene.run(15));
        QCOMPARE(scene.proposal().symptom, Symptom::CpuHigh);
        QVERIFY(scene.proposal().changed.isEmpty());
        QVERIFY(QByteArrayView(scene.proposal().why).contains("Close other programs"));
    }

    void skippingListenersGetALargerBufferAndShorterPauses()
    {
        Scene scene;
        QVERIFY(!scene.run(10));
        scene.status.skips += 2;
        QVERIFY(!scene.run(100));
        scene.status.skips += 1;
        QVERIFY(scene.run(1));
        QCOMPARE(scene.proposal().symptom, Symptom::Skipping);
        QCOMPARE(scene.proposal().after.buffer.sizeMb, 30);
        QCOMPARE(scene.proposal().after.broadcaster.sleepLow, 0.001);
        QCOMPARE(scene.proposal().then.memoryMb, 70.0);
        QVERIFY(qAbs(scene.proposal().then.bufferSeconds - 1966.0) < 1.0);
        QCOMPARE(scene.proposal().then.latencyMs, 400.0); // 30 MB bring a cushion of 200 ms
    }

    void skipsOfLongAgoAreForgotten()
    {
        Scene scene;
        QVERIFY(!scene.run(1));
        for (int i = 0; i < 10; ++i) {
            ++scene.status.skips;
            QVERIFY(!scene.run(200));
        }
    }

    void aLowBufferIsTold()
    {
        Scene scene;
        QVERIFY(!scene.run(5));
        scene.status.buffer.fillPercent = 3.0;
        QVERIFY(!scene.run(4));
        QVERIFY(scene.run(3));
        QCOMPARE(scene.proposal().symptom, Symptom::RunningLow);
        QCOMPARE(scene.proposal().after.buffer.sizeMb, 30);
    }

    void aLateLiveSourceIsALowBuffer()
    {
        Scene scene;
        scene.goLive();
        scene.status.source.lateSeconds = 1.5;
        QVERIFY(scene.run(7));
        QCOMPARE(scene.proposal().symptom, Symptom::RunningLow);
    }

    void theBufferNeverGrowsBeyondTheMemory()
    {
        Scene scene;
        scene.machine = {1'000.0, 150.0};
        scene.settings.buffer.sizeMb = 100;
        scene.status.buffer.fillPercent = 3.0;
        QVERIFY(scene.run(10));
        QCOMPARE(scene.proposal().after.buffer.sizeMb, 100);
    }

    void manyLaggardsGetLargerChunks()
    {
        Scene scene;
        scene.status.stalledListeners = 39; // of 200: under a fifth
        QVERIFY(!scene.run(60));
        scene.status.stalledListeners = 60;
        QVERIFY(!scene.run(9));
        QVERIFY(scene.run(3));
        QCOMPARE(scene.proposal().symptom, Symptom::ManyLag);
        QCOMPARE(scene.proposal().after.broadcaster.chunkSize, 32768);
        QCOMPARE(scene.proposal().after.broadcaster.sleepLow, 0.001);
        // One of two is nobody's fault but his own.
        Scene small;
        small.status.listeners = 2;
        small.status.stalledListeners = 1;
        QVERIFY(!small.run(60));
    }

    void aCrowdThatSpreadsTheSendingIsToldOf()
    {
        Scene scene;
        scene.goLive();
        scene.status.gatheringMs = 430;
        scene.status.latencyMs = 900.0; // which is why
        QVERIFY(!scene.run(19));
        QVERIFY(scene.run(2));
        QCOMPARE(scene.proposal().symptom, Symptom::LargeCrowd);
        QVERIFY(scene.proposal().changed.isEmpty());
        QVERIFY(QByteArrayView(scene.proposal().why).contains("half of a processor"));
        // Coming and going is nothing to speak of.
        Scene short_;
        short_.status.gatheringMs = 300;
        QVERIFY(!short_.run(15));
        short_.status.gatheringMs = 0;
        QVERIFY(!short_.run(60));
    }

    void aLongDelayOfALiveShow()
    {
        Scene scene;
        scene.settings.buffer.sizeMb = 100;
        scene.settings.broadcaster.chunkSize = 32768;
        scene.goLive();
        QCOMPARE(scene.status.latencyMs, 2000.0);
        QVERIFY(scene.run(7));
        QCOMPARE(scene.proposal().symptom, Symptom::LatencyHigh);
        QCOMPARE(scene.proposal().after.buffer.sizeMb, 20);
        QCOMPARE(scene.proposal().after.broadcaster.chunkSize, 16384);
        QCOMPARE(scene.proposal().then.latencyMs, 200.0);
        // The same delay of a playlist disturbs nobody.
        Scene playlist;
        playlist.status.latencyMs = 2000.0;
        QVERIFY(!playlist.run(60));
    }

    void aCushionOfOnesOwnIsWhatChanges()
    {
        Scene scene;
        scene.settings.buffer.liveCushionMs = 1000;
        scene.goLive();
        QVERIFY(scene.run(7));
        QVERIFY(scene.proposal().changed.contains(u"buffer.live_cushion_ms"_s));
        QVERIFY(!scene.proposal().changed.contains(u"buffer.size_mb"_s));
        QVERIFY(scene.proposal().then.latencyMs <= 200.0);
    }

    void shortMemory()
    {
        Scene scene;
        scene.settings.buffer.sizeMb = 50;
        scene.status.memoryBytes = static_cast<qint64>(90 * mega);
        scene.machine = {1'000.0, 80.0};
        QVERIFY(scene.run(1));
        QCOMPARE(scene.proposal().symptom, Symptom::MemoryHigh);
        QCOMPARE(scene.proposal().after.buffer.sizeMb, 30);
        QCOMPARE(scene.proposal().then.memoryMb, 70.0);
        // On a large computer 90 MB are nobody's trouble.
        Scene large;
        large.machine = {16'000.0, 500.0};
        QVERIFY(!large.run(30));
    }

    void theProcessorComesFirst()
    {
        Scene scene;
        scene.goLive();
        scene.settings.broadcaster.chunkSize = 4096;
        scene.status.listeners = 10'000;
        scene.status.cpuPercent = 90.0;
        QVERIFY(!scene.run(1));
        scene.status.skips += 10;
        for (int i = 0; i < 20 && !scene.run(1);)
            ++i;
        // Skips are seen sooner than ten seconds of CPU; what comes up then is about them.
        QVERIFY(scene.proposes());
        Measured both;
        both.isOnAir = true;
        both.cpuPercent = 90.0;
        both.cpuSeconds = 10.0;
        both.skips = 10;
        QCOMPARE(propose(both, scene.settings)->symptom, Symptom::CpuHigh);
    }

    void theForecastIsJudgedAfterwards_data()
    {
        QTest::addColumn<double>("cpu");
        QTest::addColumn<int>("listeners");
        QTest::addColumn<Outcome::Verdict>("verdict");
        QTest::addColumn<bool>("gone");
        QTest::newRow("held") << -1.0 << 10'000 << Outcome::Verdict::Held << true;
        QTest::newRow("missed") << 61.0 << 10'000 << Outcome::Verdict::Missed << false;
        QTest::newRow("others came") << 61.0 << 14'000 << Outcome::Verdict::Unclear << false;
    }

    void theForecastIsJudgedAfterwards()
    {
        QFETCH(const double, cpu);
        QFETCH(const int, listeners);
        Scene scene;
        scene.goLive();
        scene.status.listeners = 10'000;
        scene.status.cpuPercent = 62.0;
        scene.settings.broadcaster.chunkSize = 4096;
        QVERIFY(scene.run(15));
        scene.adviser.applied(scene.nowMs);
        scene.settings = scene.proposal().after;
        scene.status.cpuPercent = cpu < 0 ? scene.proposal().then.cpuPercent : cpu;
        scene.status.latencyMs = forecast(scene.settings).liveLatencyMs;
        scene.status.listeners = listeners;
        QVERIFY(!scene.run(24));
        QVERIFY(scene.run(3));
        QCOMPARE(scene.adviser.phase(), Adviser::Phase::Concluded);
        QTEST(scene.adviser.outcome().verdict, "verdict");
        QTEST(scene.adviser.outcome().symptomGone, "gone");
    }

    void dismissedAndUndoneStayQuiet()
    {
        for (const bool applies : {false, true}) {
            Scene scene;
            QVERIFY(!scene.run(2));
            scene.status.buffer.fillPercent = 3.0;
            QVERIFY(scene.run(10));
            if (applies) {
                scene.adviser.applied(scene.nowMs);
                scene.adviser.undone(scene.nowMs);
            } else {
                scene.adviser.dismissed(scene.nowMs);
            }
            QVERIFY(!scene.run(1'790));
            QVERIFY(scene.run(30));
        }
    }

    void noAdviceAgainstWhatWasJustApplied()
    {
        Scene scene;
        scene.goLive();
        scene.settings.buffer.sizeMb = 100;
        scene.status.latencyMs = forecast(scene.settings).liveLatencyMs;
        QVERIFY(scene.run(7));
        scene.adviser.applied(scene.nowMs);
        scene.settings = scene.proposal().after;
        scene.status.latencyMs = forecast(scene.settings).liveLatencyMs;
        QVERIFY(scene.run(30)); // the outcome
        scene.adviser.closed();
        scene.status.source.lateSeconds = 5.0; // asks for a larger buffer
        QVERIFY(!scene.run(300));
        QVERIFY(scene.run(400));
        QCOMPARE(scene.proposal().symptom, Symptom::RunningLow);
    }

    void whatIsNoLongerTrueIsWithdrawn()
    {
        Scene scene;
        QVERIFY(!scene.run(2));
        scene.status.buffer.fillPercent = 3.0;
        QVERIFY(scene.run(10));
        scene.status.buffer.fillPercent = 25.0;
        QVERIFY(!scene.run(50));
        QVERIFY(scene.run(20));
        QCOMPARE(scene.adviser.phase(), Adviser::Phase::Watching);
        // So is what somebody changed by other means.
        scene.status.buffer.fillPercent = 3.0;
        QVERIFY(scene.run(10));
        scene.settings.buffer.sizeMb = 50;
        QVERIFY(scene.run(1));
        QCOMPARE(scene.adviser.phase(), Adviser::Phase::Watching);
    }

    void oneFormulaForAll()
    {
        const Settings settings;
        QCOMPARE(forecast(settings).cpuPercentAt100, sendingCpuPercent(settings, {100, 128, true}));
        QCOMPARE(roundSeconds(settings, {100, 128, true}), 0.2);
        QCOMPARE(roundSeconds(settings, {100, 128, false}), 1.0);
        // Twice the listeners, twice the work; none, none.
        QCOMPARE(sendingCpuPercent(settings, {400, 128, true}),
                 2 * sendingCpuPercent(settings, {200, 128, true}));
        QCOMPARE(sendingCpuPercent(settings, {0, 128, true}), 0.0);
        // 100 listeners in 5 rounds a second at 8.06 microseconds.
        QVERIFY(qAbs(forecast(settings).cpuPercentAt100 - 0.403) < 0.001);
    }

    void throughputFromWholeDeliveries()
    {
        // A burst, then 16,000 bytes each second in two pieces.
        QList<ByteArrival> arrivals{{0.0, 65'536}};
        for (int second = 1; second <= 30; ++second) {
            arrivals.append({second + 0.0, 10'000});
            arrivals.append({second + 0.004, 6'000});
        }
        QCOMPARE(qRound(sustainedBytesPerSecond(arrivals, 0.5)), 16'000);
        QCOMPARE(throughputVerdict(sustainedBytesPerSecond(arrivals, 0.5), 128), ThroughputVerdict::Good);
        // Every tenth delivery is missing.
        arrivals.removeIf([](const ByteArrival &each) { return qRound(each.atSeconds) % 10 == 5; });
        QCOMPARE(throughputVerdict(sustainedBytesPerSecond(arrivals, 0.5), 128), ThroughputVerdict::Skipping);
        QCOMPARE(sustainedBytesPerSecond({}, 0.0), 0.0);
        QCOMPARE(sustainedBytesPerSecond({{1.0, 100}}, 0.0), 0.0);
    }

    void memoryAgainstTheGuide()
    {
        QCOMPARE(expectedMemoryMb(20, 10), 140.0);
        QCOMPARE(memoryVerdict(139.0, 20, 10), MemoryVerdict::Expected);
        QCOMPARE(memoryVerdict(141.0, 20, 10), MemoryVerdict::High);
        QCOMPARE(connectionsVerdict(0, 10, 0), ConnectionsVerdict::Unknown);
        QCOMPARE(connectionsVerdict(1'024, 10, 0), ConnectionsVerdict::Few);
        QCOMPARE(connectionsVerdict(1'024, 10, 200), ConnectionsVerdict::Enough);
        QCOMPARE(connectionsVerdict(1'048'576, 20'000, 0), ConnectionsVerdict::Enough);
        QCOMPARE(connectionsVerdict(30'000, 20'000, 0), ConnectionsVerdict::Few);
    }
};

QTEST_GUILESS_MAIN(TestAdviser)
#include "tst_adviser.moc"
