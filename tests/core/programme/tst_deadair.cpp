// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "core/programme/deadair.h"

#include <QTest>

using namespace cycast;

class TestDeadAir : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsFilledWhileThereIsEnough()
    {
        DeadAir air;
        air.start(0);
        const qint64 nowNs = 10 * nsPerSecond;
        QVERIFY(!air.isToFill(DeadAir::madeAhead, 0, false, nowNs));
        QVERIFY(air.isToFill(DeadAir::madeAhead - 1, 0, false, nowNs));
    }

    /// The list may be on its way as well.
    void theFirstMomentWaitsForTheList()
    {
        DeadAir air;
        air.start(nsPerSecond);
        QVERIFY(!air.isToFill(0, 0, false, nsPerSecond));
        QVERIFY(!air.isToFill(0, 0, false, nsPerSecond + nsPerSecond / 2 - 1));
        QVERIFY(air.isToFill(0, 0, false, nsPerSecond + nsPerSecond / 2));
    }

    /// A reader at work has half a second, from when the stream became short, and all that is still ahead.
    void aReaderAtWorkHasAMoment()
    {
        DeadAir air;
        air.start(0);
        const qint64 nowNs = 10 * nsPerSecond;
        QVERIFY(!air.isToFill(10, 0, true, nowNs));
        QVERIFY(!air.isToFill(10, 0, true, nowNs + nsPerSecond)); // that plays out first
        QVERIFY(air.isToFill(10, 10, true, nowNs + nsPerSecond));
        QVERIFY(!air.isToFill(DeadAir::madeAhead + 10, 10, true, nowNs + nsPerSecond));
        QVERIFY(!air.isToFill(10, 10, true, nowNs + nsPerSecond)); // it delivered: a new moment
        air.reset();
        QVERIFY(!air.isToFill(10, 10, true, nowNs + 2 * nsPerSecond));
        QVERIFY(air.isToFill(10, 10, true, nowNs + 3 * nsPerSecond));
    }
};

QTEST_GUILESS_MAIN(TestDeadAir)
#include "tst_deadair.moc"
