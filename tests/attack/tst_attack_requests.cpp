// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/attack/attackedstation.h"
#include "tests/attack/attacksize.h"
#include "tests/attack/flood.h"
#include "tests/attack/newcomers.h"
#include "tests/support/slack.h"

#include <QTest>

using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Strangers who ask for pages, hang up, or never read: whoever listens hears everything, whoever comes gets
/// in.
class TestAttackRequests : public QObject
{
    Q_OBJECT

private slots:
    void askingAndHangingUp_data();
    void askingAndHangingUp();

private:
    const AttackSize m_size = AttackSize::asTold();
};

void TestAttackRequests::askingAndHangingUp_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("reads");
    const QByteArray end = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    QTest::newRow("page") << "GET /" + end << false;
    QTest::newRow("page, read") << "GET /" + end << true;
    QTest::newRow("statistics, read") << "GET /api/stats" + end << true;
    QTest::newRow("nothing there") << "GET /nothing" + end << false;
    QTest::newRow("no request at all") << QByteArray("\r\n\r\n\x01\x02\x03 nonsense\r\n\r\n") << false;
}

void TestAttackRequests::askingAndHangingUp()
{
    QFETCH(const QByteArray, request);
    QFETCH(const bool, reads);
    AttackedStation station;
    QVERIFY(station.start());
    const int before = station.descriptors();
    const double cpuBefore = station.cpuSeconds();
    int most = before;
    Newcomers newcomers(station.listenPort());
    Flood flood({.port = station.listenPort(),
                 .request = request,
                 .then = reads ? FloodPlan::Then::ReadAll : FloodPlan::Then::HangUp,
                 .perSecond = m_size.perSecond});
    (void)waitUntil(
        [&] {
            most = qMax(most, station.descriptors());
            return false;
        },
        m_size.seconds * 1000);
    const double cpu = (station.cpuSeconds() - cpuBefore) / m_size.seconds;
    QVERIFY(newcomers.wait(m_size.seconds + 1));
    newcomers.stop();
    flood.stop();
    const double p99 = newcomers.percentile(99.0);
    qInfo("%lld requests in %d s, newcomers' first byte %.1f / %.1f ms (p50 / p99 of %d), %d descriptors "
          "more, CPU %.0f %%",
          flood.opened(), m_size.seconds, newcomers.percentile(50.0), p99, newcomers.count(), most - before,
          100.0 * cpu);
    QVERIFY(flood.opened() > m_size.seconds * m_size.perSecond / 10);
    QVERIFY2(p99 <= (m_size.isMeasured ? 100.0 : 5000.0), QByteArray::number(p99));
    QVERIFY2(most - before <= 500, QByteArray::number(most - before));
    QVERIFY2(station.listenerFault().isEmpty(), qPrintable(station.listenerFault()));
    // And all is gone again.
    QVERIFY(waitUntil([&] { return station.descriptors() <= before + 8; }, 10'000));
}

QTEST_GUILESS_MAIN(TestAttackRequests)
#include "tst_attack_requests.moc"
