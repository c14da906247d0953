// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audition/auditionjudge.h"
#include "core/audition/soundlevel.h"

#include <QTest>

#include <cmath>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

using Verdict = Audition::Verdict;

/// On the air since 0, connected at 500, loud until `loudUntilMs`, mute until `audioUntilMs`.
struct Scene {
    AuditionJudge judge;
    TrackInfo track{1, u"Teardrop"_s, u"Massive Attack"_s, {}, 330'000};

    Scene(qint64 loudUntilMs, qint64 audioUntilMs)
    {
        judge.begin(0);
        judge.expect(0, ProgrammeKind::Playlist, track);
        judge.connected(500);
        for (qint64 now = 600; now <= audioUntilMs; now += 250)
            judge.heard(now, now <= loudUntilMs ? -14.0 : -90.0);
    }
    Verdict at(qint64 nowMs) const { return judge.state(nowMs).verdict; }
};

} // namespace

class TestAuditionJudge : public QObject
{
    Q_OBJECT

private slots:
    void greenOnlyAfterTheFirstSound()
    {
        AuditionJudge judge;
        QCOMPARE(judge.state(0).verdict, Verdict::Off);
        judge.begin(1'000);
        QCOMPARE(judge.state(1'100).verdict, Verdict::Checking);
        judge.connected(1'200);
        QCOMPARE(judge.state(1'300).verdict, Verdict::Checking);
        judge.heard(1'400, -20.0);
        QCOMPARE(judge.state(1'400).verdict, Verdict::Hears);
        judge.end();
        QCOMPARE(judge.state(1'500).verdict, Verdict::Off);
    }

    void leavesGreenWithinFiveSeconds_data()
    {
        QTest::addColumn<qint64>("loudUntil");
        QTest::addColumn<qint64>("audioUntil");
        QTest::addColumn<bool>("breaksOff");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("the file is mute") << qint64(20'000) << qint64(40'000) << false << Verdict::Silent;
        QTest::newRow("nothing is sent")
            << qint64(20'000) << qint64(20'000) << false << Verdict::NothingComes;
        QTest::newRow("the port is blocked")
            << qint64(20'000) << qint64(20'000) << true << Verdict::NotConnected;
    }

    void leavesGreenWithinFiveSeconds()
    {
        QFETCH(const qint64, loudUntil);
        QFETCH(const qint64, audioUntil);
        QFETCH(const bool, breaksOff);
        Scene scene(loudUntil, audioUntil);
        QCOMPARE(Scene(loudUntil, loudUntil).at(loudUntil), Verdict::Hears);
        if (breaksOff)
            scene.judge.disconnected();
        QVERIFY(scene.at(loudUntil + 5'000) != Verdict::Hears);
        QTEST(scene.at(loudUntil + 5'000), "verdict");
        QVERIFY(scene.judge.state(loudUntil + 5'000).quietSeconds >= 4);
    }

    void pausesInMusicAreNoSilence()
    {
        Scene scene(20'000, 23'500);
        QCOMPARE(scene.at(23'500), Verdict::Hears);
        scene.judge.heard(23'700, -30.0);
        QCOMPARE(scene.at(26'000), Verdict::Hears);
    }

    void theAlarmComesOnceAndGoesWithTheSound()
    {
        Scene scene(20'000, 60'000);
        scene.judge.setRules({10'000, true});
        QVERIFY(!scene.judge.state(29'000).alarm);
        QVERIFY(!scene.judge.takeSkipWish(29'000));
        QVERIFY(scene.judge.state(30'500).alarm);
        QVERIFY(scene.judge.takeSkipWish(30'500));
        QVERIFY(!scene.judge.takeSkipWish(31'000));
        QVERIFY(!scene.judge.takeSkipWish(40'000));
        QVERIFY(scene.judge.takeSkipWish(40'600)); // the next track was mute as well
        scene.judge.heard(60'100, -12.0);
        QVERIFY(!scene.judge.state(60'200).alarm);
        QVERIFY(!scene.judge.takeSkipWish(60'200));
    }

    void noAlarmWithoutAThresholdAndNoneBeforeTheFirstMusic()
    {
        Scene scene(20'000, 90'000);
        scene.judge.setRules({0, true});
        QVERIFY(!scene.judge.state(90'000).alarm);
        QVERIFY(!scene.judge.takeSkipWish(90'000));

        AuditionJudge waiting;
        waiting.setRules({10'000, false});
        waiting.begin(0);
        waiting.connected(100);
        waiting.expect(100, ProgrammeKind::Silence, {});
        for (qint64 now = 200; now < 60'000; now += 250)
            waiting.heard(now, -120.0);
        QCOMPARE(waiting.state(60'000).verdict, Verdict::Silent);
        QVERIFY(!waiting.state(60'000).alarm);
        // A show that was heard and is gone is missed.
        waiting.heard(60'000, -10.0);
        for (qint64 now = 60'200; now < 80'000; now += 250)
            waiting.heard(now, -120.0);
        QVERIFY(waiting.state(80'000).alarm);
    }

    void skipsOnlyThePlaylist()
    {
        Scene scene(20'000, 60'000);
        scene.judge.setRules({10'000, true});
        scene.judge.expect(60'000, ProgrammeKind::Live, {});
        QVERIFY(scene.judge.state(60'000).alarm);
        QVERIFY(!scene.judge.takeSkipWish(60'000));
    }

    void aNewConnectionIsCheckedAgain()
    {
        Scene scene(20'000, 20'000);
        scene.judge.disconnected();
        QCOMPARE(scene.at(20'100), Verdict::NotConnected);
        scene.judge.connected(20'600);
        QCOMPARE(scene.at(20'700), Verdict::Checking);
        scene.judge.heard(20'800, -10.0);
        QCOMPARE(scene.at(20'900), Verdict::Hears);
    }

    void aTitleThatIsNotWhatPlays()
    {
        Scene scene(80'000, 80'000);
        scene.judge.titleHeard(1'000, u"Bj\u00f6rk - J\u00f3ga"_s);
        scene.judge.expect(1'000, ProgrammeKind::Playlist, scene.track);
        scene.judge.expect(15'000, ProgrammeKind::Playlist, scene.track);
        QCOMPARE(scene.at(15'000), Verdict::Hears);
        QCOMPARE(scene.at(17'000), Verdict::WrongTitle);
        scene.judge.titleHeard(18'000, u"Massive Attack - Teardrop"_s);
        scene.judge.expect(18'250, ProgrammeKind::Playlist, scene.track);
        QCOMPARE(scene.at(18'300), Verdict::Hears);
        // A live program may say what it likes.
        scene.judge.titleHeard(19'000, u"the best of tonight"_s);
        scene.judge.expect(19'000, ProgrammeKind::Live, scene.track);
        QCOMPARE(scene.at(60'000), Verdict::Hears);
    }

    void titlesSurviveTheirEscaping()
    {
        const TrackInfo track{1, u"Don't \u201cStop\u201d; go"_s, u"A  B"_s, {}, 0};
        QVERIFY(isTitleOf(u"A B - Don\u2019t \"Stop\" go"_s, track));
        QVERIFY(!isTitleOf(u"A B - Don't"_s, track));
        QVERIFY(isTitleOf(u"anything"_s, TrackInfo{}));
        const TrackInfo endless{1, QString(900, u'x'), {}, {}, 0};
        QVERIFY(isTitleOf(QString(300, u'x'), endless));
    }

    void levels()
    {
        SoundLevel level;
        QCOMPARE(level.takeLoudest(), SoundLevel::floorDb);
        QList<float> sine(44'100);
        for (qsizetype i = 0; i < sine.size(); ++i)
            sine[i] = static_cast<float>(0.5 * std::sin(static_cast<double>(i) * 0.0627));
        level.add(sine.constData(), sine.size(), 44'100);
        QVERIFY(qAbs(level.takeLoudest() - -9.03) < 0.1); // half of full scale, RMS
        // A tenth of a second of sound within silence counts.
        QList<float> quiet(44'100, 0.0F);
        std::copy_n(sine.constBegin(), 4'410, quiet.begin() + 22'050);
        level.add(quiet.constData(), quiet.size(), 44'100);
        QVERIFY(level.takeLoudest() > -13.0);
        level.add(QList<float>(4'410, 0.0005F).constData(), 4'410, 44'100);
        QVERIFY(level.takeLoudest() < AuditionJudge::silenceDb);
        const float damaged[] = {std::nanf(""), INFINITY, 0.0F};
        level.add(damaged, 3, 44'100);
        QCOMPARE(level.takeLoudest(), SoundLevel::floorDb);
    }
};

QTEST_GUILESS_MAIN(TestAuditionJudge)
#include "tst_auditionjudge.moc"
