// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/attack/attackedstation.h"
#include "tests/attack/attacksize.h"
#include "tests/attack/flood.h"

#include <QTest>

using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

/// What strangers do is logged: neither a disk nor the one who reads the log (or does not) may suffer from
/// it.
class TestAttackLog : public QObject
{
    Q_OBJECT

private slots:
    void anErrorOutputThatNobodyReads();
    void linesAreGathered_data();
    void linesAreGathered();

private:
    const AttackSize m_size = AttackSize::asTold();
};

void TestAttackLog::anErrorOutputThatNobodyReads()
{
    AttackedStation station;
    station.leaveErrorsUnread();
    qputenv("CYCAST_LOG_LEVEL", "DEBUG");
    const bool isOn = station.start("advanced { verbose_logging = true }\n");
    qunsetenv("CYCAST_LOG_LEVEL");
    QVERIFY(isOn);
    Flood joins({.port = station.listenPort(),
                 .request = "GET /stream HTTP/1.0\r\n\r\n",
                 .perSecond = qMin(300, m_size.perSecond)});
    Flood knocks({.port = station.sourcePort(),
                  .request = "PUT /stream HTTP/1.1\r\nHost: a\r\nContent-Type: audio/mpeg\r\n\r\n",
                  .perSecond = 50});
    (void)QTest::qWaitFor([&] { return !station.isRunning(); }, m_size.seconds * 1000);
    joins.stop();
    knocks.stop();
    QVERIFY(joins.opened() > 300);
    QVERIFY2(station.listenerFault().isEmpty(), qPrintable(station.listenerFault()));
    QVERIFY(station.get("/api/status").contains("listeners"));
    QVERIFY(station.end());
}

void TestAttackLog::linesAreGathered_data()
{
    QTest::addColumn<bool>("toSource");
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("joins") << false << QByteArray("GET /stream HTTP/1.0\r\n\r\n");
    QTest::newRow("knocks") << true
                            << QByteArray("PUT /other HTTP/1.1\r\nHost: a\r\nUser-Agent: %1\r\n"
                                          "Content-Type: audio/mpeg\r\nAuthorization: Basic eDp5\r\n\r\n");
    QTest::newRow("nonsense") << true << QByteArray("\x16\x03 nonsense %1\r\n\r\n");
}

void TestAttackLog::linesAreGathered()
{
    QFETCH(const bool, toSource);
    QFETCH(const QByteArray, request);
    AttackedStation station;
    QVERIFY(station.start());
    const qsizetype before = station.errors().size();
    Flood flood({.port = toSource ? station.sourcePort() : station.listenPort(),
                 .request = request,
                 .perSecond = qMin(500, m_size.perSecond)});
    (void)QTest::qWaitFor([&] { return !station.isRunning(); }, m_size.seconds * 1000);
    flood.stop();
    QVERIFY2(station.listenerFault().isEmpty(), qPrintable(station.listenerFault()));
    QVERIFY(station.end());
    // 200 lines at once and one a second in each of two rooms; the sum of the rest.
    const qsizetype lines = station.errors().mid(before).count('\n');
    QVERIFY2(lines <= 2 * (200 + m_size.seconds + 20), QByteArray::number(lines));
    if (!toSource)
        QVERIFY(station.errors().contains("more lines about listeners were left out."));
}

QTEST_GUILESS_MAIN(TestAttackLog)
#include "tst_attack_log.moc"
