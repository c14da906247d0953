// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/takeoverwatch.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestTakeoverWatch : public QObject
{
    Q_OBJECT

private slots:
    void showsFollowEachOther();
    void twoThatThrowEachOtherOutAreNoticed();
    void theFightEndsWhenOneGivesUp();
    void twoAtOnePlaceAreNamed();
};

void TestTakeoverWatch::showsFollowEachOther()
{
    TakeoverWatch watch;
    for (int hour = 0; hour < 48; ++hour)
        QVERIFY(watch.mayTakeOver(u"a"_s, u"b"_s, hour * 3'600'000));
    // A few tries at the beginning of a show are none either.
    for (int i = 0; i < 3; ++i)
        QVERIFY(watch.mayTakeOver(u"a"_s, u"b"_s, 200'000'000 + i * 1000));
    QVERIFY(!watch.isFight(200'002'000));
}

void TestTakeoverWatch::twoThatThrowEachOtherOutAreNoticed()
{
    TakeoverWatch watch;
    const QString butt = u"192.0.2.1, butt"_s;
    const QString mixxx = u"192.0.2.9, Mixxx"_s;
    QVERIFY(watch.mayTakeOver(mixxx, butt, 0));
    QVERIFY(watch.mayTakeOver(butt, mixxx, 5000));
    QVERIFY(watch.mayTakeOver(mixxx, butt, 10'000));
    QVERIFY(!watch.mayTakeOver(butt, mixxx, 29'999));
    QVERIFY(watch.isFight(29'999));
    QVERIFY(watch.parties().contains(butt) && watch.parties().contains(mixxx));
    QVERIFY(!watch.mayTakeOver(butt, mixxx, 30'200));
}

void TestTakeoverWatch::theFightEndsWhenOneGivesUp()
{
    TakeoverWatch watch;
    for (int i = 0; i < 4; ++i)
        watch.mayTakeOver(u"a"_s, u"b"_s, i * 100);
    qint64 ms = 400;
    for (; ms < 100'000; ms += 5000)
        QVERIFY(!watch.mayTakeOver(u"a"_s, u"b"_s, ms)); // each try prolongs it
    ms += TakeoverWatch::calmMs;
    QVERIFY(!watch.isFight(ms));
    QVERIFY(watch.mayTakeOver(u"a"_s, u"b"_s, ms));
}

void TestTakeoverWatch::twoAtOnePlaceAreNamed()
{
    TakeoverWatch watch;
    for (int i = 0; i < 4; ++i)
        watch.mayTakeOver(u"127.0.0.1, butt"_s, u"127.0.0.1, butt"_s, i);
    QCOMPARE(watch.parties(), u"two at 127.0.0.1, butt"_s);
}

QTEST_APPLESS_MAIN(TestTakeoverWatch)
#include "tst_takeoverwatch.moc"
