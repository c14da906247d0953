// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/playoutclock.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cycast;

namespace
{
constexpr qint64 secondNs = 1'000'000'000;
constexpr qint64 startNs = 77'777 * secondNs + 123'456'789; // any monotonic clock
} // namespace

class TestPlayoutClock : public QObject
{
    Q_OBJECT

private slots:
    void standsStillUntilAnchored();
    void exactOverAnyTenSeconds();
    void exactAfterYears();
    void saysWhenAFrameIsDue();
    void neverRunsBackwards();
    void catchesUpAfterAHiccup();
    void goesOnAfterALongPause();
    void anchoredAgain();
    void unitsAgree();
};

void TestPlayoutClock::standsStillUntilAnchored()
{
    PlayoutClock clock;
    QVERIFY(!clock.isRunning());
    QCOMPARE(clock.dueTime(startNs), 0);
    clock.anchor(startNs, 5 * flicksPerSecond);
    QVERIFY(clock.isRunning());
    QCOMPARE(clock.dueTime(startNs), 5 * flicksPerSecond);
    QCOMPARE(clock.dueTime(startNs + secondNs), 6 * flicksPerSecond);
    clock.stop();
    QVERIFY(!clock.isRunning());
    QCOMPARE(clock.dueTime(startNs + 2 * secondNs), 6 * flicksPerSecond);
}

void TestPlayoutClock::exactOverAnyTenSeconds()
{
    // Asked at random moments, as rounds come; whole frames go out.
    QRandomGenerator random(23);
    PlayoutClock clock;
    clock.anchor(startNs, 0);
    const Flicks frame = flicksForSamples(1152, 44100);
    std::vector<std::pair<qint64, Flicks>> log;
    qint64 now = startNs;
    Flicks sent = 0;
    while (now < startNs + 200 * secondNs) {
        now += random.bounded(200'000'000);
        sent = clock.dueTime(now) / frame * frame;
        log.emplace_back(now, sent);
    }
    for (size_t first = 0; first < log.size(); first += 7) {
        for (size_t last = first; last < log.size() && log[last].first - log[first].first < 11 * secondNs;
             ++last) {
            const Flicks exact = flicksFromNs(log[last].first - log[first].first);
            QVERIFY(qAbs(log[last].second - log[first].second - exact) <= frame);
        }
    }
}

void TestPlayoutClock::exactAfterYears()
{
    PlayoutClock clock;
    clock.anchor(startNs, 0);
    const qint64 step = 4 * secondNs;
    qint64 now = startNs;
    for (int i = 0; i < 25'000'000; ++i) // three years
        clock.dueTime(now += step);
    QCOMPARE(clock.dueTime(now), 25'000'000LL * 4 * flicksPerSecond);
}

void TestPlayoutClock::saysWhenAFrameIsDue()
{
    PlayoutClock clock;
    clock.anchor(startNs, 1234);
    for (int rate : {8000, 11025, 22050, 44100, 48000}) {
        for (int n = 1; n < 3000; n += 7) {
            const Flicks time = 1234 + n * flicksForSamples(1152, rate);
            const qint64 ns = clock.nsWhenDue(time);
            PlayoutClock early = clock;
            early.anchor(startNs, 1234);
            PlayoutClock exact = early;
            // In steps, since the whole way at once would be a pause.
            for (qint64 at = startNs; at < ns - 1; at += 4 * secondNs) {
                early.dueTime(at);
                exact.dueTime(at);
            }
            QVERIFY(early.dueTime(ns - 1) < time);
            QVERIFY(exact.dueTime(ns) >= time);
        }
    }
    QCOMPARE(clock.nsWhenDue(1234), startNs);
    QCOMPARE(clock.nsWhenDue(0), startNs);
}

void TestPlayoutClock::neverRunsBackwards()
{
    QRandomGenerator random(29);
    PlayoutClock clock;
    clock.anchor(startNs, 0);
    Flicks last = 0;
    qint64 now = startNs;
    for (int i = 0; i < 100'000; ++i) {
        now += random.bounded(300'000'000) - 100'000'000;
        const Flicks due = clock.dueTime(now);
        QVERIFY(due >= last);
        last = due;
    }
}

void TestPlayoutClock::catchesUpAfterAHiccup()
{
    PlayoutClock clock;
    clock.anchor(startNs, 0);
    clock.dueTime(startNs + secondNs);
    QCOMPARE(clock.dueTime(startNs + secondNs + PlayoutClock::maxCatchUpNs), 6 * flicksPerSecond);
}

void TestPlayoutClock::goesOnAfterALongPause()
{
    PlayoutClock clock;
    clock.anchor(startNs, 0);
    QCOMPARE(clock.dueTime(startNs + secondNs), flicksPerSecond);
    const qint64 woken = startNs + 3600 * secondNs;
    QCOMPARE(clock.dueTime(woken), flicksPerSecond);
    QCOMPARE(clock.dueTime(woken + secondNs), 2 * flicksPerSecond);
    QCOMPARE(clock.nsWhenDue(3 * flicksPerSecond), woken + 2 * secondNs);
}

void TestPlayoutClock::anchoredAgain()
{
    PlayoutClock clock;
    clock.anchor(startNs, 0);
    clock.dueTime(startNs + secondNs);
    clock.anchor(startNs + 9 * secondNs, 40 * flicksPerSecond);
    QCOMPARE(clock.dueTime(startNs + 10 * secondNs), 41 * flicksPerSecond);
}

void TestPlayoutClock::unitsAgree()
{
    QRandomGenerator random(31);
    for (int i = 0; i < 100'000; ++i) {
        const qint64 ns = static_cast<qint64>(random.generate64() >> 2);
        const Flicks flicks = flicksFromNs(ns);
        QVERIFY(nsFromFlicks(flicks) <= ns && ns - nsFromFlicks(flicks) <= 2);
    }
    QCOMPARE(flicksFromNs(secondNs), flicksPerSecond);
    QCOMPARE(nsFromFlicks(flicksPerSecond), secondNs);
}

QTEST_GUILESS_MAIN(TestPlayoutClock)
#include "tst_playoutclock.moc"
