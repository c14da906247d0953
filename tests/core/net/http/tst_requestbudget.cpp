// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/requestbudget.h"

#include "core/base/monotonic.h"

#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

AddressKey address(int number)
{
    return AddressKey(QHostAddress(quint32(0x0A000000 + number)));
}

int granted(RequestBudget &budget, const AddressKey &who, int asked, qint64 nowNs)
{
    int result = 0;
    for (int i = 0; i < asked; ++i)
        result += budget.spend(who, nowNs) ? 1 : 0;
    return result;
}

} // namespace

/// How many requests one address may make.
class TestRequestBudget : public QObject
{
    Q_OBJECT

private slots:
    void someAtOnceThenSoManyASecond()
    {
        RequestBudget budget;
        budget.setPerSecond(50);
        qint64 now = 17 * nsPerSecond;
        QCOMPARE(granted(budget, address(1), 500, now), 200);
        QCOMPARE(granted(budget, address(1), 500, now += nsPerSecond), 50);
        QCOMPARE(granted(budget, address(1), 500, now += nsPerSecond / 2), 25);
        // Others are not concerned, and who rests has all of it again.
        QCOMPARE(granted(budget, address(2), 500, now), 200);
        QCOMPARE(granted(budget, address(1), 500, now += 60 * nsPerSecond), 200);
        // Asking too often does not make it worse.
        QCOMPARE(granted(budget, address(1), 10'000, now), 0);
        QCOMPARE(granted(budget, address(1), 500, now += nsPerSecond), 50);
    }

    void aSteadyPaceIsNeverRefused()
    {
        RequestBudget budget;
        budget.setPerSecond(50);
        for (int i = 0; i < 10'000; ++i)
            QVERIFY(budget.spend(address(1), i * nsPerSecond / 50));
    }

    void noLimit()
    {
        RequestBudget budget;
        QCOMPARE(granted(budget, address(1), 5'000, nsPerSecond), 5'000);
        QCOMPARE(budget.count(), 0);
    }

    void aNetworkOfIpv6IsOneAddress()
    {
        RequestBudget budget;
        budget.setPerSecond(1);
        int result = 0;
        for (int i = 0; i < 100; ++i)
            result += budget.spend(AddressKey(QHostAddress(u"2001:db8::%1"_s.arg(i))), nsPerSecond) ? 1 : 0;
        QCOMPARE(result, 4);
    }

    void theirNumberIsBounded()
    {
        RequestBudget budget;
        budget.setPerSecond(1);
        for (int i = 0; i < 50'000; ++i)
            QVERIFY(budget.spend(address(i), nsPerSecond));
        QVERIFY(budget.count() <= RequestBudget::mostAddresses);
    }
};

QTEST_APPLESS_MAIN(TestRequestBudget)
#include "tst_requestbudget.moc"
