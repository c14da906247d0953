// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/health.h"

#include <QTest>

using namespace cycast;

namespace
{

StationStatus playing(double fill)
{
    StationStatus status;
    status.state = AirState::OnAir;
    status.heard = ProgrammeKind::Playlist;
    status.current.entryId = 1;
    status.buffer.capacity = 20 * 1024 * 1024;
    status.buffer.fillPercent = fill;
    return status;
}

} // namespace

class TestHealth : public QObject
{
    Q_OBJECT

private slots:
    void playlistByFill()
    {
        const QList<std::pair<double, BufferVerdict>> table = {
            {0.0, BufferVerdict::RunningLow}, {4.9, BufferVerdict::RunningLow}, {5.0, BufferVerdict::Healthy},
            {25.0, BufferVerdict::Healthy},   {95.0, BufferVerdict::Healthy},   {95.1, BufferVerdict::Full},
            {100.0, BufferVerdict::Full}};
        for (const auto &[fill, verdict] : table)
            QCOMPARE(bufferVerdict(playing(fill), {}), verdict);
    }

    void swingsAreUnstable()
    {
        FillHistory history;
        history.add(0, playing(10));
        history.add(4000, playing(30));
        QCOMPARE(history.swingPoints(), 20.0);
        QCOMPARE(bufferVerdict(playing(30), history), BufferVerdict::Healthy);
        history.add(9000, playing(31));
        QCOMPARE(bufferVerdict(playing(31), history), BufferVerdict::Unstable);
        // Low is said first: it is what the listener hears.
        QCOMPARE(bufferVerdict(playing(3), history), BufferVerdict::RunningLow);
        // The low sample is still within 10 s ...
        history.add(10000, playing(31));
        QCOMPARE(history.swingPoints(), 21.0);
        // ... and now is not.
        history.add(10001, playing(31));
        QCOMPARE(history.swingPoints(), 1.0);
        QCOMPARE(bufferVerdict(playing(31), history), BufferVerdict::Healthy);
    }

    void goodReasonsAreNoSwing()
    {
        FillHistory history;
        const auto jumpsTo = [&](const StationStatus &status) {
            history.restart();
            history.add(0, playing(60));
            history.add(1000, status);
            return history.swingPoints() == 0.0;
        };
        QVERIFY(!jumpsTo(playing(0)));
        StationStatus other = playing(0);
        other.current.entryId = 2;
        QVERIFY(jumpsTo(other));
        other = playing(0);
        other.heard = ProgrammeKind::Live;
        QVERIFY(jumpsTo(other));
        other = playing(0);
        other.state = AirState::OffAir;
        QVERIFY(jumpsTo(other));
        other = playing(0);
        other.buffer.capacity = 1;
        QVERIFY(jumpsTo(other));
        // A clock that runs backwards starts anew instead of remembering for ever.
        history.restart();
        history.add(5000, playing(60));
        history.add(10, playing(0));
        QCOMPARE(history.swingPoints(), 0.0);
    }

    void liveByLateness()
    {
        StationStatus status = playing(1);
        status.heard = ProgrammeKind::Live;
        status.source.cushionSeconds = 0.6;
        status.source.lateSeconds = 1.6;
        QCOMPARE(bufferVerdict(status, {}), BufferVerdict::Healthy);
        status.source.lateSeconds = 1.61;
        QCOMPARE(bufferVerdict(status, {}), BufferVerdict::RunningLow);
        status.buffer.fillPercent = 96;
        QCOMPARE(bufferVerdict(status, {}), BufferVerdict::Full);
    }

    void silenceAndOffAirHaveTheirOwnWords()
    {
        StationStatus status = playing(50);
        status.heard = ProgrammeKind::Silence;
        QCOMPARE(bufferVerdict(status, {}), BufferVerdict::NothingToPlay);
        status.state = AirState::OffAir;
        QCOMPARE(bufferVerdict(status, {}), BufferVerdict::OffAir);
    }

    void cpu()
    {
        const QList<std::pair<double, CpuVerdict>> table = {
            {0.0, CpuVerdict::Good},     {29.9, CpuVerdict::Good},    {30.0, CpuVerdict::Fair},
            {50.0, CpuVerdict::Fair},    {50.1, CpuVerdict::Warning}, {80.0, CpuVerdict::Warning},
            {80.1, CpuVerdict::Critical}};
        for (const auto &[percent, verdict] : table)
            QCOMPARE(cpuVerdict(percent), verdict);
    }

    void delay()
    {
        QCOMPARE(delayVerdict(99.9), DelayVerdict::Good);
        QCOMPARE(delayVerdict(100.0), DelayVerdict::Acceptable);
        QCOMPARE(delayVerdict(500.0), DelayVerdict::Acceptable);
        QCOMPARE(delayVerdict(500.1), DelayVerdict::High);
    }

    void throughput()
    {
        QCOMPARE(throughputVerdict(16000, 128), ThroughputVerdict::Good);
        QCOMPARE(throughputVerdict(15850, 128), ThroughputVerdict::Good);
        QCOMPARE(throughputVerdict(15800, 128), ThroughputVerdict::Skipping);
        QCOMPARE(throughputVerdict(16000, 320), ThroughputVerdict::Skipping);
    }

    void everyVerdictHasItsWords()
    {
        QList<Verdict> all;
        for (int i = 0; i <= int(BufferVerdict::Unstable); ++i)
            all += describe(BufferVerdict(i));
        for (int i = 0; i <= int(CpuVerdict::Critical); ++i)
            all += describe(CpuVerdict(i));
        for (int i = 0; i <= int(DelayVerdict::High); ++i)
            all += describe(DelayVerdict(i));
        all += describe(ThroughputVerdict::Good);
        all += describe(ThroughputVerdict::Skipping);
        for (const Verdict &verdict : all) {
            QVERIFY(*verdict.word);
            QVERIFY(QByteArray(verdict.sentence).endsWith('.'));
        }
    }
};

QTEST_GUILESS_MAIN(TestHealth)
#include "tst_health.moc"
