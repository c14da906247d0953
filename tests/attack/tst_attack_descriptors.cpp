// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/monotonic.h"
#include "tests/attack/attackedstation.h"
#include "tests/attack/attacksize.h"
#include "tests/attack/flood.h"
#include "tests/support/liveclient.h"

#include <QJsonDocument>
#include <QTest>

using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// More people than the computer allows connections: those who listen, the playlist and the DJ do not notice.
class TestAttackDescriptors : public QObject
{
    Q_OBJECT

private slots:
    void moreThanTheLimit_data();
    void moreThanTheLimit();

private:
    const AttackSize m_size = AttackSize::asTold();
};

void TestAttackDescriptors::moreThanTheLimit_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("listens");
    QTest::newRow("silent") << QByteArray() << false;
    QTest::newRow("listeners") << QByteArray("GET /stream HTTP/1.0\r\n\r\n") << true;
    QTest::newRow("half a request") << QByteArray("GET /stream HTTP/1.0\r\n") << false;
}

void TestAttackDescriptors::moreThanTheLimit()
{
    QFETCH(const QByteArray, request);
    QFETCH(const bool, listens);
    constexpr int limit = 256;
    AttackedStation station;
    // Files are opened all the time, and one of them after the other has to be found.
    station.setTracks(QList<int>(400, 60));
    QVERIFY(
        station.start("advanced {\n  max_connections = 0\n  max_connections_per_address = 0\n}\n", limit));
    // It has been on the air for a while: something is read ahead.
    const auto aheadSeconds = [&station] {
        return QJsonDocument::fromJson(station.get("/api/status"))["buffer_seconds"_L1].toDouble();
    };
    QTRY_VERIFY_WITH_TIMEOUT(aheadSeconds() > 10.0, 20'000);
    const int before = station.descriptors();
    QVERIFY(station.get("/api/status").contains("\"descriptor_limit\":256"));
    int most = before;
    Flood flood({.port = station.listenPort(),
                 .request = request,
                 .then = listens ? FloodPlan::Then::ReadAll : FloodPlan::Then::NeverRead,
                 .perSecond = 800,
                 .atOnce = 2 * limit});
    QVERIFY(QTest::qWaitFor([&] { return station.descriptors() >= limit - 66; }, 10'000));
    const double cpuBefore = station.cpuSeconds();
    (void)QTest::qWaitFor(
        [&] {
            most = qMax(most, station.descriptors());
            return false;
        },
        m_size.seconds * 1000);
    const double cpu = (station.cpuSeconds() - cpuBefore) / m_size.seconds;
    // The DJ gets in all the same.
    LiveClient live(station.sourcePort(), {.password = AttackedStation::passPhrase, .backlogFrames = 20});
    QVERIFY(QTest::qWaitFor([&] { return station.listener().heard().count(900) > 40 || live.isRefused(); },
                            20'000));
    QVERIFY(!live.isRefused());
    flood.stop();
    const qint64 fromNs = cycast::monotonicNs();
    const auto isServed = [&station] {
        return statusOf(exchange(station.listenPort(), "HEAD /stream HTTP/1.0\r\n\r\n", 2000)) == 200;
    };
    QVERIFY(QTest::qWaitFor(isServed, 10'000));
    const double recoveredMs = static_cast<double>(cycast::monotonicNs() - fromNs) / 1e6;
    qInfo("%lld connections, %d descriptors of %d, CPU %.0f %%, recovered after %.0f ms", flood.opened(),
          most, limit, 100.0 * cpu, recoveredMs);
    QVERIFY2(most <= limit - 30, QByteArray::number(most));
    QVERIFY2(cpu < 0.4, QByteArray::number(cpu));
    QVERIFY2(recoveredMs < 5000, QByteArray::number(recoveredMs));
    QVERIFY2(station.listenerFault().isEmpty(), qPrintable(station.listenerFault()));
}

QTEST_GUILESS_MAIN(TestAttackDescriptors)
#include "tst_attack_descriptors.moc"
