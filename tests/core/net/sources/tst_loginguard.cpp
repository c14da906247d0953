// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/loginguard.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestLoginGuard : public QObject
{
    Q_OBJECT

private slots:
    void threeTriesAreFreeThenWaitsDouble();
    void refusedUntilTheWaitIsOver();
    void successForgives();
    void timeForgives();
    void addressesAreApart();
    void ipv6NetworksAreOneAddress();
    void tableIsBounded();
};

void TestLoginGuard::threeTriesAreFreeThenWaitsDouble()
{
    LoginGuard guard;
    const QHostAddress address(u"192.0.2.1"_s);
    qint64 now = 5;
    for (const qint64 expected : {0, 0, 0, 1000, 2000, 4000, 8000, 16'000, 32'000, 60'000, 60'000, 60'000}) {
        QVERIFY(guard.verdict(address, now).isAllowed);
        QCOMPARE(guard.failed(address, now), expected);
        now += expected;
    }
    for (int i = 0; i < 100; ++i)
        QCOMPARE(guard.failed(address, now), LoginGuard::longestWaitMs);
}

void TestLoginGuard::refusedUntilTheWaitIsOver()
{
    LoginGuard guard;
    const QHostAddress address(u"192.0.2.1"_s);
    QVERIFY(guard.verdict(address, 0).isAllowed);
    for (int i = 0; i < 5; ++i)
        guard.failed(address, 10'000);
    const auto early = guard.verdict(address, 10'500);
    QVERIFY(!early.isAllowed);
    QCOMPARE(early.waitMs, 1500);
    QVERIFY(!guard.verdict(address, 11'999).isAllowed);
    QVERIFY(guard.verdict(address, 12'000).isAllowed);
    QCOMPARE(guard.verdict(address, 12'000).waitMs, 0);
}

void TestLoginGuard::successForgives()
{
    LoginGuard guard;
    const QHostAddress address(u"192.0.2.1"_s);
    for (int i = 0; i < 10; ++i)
        guard.failed(address, 0);
    QCOMPARE(guard.failures(address), 10);
    guard.succeeded(address);
    QVERIFY(guard.verdict(address, 0).isAllowed);
    QCOMPARE(guard.failures(address), 0);
    QCOMPARE(guard.failed(address, 0), 0);
    QCOMPARE(guard.addressCount(), 1);
}

void TestLoginGuard::timeForgives()
{
    LoginGuard guard;
    const QHostAddress address(u"192.0.2.1"_s);
    for (int i = 0; i < 10; ++i)
        guard.failed(address, 0);
    QCOMPARE(guard.failed(address, LoginGuard::forgottenAfterMs - 1), LoginGuard::longestWaitMs);
    QCOMPARE(guard.failed(address, 2 * LoginGuard::forgottenAfterMs), 0);
}

void TestLoginGuard::addressesAreApart()
{
    LoginGuard guard;
    for (int i = 0; i < 10; ++i)
        guard.failed(QHostAddress(u"192.0.2.1"_s), 0);
    QVERIFY(guard.verdict(QHostAddress(u"192.0.2.2"_s), 0).isAllowed);
    // The same machine seen through a socket of both kinds.
    QVERIFY(!guard.verdict(QHostAddress(u"::ffff:192.0.2.1"_s), 0).isAllowed);
}

void TestLoginGuard::ipv6NetworksAreOneAddress()
{
    LoginGuard guard;
    for (int i = 0; i < 10; ++i)
        guard.failed(QHostAddress(u"2001:db8:1:2::%1"_s.arg(i + 1)), 0);
    QVERIFY(!guard.verdict(QHostAddress(u"2001:db8:1:2:ffff::99"_s), 0).isAllowed);
    QVERIFY(guard.verdict(QHostAddress(u"2001:db8:1:3::1"_s), 0).isAllowed);
    QVERIFY(guard.verdict(QHostAddress(), 0).isAllowed);
}

void TestLoginGuard::tableIsBounded()
{
    LoginGuard guard;
    const quint32 first = QHostAddress(u"10.0.0.0"_s).toIPv4Address();
    for (quint32 i = 0; i < 5'000; ++i) {
        for (int tries = 0; tries < 4; ++tries)
            guard.failed(QHostAddress(first + i), i);
        QVERIFY(guard.addressCount() <= LoginGuard::maxAddresses);
    }
    QVERIFY(guard.verdict(QHostAddress(first), 5'000).isAllowed);          // the oldest went
    QVERIFY(!guard.verdict(QHostAddress(first + 4'999), 5'000).isAllowed); // the youngest stayed
    QCOMPARE(guard.addressCount(), LoginGuard::maxAddresses);
    guard.failed(QHostAddress(u"192.0.2.1"_s), 5'000 + LoginGuard::forgottenAfterMs);
    QCOMPARE(guard.addressCount(), 1); // the stale ones make room together
}

QTEST_APPLESS_MAIN(TestLoginGuard)
#include "tst_loginguard.moc"
