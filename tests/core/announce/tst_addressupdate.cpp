// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/announce/addressupdate.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

using Answer = AddressUpdate::Answer;

class TestAddressUpdate : public QObject
{
    Q_OBJECT

private slots:
    void calledOnceForEachAddress();
    void laterEachTime();
    void aRefusalIsNotRepeated();
    void rememberedOverARestart();
    void bothFamilies();
    void answersOfProviders();
};

static const QString pattern = u"https://dyn.example/update?token=s3cret&ip={ip}"_s;

void TestAddressUpdate::calledOnceForEachAddress()
{
    AddressUpdate update;
    QVERIFY(!update.take(0) && !update.dueMs());
    update.setPattern(pattern);
    QVERIFY(!update.take(0)); // no address yet
    update.setAddresses(u"203.0.113.7"_s, {});
    QCOMPARE(update.take(10), QUrl(u"https://dyn.example/update?token=s3cret&ip=203.0.113.7"_s));
    QVERIFY(!update.take(10) && !update.dueMs()); // one at a time
    update.answered(Answer::Done, 20);
    QVERIFY(!update.take(1'000'000'000) && !update.dueMs());
    // A new one while the last is hot waits a minute.
    update.setAddresses(u"203.0.113.8"_s, {});
    QCOMPARE(update.dueMs(), 20 + AddressUpdate::leastMs);
    QVERIFY(!update.take(1'000));
    QCOMPARE(update.take(20 + AddressUpdate::leastMs)->query(), u"token=s3cret&ip=203.0.113.8"_s);
    // It changed again on the way: the newest counts.
    update.setAddresses(u"203.0.113.9"_s, {});
    update.answered(Answer::Done, 70'000);
    QCOMPARE(update.take(200'000)->query(), u"token=s3cret&ip=203.0.113.9"_s);
    update.answered(Answer::Done, 200'100);
    // Off and on again is no news.
    update.setAddresses({}, {});
    QVERIFY(!update.take(300'000));
    update.setAddresses(u"203.0.113.9"_s, {});
    QVERIFY(!update.take(400'000));
}

void TestAddressUpdate::laterEachTime()
{
    AddressUpdate update;
    update.setPattern(pattern);
    update.setAddresses(u"203.0.113.7"_s, {});
    QList<qint64> pauses;
    qint64 now = 0;
    for (int i = 0; i < 8; ++i) {
        QVERIFY(update.take(now));
        update.answered(Answer::Later, now);
        QVERIFY(!update.take(*update.dueMs() - 1));
        pauses.append(*update.dueMs() - now);
        now = *update.dueMs();
    }
    QCOMPARE(pauses.first(), 60'000);
    QVERIFY(std::is_sorted(pauses.begin(), pauses.end()));
    QCOMPARE(pauses.last(), 6 * 3'600'000);
    QVERIFY(update.take(now));
    update.answered(Answer::Done, now);
    QVERIFY(!update.dueMs());
}

void TestAddressUpdate::aRefusalIsNotRepeated()
{
    AddressUpdate update;
    update.setPattern(pattern);
    update.setAddresses(u"203.0.113.7"_s, {});
    QVERIFY(update.take(0));
    update.answered(Answer::Refused, 0);
    QVERIFY(!update.dueMs() && !update.take(1'000'000'000));
    update.setPattern(pattern + u"&again=1"_s); // mended
    QVERIFY(update.take(1'000'000'000));
    update.answered(Answer::Refused, 1'000'000'000);
    update.setAddresses(u"203.0.113.8"_s, {});
    QVERIFY(update.take(2'000'000'000));
}

void TestAddressUpdate::rememberedOverARestart()
{
    AddressUpdate before;
    before.setPattern(pattern);
    before.setAddresses(u"203.0.113.7"_s, {});
    QVERIFY(before.take(0));
    before.answered(Answer::Done, 0);
    QVERIFY(!before.fingerprint().contains("s3cret") && before.fingerprint().size() == 64);
    AddressUpdate after(before.fingerprint());
    after.setPattern(pattern);
    after.setAddresses(u"203.0.113.7"_s, {});
    QVERIFY(!after.take(0));
    after.setAddresses(u"203.0.113.8"_s, {});
    QVERIFY(after.take(0));
}

void TestAddressUpdate::bothFamilies()
{
    AddressUpdate update;
    update.setPattern(u"https://dyn.example/?a={ip}&b={ip6}"_s);
    update.setAddresses({}, u"2001:db8::7"_s);
    QCOMPARE(update.take(0)->query(), u"a=&b=2001:db8::7"_s);
    update.answered(Answer::Done, 0);
    update.setPattern(u"https://dyn.example/?a={ip}"_s);
    QVERIFY(!update.take(100'000)); // of no use
    // Who looks at where the call comes from is called as well.
    update.setPattern(u"https://dyn.example/nic"_s);
    QVERIFY(update.take(100'000));
    update.answered(Answer::Done, 100'000);
    update.setAddresses({}, u"2001:db8::8"_s);
    QVERIFY(update.take(200'000));
}

void TestAddressUpdate::answersOfProviders()
{
    for (const char *body : {"OK", "good 203.0.113.7", "nochg 203.0.113.7", "", "{\"success\":true}"})
        QCOMPARE(AddressUpdate::meaningOf(200, body), Answer::Done);
    for (const char *body : {"KO", "badauth", "nohost\n", "abuse", "notfqdn", "badagent"})
        QCOMPARE(AddressUpdate::meaningOf(200, body), Answer::Refused);
    QCOMPARE(AddressUpdate::meaningOf(200, "911"), Answer::Later);
    QCOMPARE(AddressUpdate::meaningOf(401, {}), Answer::Refused);
    QCOMPARE(AddressUpdate::meaningOf(404, {}), Answer::Refused);
    QCOMPARE(AddressUpdate::meaningOf(429, {}), Answer::Later);
    QCOMPARE(AddressUpdate::meaningOf(503, {}), Answer::Later);
    QCOMPARE(AddressUpdate::meaningOf(0, {}), Answer::Later);
}

QTEST_APPLESS_MAIN(TestAddressUpdate)
#include "tst_addressupdate.moc"
