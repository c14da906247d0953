// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Who is heard when, with a clock that the test holds and a disk that answers when the test lets it.
#include "tests/core/programme/heldair.h"

using namespace cycast;
using namespace cycast::test;

class TestProgramme : public QObject
{
    Q_OBJECT

private slots:
    /// The disk has gone to sleep by the time the show ends: what follows was read during the show.
    void theEndOfAShowIsFollowedAtOnce_data()
    {
        QTest::addColumn<bool>("resumes");
        QTest::addColumn<int>("expected");
        QTest::newRow("the next track") << false << 2;
        QTest::newRow("the interrupted one") << true << 1;
    }
    void theEndOfAShowIsFollowedAtOnce()
    {
        QFETCH(bool, resumes);
        QFETCH(int, expected);
        Air air(4);
        ProgrammeOptions options;
        options.convertsLive = false;
        options.resumesAfterLive = resumes;
        air.programme.setOptions(options);
        QTRY_VERIFY(air.mount.ring().available() > 100'000);
        air.pass(5);
        Encoder encoder;
        air.programme.setSource(encoder.connection());
        int sent = air.goLive(encoder);
        QVERIFY(sent > 0);
        for (int i = 0; i < 40; ++i) {
            QVERIFY(encoder.send(sent, 10));
            sent += 10;
            QTest::qWait(1);
            air.pass(0.25);
        }
        QCOMPARE(air.programme.next().title, resumes ? u"Track 1"_s : u"Track 2"_s);
        air.disk->setSleeping(true);
        const int opened = air.disk->count();
        encoder.hangUp();
        QSignalSpy ended(&air.programme, &Programme::liveEnded);
        QTRY_COMPARE(ended.count(), 1);
        air.pass(3);
        QCOMPARE(air.disk->count(), opened);
        const StampedStream heard = air.all();
        QVERIFY2(heard.fault().isEmpty(), qPrintable(heard.fault()));
        QVERIFY2(heard.silentFrames() == 0, qPrintable(heard.summary()));
        const QList<HeardRun> runs = heard.runs();
        const auto show =
            std::find_if(runs.begin(), runs.end(), [](const HeardRun &run) { return run.source == 900; });
        QVERIFY(show != runs.end());
        QVERIFY2(show + 1 != runs.end(), qPrintable(heard.summary()));
        QCOMPARE(show->count(), sent); // to its last frame
        QCOMPARE((show + 1)->source, expected);
        QVERIFY((show + 1)->count() > 200);
        if (resumes) // where it was interrupted
            QCOMPARE((show + 1)->first, (show - 1)->last + 1);
        else
            QCOMPARE((show + 1)->first, 0);
        QCOMPARE(air.dry.count(), 0);
        QCOMPARE(air.programme.heard(), ProgrammeKind::Playlist);
    }

    /// What was asked for, or taken away, during the show is what follows it.
    void whatFollowsAShowCanBeChanged()
    {
        Air air(5);
        ProgrammeOptions options;
        options.convertsLive = false;
        air.programme.setOptions(options);
        QTRY_VERIFY(air.mount.ring().available() > 100'000);
        Encoder encoder;
        air.programme.setSource(encoder.connection());
        QVERIFY(air.goLive(encoder) > 0);
        QTRY_COMPARE(air.programme.next().title, u"Track 2"_s);
        air.programme.playNext({5}, air.nowNs);
        QTRY_COMPARE(air.programme.next().title, u"Track 5"_s);
        air.programme.playNext({3}, air.nowNs);
        QTRY_COMPARE(air.programme.next().title, u"Track 3"_s);
        QList<PlaylistEntry> rows = air.feeder.playlist().entries().mid(0);
        rows.removeIf([](const PlaylistEntry &row) { return row.id == 3; });
        air.programme.setEntries(rows, air.nowNs);
        QTRY_COMPARE(air.programme.next().title, u"Track 5"_s);
        air.programme.playFrom(4, 0, air.nowNs);
        QTRY_COMPARE(air.programme.next().title, u"Track 4"_s);
        encoder.hangUp();
        QTRY_COMPARE(air.programme.heard() == ProgrammeKind::Live && air.mount.ring().available() == 0,
                     false);
        QTRY_VERIFY(air.mount.ring().available() > 2'000'000);
        air.pass(1);
        QCOMPARE(air.programme.current().title, u"Track 4"_s);
        const QList<HeardRun> runs = air.all().runs();
        const auto fourth =
            std::find_if(runs.begin(), runs.end(), [](const HeardRun &run) { return run.source == 4; });
        QVERIFY(fourth != runs.end() && fourth + 1 != runs.end());
        QCOMPARE((fourth + 1)->source, 5); // and what was asked for comes behind it
    }

    /// Nothing could be read during the show, and the source had been silent for long: players are owed
    /// seconds, which are given as music when there is some, and not as silence.
    void silenceIsNeverGivenInAdvance()
    {
        Air air(2);
        ProgrammeOptions options;
        options.convertsLive = false;
        air.programme.setOptions(options);
        QTRY_VERIFY(air.mount.ring().available() > 100'000);
        air.pass(1);
        air.disk->setSleeping(true);
        Encoder encoder;
        air.programme.setSource(encoder.connection());
        QVERIFY(air.goLive(encoder) > 0);
        air.pass(10); // nothing comes
        encoder.hangUp();
        QSignalSpy ended(&air.programme, &Programme::liveEnded);
        QTRY_COMPARE(ended.count(), 1);
        const Flicks before = air.mount.ring().headTime();
        air.pass(2);
        QCOMPARE(air.programme.heard(), ProgrammeKind::Silence);
        QVERIFY(air.mount.ring().headTime() - before <= 2 * flicksPerSecond + frameTime);
        air.disk->setSleeping(false);
        QTRY_VERIFY(air.mount.ring().available() > 100'000);
        const Flicks owed = air.mount.ring().headTime();
        air.pass(0.25);
        QCOMPARE(air.programme.heard(), ProgrammeKind::Playlist);
        QVERIFY(air.mount.ring().headTime() - owed > Programme::primeTime);
        QVERIFY2(air.all().silentFrames() <= 2.3 / stampedFrameSeconds, qPrintable(air.all().summary()));
    }

    /// Off the air and on again: the track goes on, and what was asked for comes behind it.
    void playNextSurvivesOffAndOnTheAir()
    {
        Air air(6, 400);
        QTRY_VERIFY(air.mount.ring().available() > 1'500'000);
        air.pass(1);
        air.programme.playNext({5, 3}, air.nowNs);
        QTRY_VERIFY(air.mount.ring().available() > 1'500'000);
        const QString heard = air.programme.current().title;
        air.programme.stop();
        air.mount.stop();
        air.nowNs += 3600 * nsPerSecond;
        const quint64 from = air.mount.ring().end();
        air.mount.start();
        air.programme.start(air.nowNs);
        QTRY_VERIFY(air.mount.ring().available() > 1'500'000);
        air.pass(0.25);
        QCOMPARE(air.programme.current().title, heard);
        QVERIFY(from > 0);
        QList<int> sources;
        for (const HeardRun &run : air.all().runs()) {
            if (sources.isEmpty() || sources.constLast() != run.source)
                sources.append(run.source);
        }
        QCOMPARE(sources.mid(0, 5), QList<int>({1, 5, 3, 2, 3}));
        QVERIFY2(air.all().fault().isEmpty(), qPrintable(air.all().fault()));
        QCOMPARE(air.all().runs().constFirst().last, 399); // without a frame missing in between
    }

    void anEmptyListIsSilenceInTime()
    {
        Air air(0);
        air.pass(10);
        QCOMPARE(air.programme.heard(), ProgrammeKind::Silence);
        const Flicks head = air.mount.ring().headTime();
        // Whoever tunes in is given some at once; after that it is as long as the time that has passed.
        QVERIFY(head <= 10 * flicksPerSecond + Programme::primeTime);
        QVERIFY(head > 9 * flicksPerSecond + Programme::primeTime);
        air.pass(10);
        QVERIFY(qAbs(air.mount.ring().headTime() - head - 10 * flicksPerSecond) <= frameTime);
    }
};

QTEST_GUILESS_MAIN(TestProgramme)
#include "tst_programme.moc"
