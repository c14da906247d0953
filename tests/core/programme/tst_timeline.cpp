// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
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
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
