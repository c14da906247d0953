// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/loginguard.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

using Way = LoginGuard::Way;

class TestLoginGuard : public QObject
{
    Q_OBJECT

private slots:
    void threeTriesAreFree();
    void timeForgives();
    void addressesAreApart();
    void ipv6NetworksAreOneAddress();
    void firstLinesAreCountedByThemselves();
    void whoWasLetInIsLookedAtAtOnce();
    void changingAddressesPushesNobodyOut();
    void strangersShareAPaceWhenItIsFull();
    void lightOnesMakeRoom();
};

namespace
{

void fail(LoginGuard &guard, const QHostAddress &address, int times, qint64 nowMs = 0)
{
    for (int i = 0; i < times; ++i)
        guard.failed(address, Way::Http, nowMs);
}

bool isSlow(const LoginGuard &guard, const QString &address, qint64 nowMs = 0, Way way = Way::Http)
{
    return guard.slowKey(QHostAddress(address), way, nowMs).has_value();
}

} // namespace

void TestLoginGuard::threeTriesAreFree()
{
    LoginGuard guard;
    for (int i = 0; i < LoginGuard::freeTries; ++i) {
        QVERIFY(!isSlow(guard, u"192.0.2.1"_s));
        fail(guard, QHostAddress(u"192.0.2.1"_s), 1);
    }
    const auto key = guard.slowKey(QHostAddress(u"192.0.2.1"_s), Way::Http, 0);
    QVERIFY(key && !key->isStranger);
    QCOMPARE(key->pace(), 1000);
    // However many there are, the pace stays.
    fail(guard, QHostAddress(u"192.0.2.1"_s), 1000);
    QCOMPARE(guard.slowKey(QHostAddress(u"192.0.2.1"_s), Way::Http, 0)->pace(), 1000);
}

void TestLoginGuard::timeForgives()
{
    LoginGuard guard;
    fail(guard, QHostAddress(u"192.0.2.1"_s), 10);
    fail(guard, QHostAddress(u"192.0.2.1"_s), 1, LoginGuard::forgottenAfterMs - 1);
    QVERIFY(isSlow(guard, u"192.0.2.1"_s, 2 * LoginGuard::forgottenAfterMs - 2));
    QVERIFY(!isSlow(guard, u"192.0.2.1"_s, 2 * LoginGuard::forgottenAfterMs));
    fail(guard, QHostAddress(u"192.0.2.1"_s), 1, 2 * LoginGuard::forgottenAfterMs);
    QVERIFY(!isSlow(guard, u"192.0.2.1"_s, 2 * LoginGuard::forgottenAfterMs));
}

void TestLoginGuard::addressesAreApart()
{
    LoginGuard guard;
    fail(guard, QHostAddress(u"192.0.2.1"_s), 10);
    QVERIFY(!isSlow(guard, u"192.0.2.2"_s));
    // The same machine seen through a socket of both kinds.
    QVERIFY(isSlow(guard, u"::ffff:192.0.2.1"_s));
}

void TestLoginGuard::ipv6NetworksAreOneAddress()
{
    LoginGuard guard;
    for (int i = 0; i < 10; ++i)
        fail(guard, QHostAddress(u"2001:db8:1:2::%1"_s.arg(i + 1)), 1);
    QVERIFY(isSlow(guard, u"2001:db8:1:2:ffff::99"_s));
    QVERIFY(!isSlow(guard, u"2001:db8:1:3::1"_s));
    QVERIFY(!isSlow(guard, {}));
}

// PING, HELP and whatever else comes to a port in one line is no guess at the DJ's login.
void TestLoginGuard::firstLinesAreCountedByThemselves()
{
    LoginGuard guard;
    for (int i = 0; i < 10; ++i)
        guard.failed(QHostAddress(u"192.0.2.1"_s), Way::FirstLine, 0);
    QVERIFY(!isSlow(guard, u"192.0.2.1"_s));
    QVERIFY(isSlow(guard, u"192.0.2.1"_s, 0, Way::FirstLine));
}

void TestLoginGuard::whoWasLetInIsLookedAtAtOnce()
{
    LoginGuard guard;
    const QHostAddress home(u"192.0.2.1"_s);
    fail(guard, home, 10);
    QVERIFY(!guard.mayLookAtOnce(home, 0));
    guard.letIn(home, 0);
    int looked = 0;
    for (int i = 0; i < 1000; ++i)
        looked += guard.mayLookAtOnce(home, i) ? 1 : 0;
    QCOMPARE(looked, LoginGuard::knownTriesPerSecond); // not a way to guess as fast as one likes
    QVERIFY(guard.mayLookAtOnce(home, 1000));
    QVERIFY(!guard.mayLookAtOnce(QHostAddress(u"192.0.2.2"_s), 1000));
    // Only those who are let in push out those who were.
    for (quint32 i = 0; i < 20'000; ++i)
        fail(guard, QHostAddress(0x0a000000U + i), 4, 2000);
    QVERIFY(guard.mayLookAtOnce(home, 5000));
}

void TestLoginGuard::changingAddressesPushesNobodyOut()
{
    LoginGuard guard;
    fail(guard, QHostAddress(u"192.0.2.1"_s), 4);
    for (quint32 i = 0; i < 20'000; ++i) {
        fail(guard, QHostAddress(0x0a000000U + i), 4, i);
        QVERIFY(guard.addressCount() <= LoginGuard::maxAddresses);
    }
    QVERIFY(isSlow(guard, u"192.0.2.1"_s, 20'000)); // the first one has not been forgotten
    QCOMPARE(guard.addressCount(), LoginGuard::maxAddresses);
    // The stale ones make room together.
    fail(guard, QHostAddress(u"198.51.100.1"_s), 1, 20'000 + LoginGuard::forgottenAfterMs);
    QCOMPARE(guard.addressCount(), 1);
}

void TestLoginGuard::strangersShareAPaceWhenItIsFull()
{
    LoginGuard guard;
    for (quint32 i = 0; i <= LoginGuard::maxAddresses; ++i)
        fail(guard, QHostAddress(0x0a000000U + i), 4);
    const auto first = guard.slowKey(QHostAddress(u"198.51.100.1"_s), Way::Http, 0);
    const auto second = guard.slowKey(QHostAddress(u"198.51.100.2"_s), Way::Http, 0);
    QVERIFY(first && second && *first == *second && first->isStranger);
    QCOMPARE(first->pace(), LoginGuard::strangersPaceMs);
    QVERIFY(!isSlow(guard, u"198.51.100.1"_s, LoginGuard::forgottenAfterMs));
}

void TestLoginGuard::lightOnesMakeRoom()
{
    LoginGuard guard;
    for (quint32 i = 0; i < 3 * LoginGuard::maxAddresses; ++i)
        fail(guard, QHostAddress(0x0a000000U + i), 1 + static_cast<int>(i % 2));
    QCOMPARE(guard.addressCount(), LoginGuard::maxAddresses);
    QVERIFY(!isSlow(guard, u"198.51.100.1"_s)); // nobody is slow, so strangers are not either
    fail(guard, QHostAddress(u"198.51.100.1"_s), 3);
    QVERIFY(isSlow(guard, u"198.51.100.1"_s));
}

QTEST_APPLESS_MAIN(TestLoginGuard)
#include "tst_loginguard.moc"
