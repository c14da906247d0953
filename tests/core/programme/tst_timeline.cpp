// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/asrunlog.h"
#include "core/programme/timeline.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

TimelineItem item(const QString &title, quint64 turn = 0)
{
    TrackInfo track;
    track.title = title;
    return {title.isEmpty() ? ProgrammeKind::Silence : ProgrammeKind::Playlist, track, {}, 0, turn};
}

QStringList titles(const Timeline &timeline)
{
    QStringList all;
    for (const TimelineItem &each : timeline.items())
        all.append(each.track.title);
    return all;
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private slots:
    void whatIsInForceAtAMoment()
    {
        Timeline timeline;
        QVERIFY(!timeline.at(0));
        timeline.begin(item(u"one"_s), 100);
        timeline.begin(item(u"two"_s), 200);
        QVERIFY(!timeline.at(99));
        QCOMPARE(timeline.at(100)->track.title, u"one"_s);
        QCOMPARE(timeline.at(199)->track.title, u"one"_s);
        QCOMPARE(timeline.at(200)->track.title, u"two"_s);
        QCOMPARE(timeline.at(1'000'000)->track.title, u"two"_s);
        QVERIFY(timeline.at(200)->serial > timeline.at(100)->serial);
    }

    void whatHasNoSoundWasNeverThere()
    {
        Timeline timeline;
        timeline.begin(item(u"one"_s), 0);
        timeline.begin(item(u"two"_s), 50);
        timeline.begin(item(u"three"_s), 50);
        QCOMPARE(titles(timeline), QStringList({u"one"_s, u"three"_s}));
    }

    void aCutTakesWhatBeginsThereToo()
    {
        Timeline timeline;
        for (int i = 0; i < 4; ++i)
            timeline.begin(item(QString::number(i)), i * 10);
        timeline.cut(21);
        QCOMPARE(titles(timeline), QStringList({u"0"_s, u"1"_s, u"2"_s}));
        timeline.cut(20);
        QCOMPARE(titles(timeline), QStringList({u"0"_s, u"1"_s}));
        timeline.begin(item(u"new"_s), 20);
        QVERIFY(timeline.at(20)->serial > 4); // numbers never come again
    }

    void silenceAtTheEndGivesWay()
    {
        Timeline timeline;
        QVERIFY(!timeline.endsInSilence());
        timeline.begin(item(u"one"_s), 0);
        timeline.begin(item({}), 10);
        QVERIFY(timeline.endsInSilence());
        timeline.begin(item(u"two"_s), 20);
        QVERIFY(!timeline.endsInSilence());
        timeline.begin(item({}), 30);
        timeline.cut(25);
        QVERIFY(!timeline.endsInSilence());
    }

    void whatWasHeardIsForgotten()
    {
        Timeline timeline;
        for (int i = 0; i < 4; ++i)
            timeline.begin(item(QString::number(i)), i * 10);
        timeline.forgetBefore(19);
        QCOMPARE(titles(timeline), QStringList({u"1"_s, u"2"_s, u"3"_s}));
        timeline.forgetBefore(1000);
        QCOMPARE(titles(timeline), QStringList({u"3"_s}));
        QCOMPARE(timeline.at(1000)->track.title, u"3"_s);
    }

    /// Each item once, those that began and ended in between too; silence in between is told again.
    void whatWasHeardIsToldOnce()
    {
        Timeline timeline;
        timeline.begin(item(u"earlier"_s), 0);
        AsRunLog log;
        log.start(timeline, 5);
        QVERIFY(log.follow(timeline, 9).isEmpty());
        for (const auto &[title, from] : {std::pair(u"one"_s, 10), {u"two"_s, 20}, {u"three"_s, 30}})
            timeline.begin(item(title), from);
        const auto told = [&](Flicks head) {
            QStringList all;
            for (const TimelineItem &each : log.follow(timeline, head))
                all.append(each.track.title);
            return all;
        };
        QCOMPARE(told(10), QStringList({u"one"_s}));
        QCOMPARE(told(35), QStringList({u"two"_s, u"three"_s}));
        QCOMPARE(titles(timeline), QStringList({u"three"_s}));
        QCOMPARE(told(36), QStringList());
        timeline.cut(30);
        QCOMPARE(told(36), QStringList({QString()})); // nothing is heard any more, and that is news
        QCOMPARE(told(37), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
