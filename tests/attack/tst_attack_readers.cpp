// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/attack/attackedstation.h"
#include "tests/attack/attacksize.h"
#include "tests/attack/flood.h"
#include "tests/attack/newcomers.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Strangers who ask and never read what they are told: what waits for them is bounded, in here and in the
/// kernel.
class TestAttackReaders : public QObject
{
    Q_OBJECT

private slots:
    void answersThatNobodyReads_data();
    void answersThatNobodyReads();

private:
    const AttackSize m_size = AttackSize::asTold();
};

void TestAttackReaders::answersThatNobodyReads_data()
{
    QTest::addColumn<bool>("goesOn");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("addresses");
    const QByteArray page = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    QTest::newRow("asks once") << false << page << 1;
    QTest::newRow("asks once, of many addresses") << false << page << 40;
    QTest::newRow("asks on and on") << true << page.repeated(20) << 1;
    QTest::newRow("asks on and on, of many addresses") << true << page.repeated(20) << 40;
    QTest::newRow("asks for all in one go") << false << page.repeated(300) << 40;
    QTest::newRow("asks for the last") << false << QByteArray("GET / HTTP/1.0\r\n\r\n") << 40;
}

void TestAttackReaders::answersThatNobodyReads()
{
    QFETCH(const bool, goesOn);
    QFETCH(const QByteArray, request);
    QFETCH(const int, addresses);
    AttackedStation station;
    QVERIFY(station.start());
    const int before = station.descriptors();
    const qint64 memoryBefore = station.residentBytes();
    const qint64 kernelBefore = station.kernelBytes();
    int most = before;
    qint64 mostKernel = kernelBefore;
    Newcomers newcomers(station.listenPort());
    Flood flood({.port = station.listenPort(),
                 .request = request,
                 .then = goesOn ? FloodPlan::Then::GoOn : FloodPlan::Then::NeverRead,
                 .perSecond = 1'000,
                 .atOnce = m_size.connections,
                 .receiveBuffer = 4096,
                 .addresses = addresses});
    QElapsedTimer lastLook;
    lastLook.start();
    (void)QTest::qWaitFor(
        [&] {
            most = qMax(most, station.descriptors());
            if (lastLook.hasExpired(200)) {
                mostKernel = qMax(mostKernel, station.kernelBytes());
                lastLook.start();
            }
            return false;
        },
        m_size.seconds * 1000);
    const qint64 memory = station.residentBytes() - memoryBefore;
    QVERIFY(newcomers.wait(m_size.seconds + 1));
    newcomers.stop();
    flood.stop();
    qInfo("%lld connections, newcomers' first byte %.1f / %.1f ms (p50 / p99 of %d), %d descriptors more, "
          "%.1f MB "
          "in here and %.1f MB in the kernel",
          flood.opened(), newcomers.percentile(50.0), newcomers.percentile(99.0), newcomers.count(),
          most - before, static_cast<double>(memory) / 1e6,
          static_cast<double>(mostKernel - kernelBefore) / 1e6);
    QVERIFY(flood.opened() > 100);
    QVERIFY2(most - before <= 500, QByteArray::number(most - before));
    QVERIFY2(memory < 40'000'000, QByteArray::number(memory));
    QVERIFY2(mostKernel - kernelBefore < 75'000'000, QByteArray::number(mostKernel - kernelBefore));
    QVERIFY2(station.listenerFault().isEmpty(), qPrintable(station.listenerFault()));
    QVERIFY(QTest::qWaitFor([&] { return station.descriptors() <= before + 8; }, 20'000));
}

QTEST_GUILESS_MAIN(TestAttackReaders)
#include "tst_attack_readers.moc"
