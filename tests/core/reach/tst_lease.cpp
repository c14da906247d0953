// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/lease.h"
#include "core/reach/routertalk.h"

#include <QTest>

using namespace cycast;
using Step = Lease::Step;

class TestLease : public QObject
{
    Q_OBJECT

private slots:
    void nobodyAsksWhatNobodyWants()
    {
        Lease lease;
        QCOMPARE(lease.wakeMs(), -1);
        QCOMPARE(lease.next(1'000'000), Step::Nothing);
        lease.networkChanged(5);
        QCOMPARE(lease.wakeMs(), -1);
        lease.setWanted(true, 10);
        lease.setWanted(false, 20);
        QCOMPARE(lease.wakeMs(), -1);
    }

    void renewedAtHalf()
    {
        Lease lease;
        lease.setWanted(true, 100);
        QCOMPARE(lease.next(100), Step::Open);
        QCOMPARE(lease.next(100), Step::Nothing); // not twice at a time
        QCOMPARE(lease.wakeMs(), -1);
        lease.opened(3'600, 1'000);
        QVERIFY(lease.isHeld());
        QCOMPARE(lease.wakeMs(), 1'801'000);
        QCOMPARE(lease.next(1'800'999), Step::Nothing);
        QCOMPARE(lease.next(1'801'000), Step::Renew);
        lease.opened(120, 1'801'500); // the router gave less this time
        QCOMPARE(lease.wakeMs(), 1'861'500);
    }

    void aPermanentOneIsLookedAfter()
    {
        Lease lease;
        lease.setWanted(true, 0);
        QCOMPARE(lease.next(0), Step::Open);
        lease.opened(0, 0);
        QCOMPARE(lease.wakeMs(), Lease::permanentMs);
        QCOMPARE(lease.next(Lease::permanentMs), Step::Renew);
    }

    void noLoopHoweverShortTheLease()
    {
        Lease lease;
        lease.setWanted(true, 0);
        QCOMPARE(lease.next(0), Step::Open);
        lease.opened(1, 0);
        QCOMPARE(lease.wakeMs(), Lease::shortestMs);
    }

    void failuresBackOff()
    {
        Lease lease;
        lease.setWanted(true, 0);
        qint64 now = 0;
        QList<qint64> waits;
        for (int i = 0; i < 8; ++i) {
            QCOMPARE(lease.next(now), Step::Open);
            lease.failed(true, now);
            waits.append((lease.wakeMs() - now) / 60'000);
            now = lease.wakeMs();
        }
        QCOMPARE(waits, (QList<qint64>{1, 2, 4, 8, 16, 30, 30, 30}));
        QCOMPARE(lease.next(now), Step::Open);
        lease.failed(false, now); // nobody to ask
        QCOMPARE(lease.wakeMs(), -1);
        lease.networkChanged(now);
        QCOMPARE(lease.wakeMs(), now + Lease::settleMs);
        QCOMPARE(lease.next(now + Lease::settleMs), Step::Open);
        lease.failed(true, now);
        QCOMPARE(lease.wakeMs(), now + Lease::firstRetryMs); // from the beginning
    }

    void anotherNetworkOpensAnew()
    {
        Lease lease;
        lease.setWanted(true, 0);
        QCOMPARE(lease.next(0), Step::Open);
        lease.opened(3'600, 0);
        lease.networkChanged(50'000);
        lease.networkChanged(51'000); // as they come, in groups
        QCOMPARE(lease.wakeMs(), 51'000 + Lease::settleMs);
        QCOMPARE(lease.next(53'000), Step::Open); // not Renew: what was open is elsewhere
        lease.networkChanged(54'000);             // and again, meanwhile
        lease.opened(3'600, 55'000);
        QCOMPARE(lease.wakeMs(), 56'000);
        QCOMPARE(lease.next(56'000), Step::Open);
        lease.opened(3'600, 57'000);
        QCOMPARE(lease.wakeMs(), 57'000 + 1'800'000);
    }

    void givenBackOnce()
    {
        Lease lease;
        lease.setWanted(true, 0);
        QCOMPARE(lease.next(0), Step::Open);
        lease.setWanted(false, 10); // while it is being opened
        QCOMPARE(lease.next(10), Step::Nothing);
        lease.opened(3'600, 20);
        QCOMPARE(lease.next(20), Step::Close);
        QCOMPARE(lease.next(21), Step::Nothing);
        lease.closed(30);
        QCOMPARE(lease.wakeMs(), -1);
        lease.setWanted(true, 40);
        QCOMPARE(lease.next(40), Step::Open);
    }

    void wantedAgainWhileItIsGivenBack()
    {
        Lease lease;
        lease.setWanted(true, 0);
        QCOMPARE(lease.next(0), Step::Open);
        lease.opened(3'600, 0);
        lease.setWanted(false, 10);
        QCOMPARE(lease.next(10), Step::Close);
        lease.setWanted(true, 20);
        QCOMPARE(lease.next(20), Step::Nothing);
        lease.closed(30);
        QCOMPARE(lease.next(30), Step::Open);
    }

    void theRoutersClockTells()
    {
        QVERIFY(!hasForgotten(1'000, 2'800, 1'800'000));
        QVERIFY(!hasForgotten(1'000, 2'574, 1'800'000)); // a slow clock is no restart
        QVERIFY(hasForgotten(1'000, 1'700, 1'800'000));
        QVERIFY(hasForgotten(1'000, 0, 1'000));
        QVERIFY(!hasForgotten(0, 0, 1'000));
        QVERIFY(!hasForgotten(4'294'967'295U, 4'294'967'295U, 0));
    }

    void portsThatAreTried()
    {
        const QList<quint16> ports = portsToTry(8001, "me");
        QCOMPARE(ports.size(), 10);
        QCOMPARE(ports.at(0), 8001);
        QCOMPARE(ports.at(1), 8002);
        QCOMPARE(portsToTry(8001, "me"), ports); // the same after a restart
        QVERIFY(portsToTry(8001, "you") != ports);
        QCOMPARE(QSet<quint16>(ports.begin(), ports.end()).size(), 10);
        for (const quint16 port : ports)
            QVERIFY(port >= 1024);
        QCOMPARE(portsToTry(65'535, "me").at(0), 65'535);
        QVERIFY(portsToTry(65'535, "me").at(1) >= 1024);
    }
};

QTEST_APPLESS_MAIN(TestLease)
#include "tst_lease.moc"
