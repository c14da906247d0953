// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/buffer/bufferhistory.h"
#include "ui/buffer/chartexport.h"

#include <QTest>

#include <algorithm>

using namespace cycast;
using Span = BufferHistory::Span;
using Curve = BufferHistory::Curve;

namespace
{

BufferHistory::Sample sample(qint64 atMs, double fill, double rate = 0.0, int listeners = 0)
{
    BufferHistory::Sample result;
    result.atMs = atMs;
    result.fillPercent = fill;
    result.outBytesPerSecond = rate;
    result.listeners = listeners;
    return result;
}

double lowest(const QList<QPointF> &points)
{
    double result = 1e9;
    for (const QPointF &point : points)
        result = std::min(result, point.y());
    return result;
}

bool isOrdered(const QList<QPointF> &points)
{
    return std::is_sorted(points.begin(), points.end(),
                          [](const QPointF &a, const QPointF &b) { return a.x() < b.x(); });
}

} // namespace

class TestBufferHistory : public QObject
{
    Q_OBJECT

private slots:
    void twoMinutesAreKeptSampleBySample();
    void aDipOfOneSampleIsSeenInEverySpan();
    void memoryIsBounded();
    void theCurveBeginsAtTheLeftEdge();
    void whatIsOlderThanTheSpanIsNotDrawn();
    void swingLooksAtTheWindowOnly();
    void aClockThatStandsStillOrGoesBackIsHarmless();
    void flagsAreInOrderAndBounded();
    void otherCurves();
    void aCrowdOfListenersIsAFewFlags();
    void movesThatAreLearntLateStandWhereTheyBelong();
    void nothingIsNothing();
    void theTableHasAllCurves();
};

