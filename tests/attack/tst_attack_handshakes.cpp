// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "tests/attack/attackedstation.h"
#include "tests/attack/attacksize.h"
#include "tests/attack/flood.h"
#include "tests/attack/newcomers.h"
#include "tests/support/tlsclient.h"

#include <QTest>

using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// Strangers who begin with TLS and hang up, or stand still in the middle of it.
class TestAttackHandshakes : public QObject
{
    Q_OBJECT

private slots:
    void begunAndLeft_data();
    void begunAndLeft();

private:
    const AttackSize m_size = AttackSize::asTold();
};

void TestAttackHandshakes::begunAndLeft_data()
{
    QTest::addColumn<bool>("stays");
    QTest::addColumn<int>("addresses");
    QTest::newRow("hang up") << false << 1;
    QTest::newRow("stay") << true << 1;
    QTest::newRow("stay, of many addresses") << true << 20;
}

void TestAttackHandshakes::begunAndLeft()
{
    QFETCH(const bool, stays);
    QFETCH(const int, addresses);
    AttackedStation station;
    QVERIFY(makeCertificate(station.path(u"cert.pem"_s), station.path(u"cert.key"_s), u"localhost"_s));
    QVERIFY(station.start("server {\n  tls_certificate = \"cert.pem\"\n  tls_key = \"cert.key\"\n}\n"));
    const int before = station.descriptors();
    const qint64 memoryBefore = station.residentBytes();
    int most = before;
    Newcomers newcomers(station.listenPort());
    Flood flood({.port = station.listenPort(),
                 .request = clientHello(),
                 .then = stays ? FloodPlan::Then::NeverRead : FloodPlan::Then::HangUp,
                 .perSecond = stays ? 1'000 : qMin(m_size.perSecond, 1'500),
                 .atOnce = stays ? m_size.connections : 200,
                 .addresses = addresses});
    (void)QTest::qWaitFor(
        [&] {
            most = qMax(most, station.descriptors());
            return false;
        },
        m_size.seconds * 1000);
    const qint64 memory = station.residentBytes() - memoryBefore;
    QVERIFY(newcomers.wait(m_size.seconds + 1));
    newcomers.stop();
    // Whoever means it gets through.
    const qint64 fromNs = cycast::monotonicNs();
    TlsClient honest(station.listenPort());
    honest.send("GET /stream HTTP/1.0\r\n\r\n");
    QVERIFY(waitUntil([&] { return honest.audio().size() > 10'000; }, 30'000));
    const double waitedMs = static_cast<double>(cycast::monotonicNs() - fromNs) / 1e6;
    qInfo("%lld handshakes begun, newcomers' first byte %.1f / %.1f ms (p50 / p99 of %d), over TLS %.0f ms, "
          "%d descriptors and %.1f MB more",
          flood.opened(), newcomers.percentile(50.0), newcomers.percentile(99.0), newcomers.count(), waitedMs,
          most - before, static_cast<double>(memory) / 1e6);
    flood.stop();
    QVERIFY(flood.opened() > 300);
    QVERIFY2(newcomers.percentile(99.0) <= (m_size.isMeasured ? 100.0 : 5000.0),
             QByteArray::number(newcomers.percentile(99.0)));
    QVERIFY2(most - before <= 500, QByteArray::number(most - before));
    QVERIFY2(memory < 60'000'000, QByteArray::number(memory));
    QVERIFY2(station.listenerFault().isEmpty(), qPrintable(station.listenerFault()));
    honest.hangUp();
    QVERIFY(QTest::qWaitFor([&] { return station.descriptors() <= before + 8; }, 20'000));
}

QTEST_GUILESS_MAIN(TestAttackHandshakes)
#include "tst_attack_handshakes.moc"