void TestBufferHistory::theTableHasAllCurves()
{
    BufferHistory history;
    const QDateTime wall(QDate(2026, 5, 3), QTime(18, 0), Qt::UTC);
    BufferHistory::Sample one = sample(0, 25.0, 16'000.0, 3);
    one.latencyMs = 200.0;
    one.cpuPercent = 1.5;
    history.add(one);
    one.atMs = 1'000;
    one.fillPercent = 26.0;
    history.add(one);
    history.addFlag({500, StationEvent::Kind::Skip, QStringLiteral("=cmd|\"x\", skipped")});
    const QList<QByteArray> lines = chartCsv(history, Span::TwoMinutes, 1'000, wall).split('\n');
    QCOMPARE(lines.at(0), "time,fill_percent,out_bytes_per_second,listeners,latency_ms,cpu_percent,event\r");
    QCOMPARE(lines.at(1), "2026-05-03T17:59:59.000Z,25.00,16000.00,3.00,200.00,1.50,\r");
    QCOMPARE(lines.at(2), "2026-05-03T18:00:00.000Z,26.00,16000.00,3.00,200.00,1.50,\r");
    QCOMPARE(lines.at(3), "2026-05-03T17:59:59.500Z,,,,,,\"'=cmd|\"\"x\"\", skipped\"\r");
    QVERIFY(history.points(Curve::LatencyMs, Span::Day, 1'000).last().y() == 200.0);
    QVERIFY(history.points(Curve::CpuPercent, Span::Hour, 1'000).last().y() == 1.5);
}

void TestBufferHistory::twoMinutesAreKeptSampleBySample()
{
    BufferHistory history;
    for (int i = 0; i <= 480; ++i)
        history.add(sample(i * 250, i % 100));
    const QList<QPointF> points = history.points(Curve::FillPercent, Span::TwoMinutes, 120'000);
    QCOMPARE(points.size(), 481);
    QCOMPARE(points.first(), QPointF(-120.0, 0.0));
    QCOMPARE(points.at(1), QPointF(-119.75, 1.0));
    QCOMPARE(points.last(), QPointF(0.0, 80.0));
}

void TestBufferHistory::aDipOfOneSampleIsSeenInEverySpan()
{
    BufferHistory history;
    constexpr qint64 day = 86'400'000;
    const qint64 dips[] = {day - 60'000, day - 400'000, day - 3'000'000, day - 80'000'000};
    for (qint64 at = 0; at <= day; at += 250) {
        const bool isDip = std::find(std::begin(dips), std::end(dips), at) != std::end(dips);
        history.add(sample(at, isDip ? 1.0 : 25.0));
    }
    const Span spans[] = {Span::TwoMinutes, Span::TenMinutes, Span::Hour, Span::Day};
    for (int i = 0; i < 4; ++i) {
        const QList<QPointF> points = history.points(Curve::FillPercent, spans[i], day);
        QVERIFY(isOrdered(points));
        QVERIFY2(points.size() <= 3 * 482, qPrintable(QString::number(points.size())));
        QCOMPARE(lowest(points), 1.0);
        // At its moment, to the millisecond, and as many dips as the span holds.
        const double x = static_cast<double>(dips[i] - day) / 1000.0;
        QVERIFY(points.contains(QPointF(x, 1.0)));
        QCOMPARE(std::count_if(points.begin(), points.end(), [](const QPointF &p) { return p.y() == 1.0; }),
                 i + 1);
        QCOMPARE(points.last(), QPointF(0.0, 25.0));
    }
}

void TestBufferHistory::memoryIsBounded()
{
    BufferHistory history;
    qsizetype most = 0;
    for (qint64 at = 0; at < 3 * 86'400'000LL; at += 250) {
        history.add(sample(at, static_cast<double>(at % 97)));
        if (at % 600'000 == 0) {
            history.addFlag({at, StationEvent::Kind::Skip, QStringLiteral("skipped")});
            most = std::max(most, history.storedCount());
        }
    }
    QVERIFY2(most < 3'000, qPrintable(QString::number(most)));

    // Samples that come far too fast do not fill the memory either.
    for (int i = 0; i < 100'000; ++i)
        history.add(sample(3 * 86'400'000LL + i, 10.0));
    QVERIFY(history.storedCount() < 5'000);
}

void TestBufferHistory::theCurveBeginsAtTheLeftEdge()
{
    BufferHistory history;
    history.add(sample(0, 0.0));
    history.add(sample(200'000, 100.0));
    const QList<QPointF> points = history.points(Curve::FillPercent, Span::TwoMinutes, 220'000);
    QCOMPARE(points.size(), 2);
    QCOMPARE(points.first(), QPointF(-120.0, 50.0));
    QCOMPARE(points.last(), QPointF(-20.0, 100.0));
}

void TestBufferHistory::whatIsOlderThanTheSpanIsNotDrawn()
{
    BufferHistory history;
    history.add(sample(0, 25.0));
    history.add(sample(1'000, 25.0));
    QVERIFY(history.points(Curve::FillPercent, Span::TwoMinutes, 500'000).isEmpty());
    QCOMPARE(history.points(Curve::FillPercent, Span::TenMinutes, 500'000).size(), 2);
}

void TestBufferHistory::swingLooksAtTheWindowOnly()
{
    BufferHistory history;
    QCOMPARE(history.swing(0), 0.0);
    history.add(sample(0, 90.0));
    history.add(sample(5'000, 30.0));
    history.add(sample(9'000, 25.0));
    history.add(sample(14'000, 41.0));
    QCOMPARE(history.swing(14'000), 16.0);
    QCOMPARE(history.swing(10'000), 65.0);
    QCOMPARE(history.swing(30'000), 0.0);
}

void TestBufferHistory::aClockThatStandsStillOrGoesBackIsHarmless()
{
    BufferHistory history;
    history.add(sample(10'000, 20.0));
    history.add(sample(10'000, 30.0));
    history.add(sample(4'000, 40.0));
    history.add(sample(10'250, 50.0));
    for (const Span span : {Span::TwoMinutes, Span::TenMinutes, Span::Day})
        QVERIFY(isOrdered(history.points(Curve::FillPercent, span, 11'000)));
    QCOMPARE(history.last()->fillPercent, 50.0);
}

void TestBufferHistory::flagsAreInOrderAndBounded()
{
    BufferHistory history;
    history.addFlag({5'000, StationEvent::Kind::Skip, QStringLiteral("second")});
    history.addFlag({1'000, StationEvent::Kind::OnAir, QStringLiteral("first")});
    QList<BufferHistory::Flag> flags = history.flags(Span::TwoMinutes, 6'000);
    QCOMPARE(flags.size(), 2);
    QCOMPARE(flags.first().text, QStringLiteral("first"));
    QCOMPARE(history.flags(Span::TwoMinutes, 124'000).size(), 1);
    for (int i = 0; i < 5'000; ++i)
        history.addFlag({10'000 + i, StationEvent::Kind::Problem, QStringLiteral("again")});
    QCOMPARE(history.flags(Span::Day, 20'000).size(), 500);
    QCOMPARE(history.flags(Span::Day, 20'000).last().atMs, 14'999);
}

void TestBufferHistory::otherCurves()
{
    BufferHistory history;
    for (int i = 0; i < 100; ++i)
        history.add(sample(i * 250, 25.0, i * 1000.0, i == 50 ? 900 : 3));
    const QList<QPointF> rate = history.points(Curve::OutBytesPerSecond, Span::Hour, 25'000);
    QCOMPARE(rate.last().y(), 99'000.0);
    const QList<QPointF> listeners = history.points(Curve::Listeners, Span::Hour, 25'000);
    QVERIFY(std::any_of(listeners.begin(), listeners.end(), [](const QPointF &p) { return p.y() == 900.0; }));
}

void TestBufferHistory::aCrowdOfListenersIsAFewFlags()
{
    BufferHistory history;
    const qint64 end = 2 * 86'400'000;
    // Ten thousand come within a minute, and from then on somebody leaves or joins each second for two days.
    for (int i = 0; i < 10'000; ++i)
        history.addMovement(i * 6, 1, 0);
    for (qint64 ms = 60'000; ms < end; ms += 1'000)
        history.addMovement(ms, ms % 2'000 == 0 ? 1 : 0, ms % 2'000 == 0 ? 0 : 1);
    QVERIFY(history.storedCount() <= 4 * (BufferHistory::movementParts + 1));
    for (const Span span : {Span::TwoMinutes, Span::TenMinutes, Span::Hour, Span::Day}) {
        const QList<BufferHistory::Movement> parts = history.movements(span, end);
        QVERIFY(parts.size() >= BufferHistory::movementParts - 1 &&
                parts.size() <= BufferHistory::movementParts + 1);
        const qint64 width = BufferHistory::spanMs(span) / BufferHistory::movementParts;
        for (const BufferHistory::Movement &part : parts.mid(1, parts.size() - 2)) {
            QCOMPARE(part.toMs - part.fromMs, width);
            QVERIFY(qAbs(part.joined - width / 2'000) <= 1);
            QVERIFY(qAbs(part.left - width / 2'000) <= 1);
        }
    }
    // Nobody moved: nothing is told.
    history.addMovement(end, 0, 0);
    history.clear();
    QVERIFY(history.movements(Span::Day, end).isEmpty());
    history.addMovement(5'000, 0, -3);
    QVERIFY(history.movements(Span::Day, 6'000).isEmpty());
}

void TestBufferHistory::movesThatAreLearntLateStandWhereTheyBelong()
{
    BufferHistory history;
    history.addMovement(100'000, 5, 0);
    history.addMovement(31'000, 0, 2);
    history.addMovement(32'000, 1, 0);
    const QList<BufferHistory::Movement> parts = history.movements(Span::TwoMinutes, 101'000);
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts.at(0).fromMs, 30'000);
    QCOMPARE(parts.at(0).joined, 1);
    QCOMPARE(parts.at(0).left, 2);
    QCOMPARE(parts.at(1).joined, 5);
}

void TestBufferHistory::nothingIsNothing()
{
    BufferHistory history;
    QVERIFY(history.isEmpty());
    QVERIFY(!history.last());
    QVERIFY(history.points(Curve::FillPercent, Span::Day, 0).isEmpty());
    QCOMPARE(BufferHistory::valueAt({}, -3.0), 0.0);
    const QList<QPointF> one{{-5.0, 7.0}};
    QCOMPARE(BufferHistory::valueAt(one, -9.0), 7.0);
    QCOMPARE(BufferHistory::valueAt(one, 0.0), 7.0);
}

QTEST_GUILESS_MAIN(TestBufferHistory)
#include "tst_bufferhistory.moc"
