// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/playoutclock.h"

#include <QRandomGenerator>
#include <QTest>

#include <functional>

using namespace cycast;

namespace
{

constexpr qint64 millisecondNs = 1'000'000;
constexpr qint64 secondNs = 1'000 * millisecondNs;
constexpr qint64 startNs = 4'242 * secondNs + 987'654'321;
constexpr Flicks frame = flicksForSamples(1152, 44100);

constexpr Flicks ms(qint64 count)
{
    return count * (flicksPerSecond / 1000);
}

/// A clock, a time, and a watch over what must hold at every moment.
class Play
{
public:
    explicit Play(Flicks cushion)
        : m_clock(cushion)
    {
    }

    LiveClock &clock() { return m_clock; }
    qint64 now() const { return m_now; }
    Flicks due() const { return m_due; }
    Flicks cushionHeld() const { return m_clock.arrivedTime() - m_due; }

    void arrive(Flicks duration)
    {
        m_clock.arrived(m_now, duration);
        look();
    }
    void look()
    {
        const Flicks due = m_clock.dueTime(m_now);
        m_monotonic = m_monotonic && due >= m_due;
        m_neverAhead = m_neverAhead && due <= m_clock.arrivedTime();
        m_due = due;
    }
    void pass(qint64 ns)
    {
        m_now += ns;
        look();
    }
    /// `chunk` every `chunk` of wall time (scaled by `rate`), for `duration`.
    void stream(Flicks chunk, qint64 durationNs, double rate = 1.0,
                const std::function<void()> &eachTime = {})
    {
        const qint64 from = m_now;
        const double stepNs = static_cast<double>(nsFromFlicks(chunk)) / rate;
        for (qint64 n = 1; static_cast<double>(n) * stepNs <= static_cast<double>(durationNs); ++n) {
            const qint64 at = from + static_cast<qint64>(static_cast<double>(n) * stepNs);
            pass(at - m_now);
            arrive(chunk);
            if (eachTime)
                eachTime();
        }
    }
    bool isSound() const { return m_monotonic && m_neverAhead; }

private:
    LiveClock m_clock;
    qint64 m_now = startNs;
    Flicks m_due = 0;
    bool m_monotonic = true;
    bool m_neverAhead = true;
};

} // namespace

class TestLiveClock : public QObject
{
    Q_OBJECT

private slots:
    void nothingBeforeTheSource();
    void withoutCushionAudioGoesOutAsItArrives();
    void cushionHoldsBackThatMuch_data();
    void cushionHoldsBackThatMuch();
    void burstAtTheStart();
    void coarseChunks_data();
    void coarseChunks();
    void jitterWithinTheCushionIsNotHeard();
    void stallWithBacklog_data();
    void stallWithBacklog();
    void stallWithoutBacklog();
    void slowCatchUpIsNotForgivenTooEarly();
    void overloadedSourceAlwaysPassesOn();
    void pushedFileIsHeldBack_data();
    void pushedFileIsHeldBack();
    void driftOverThreeDays_data();
    void driftOverThreeDays();
    void stallsDoNotCountAsDrift();
    void cushionChangesSlowlyUpward();
    void cushionFromNothing();
    void cushionChangesAtOnceDownward();
    void processPause();
    void nextDueIsExact_data();
    void nextDueIsExact();
    void nextDueMissesNothing();
    void mayReadAtIsExact();
    void latenessIsMeasured();
    void anythingGoes();
};

void TestLiveClock::nothingBeforeTheSource()
{
    LiveClock clock(ms(200));
    QVERIFY(!clock.hasStarted());
    QCOMPARE(clock.dueTime(startNs), 0);
    QCOMPARE(clock.nextDueNs(startNs, 0), -1);
    QVERIFY(clock.mayRead(startNs));
    QCOMPARE(clock.mayReadAtNs(startNs), startNs);
    QCOMPARE(clock.lateness(startNs), 0);
    QCOMPARE(clock.driftPpm(), 0.0);
    QCOMPARE(clock.arrivedTime(), 0);
}

void TestLiveClock::withoutCushionAudioGoesOutAsItArrives()
{
    Play play(0);
    play.stream(frame, 60 * secondNs, 1.0, [&] { QCOMPARE(play.cushionHeld(), 0); });
    QVERIFY(play.isSound());
    QVERIFY(play.clock().mayRead(play.now()));
    QCOMPARE(play.clock().nextDueNs(play.now(), play.due()), -1);
}

void TestLiveClock::cushionHoldsBackThatMuch_data()
{
    QTest::addColumn<qint64>("cushionMs");
    QTest::newRow("200 ms") << qint64{200};
    QTest::newRow("600 ms") << qint64{600};
    QTest::newRow("1.6 s") << qint64{1600};
}

void TestLiveClock::cushionHoldsBackThatMuch()
{
    QFETCH(qint64, cushionMs);
    Play play(ms(cushionMs));
    play.arrive(frame);
    play.stream(frame, (cushionMs - 60) * millisecondNs);
    QCOMPARE(play.due(), 0);
    play.stream(frame, 10 * secondNs);
    const Flicks from = play.due();
    const qint64 fromNs = play.now();
    QVERIFY(qAbs(play.cushionHeld() - ms(cushionMs)) <= frame);
    // From there on in real time, between arrivals too.
    play.stream(frame, 60 * secondNs, 1.0, [&] {
        QVERIFY(qAbs(play.due() - from - flicksFromNs(play.now() - fromNs)) <= frame);
        play.pass(13 * millisecondNs);
        QVERIFY(qAbs(play.due() - from - flicksFromNs(play.now() - fromNs)) <= frame);
    });
    QVERIFY(play.isSound());
}

void TestLiveClock::burstAtTheStart()
{
    // 2 s at once: with no cushion heard at once, with one all but the cushion.
    Play none(0);
    none.arrive(ms(2000));
    QCOMPARE(none.due(), ms(2000));
    Play some(ms(1600));
    some.arrive(ms(1500));
    some.pass(300 * millisecondNs);
    some.arrive(ms(800));
    QCOMPARE(some.due(), ms(2300 - 1600 - 0));
    // More than that is not passed on at once.
    Play large(0);
    large.arrive(ms(9000));
    QCOMPARE(large.due(), ms(2000) + LiveClock::burstAllowance);
    QVERIFY(!large.clock().mayRead(large.now()));
    large.pass(2 * secondNs);
    QCOMPARE(large.due(), ms(4000) + LiveClock::burstAllowance);
    // And the later burst does not move the clock.
    Play late(ms(200));
    late.arrive(frame);
    late.stream(frame, 10 * secondNs);
    const Flicks before = late.due();
    late.arrive(ms(1500));
    QCOMPARE(late.due(), before);
}

void TestLiveClock::coarseChunks_data()
{
    QTest::addColumn<qint64>("cushionMs");
    QTest::newRow("none") << qint64{0};
    QTest::newRow("200 ms") << qint64{200};
    QTest::newRow("1.6 s") << qint64{1600};
}

void TestLiveClock::coarseChunks()
{
    // 1 s every 1 s. With a cushion that holds a chunk nobody notices; with less each chunk goes out in time.
    QFETCH(qint64, cushionMs);
    Play play(ms(cushionMs));
    play.arrive(ms(1000));
    play.stream(ms(1000), 20 * secondNs);
    const Flicks offset = play.due() - flicksFromNs(play.now() - startNs);
    QCOMPARE(offset, ms(1000 - cushionMs));
    for (int second = 0; second < 3000; ++second) {
        for (int tenth = 0; tenth < 10; ++tenth) {
            play.pass(100 * millisecondNs);
            const Flicks smooth = flicksFromNs(play.now() - startNs) + offset;
            QCOMPARE(play.due(), qMin(smooth, play.clock().arrivedTime()));
        }
        play.arrive(ms(1000));
        QCOMPARE(play.due(), flicksFromNs(play.now() - startNs) + offset);
    }
    QCOMPARE(play.clock().driftPpm(), 0.0);
    QVERIFY(play.isSound());
}

void TestLiveClock::jitterWithinTheCushionIsNotHeard()
{
    QRandomGenerator random(37);
    Play play(ms(600));
    play.arrive(frame);
    // Each frame is late by up to 400 ms, but none overtakes another.
    qint64 arrival = startNs;
    qint64 sent = startNs;
    Flicks lastDue = 0;
    qint64 lastNs = 0;
    for (int i = 0; i < 40'000; ++i) {
        sent += nsFromFlicks(frame);
        arrival =
            qMax(arrival, sent + random.bounded(400) * millisecondNs * (random.bounded(30) == 0 ? 1 : 0));
        play.pass(arrival - play.now());
        play.arrive(frame);
        if (i > 400) {
            QVERIFY(play.cushionHeld() > ms(50));
            const Flicks passed = flicksFromNs(play.now() - lastNs);
            QVERIFY(qAbs(play.due() - lastDue - passed) <= ms(1) + passed / 1000);
        }
        lastDue = play.due();
        lastNs = play.now();
    }
    QVERIFY(play.isSound());
}

void TestLiveClock::stallWithBacklog_data()
{
    coarseChunks_data();
}

void TestLiveClock::stallWithBacklog()
{
    QFETCH(qint64, cushionMs);
    Play play(ms(cushionMs));
    play.arrive(frame);
    play.stream(frame, 20 * secondNs);
    const Flicks held = play.cushionHeld();
    for (int i = 0; i < 30; ++i)
        play.pass(100 * millisecondNs);
    QCOMPARE(play.cushionHeld(), 0);
    const qint64 missing = nsFromFlicks(ms(3000)) / nsFromFlicks(frame);
    for (qint64 i = 0; i < missing; ++i)
        play.arrive(frame);
    QVERIFY(qAbs(play.cushionHeld() - held) <= 2 * frame); // all the rest is due at once
    play.stream(frame, 60 * secondNs);
    QVERIFY(qAbs(play.cushionHeld() - held) <= 2 * frame);
    QVERIFY(play.clock().lateness(play.now()) <= 2 * frame);
    QVERIFY(play.isSound());
}

void TestLiveClock::stallWithoutBacklog()
{
    for (const qint64 cushionMs : {0, 200, 1600}) {
        Play play(ms(cushionMs));
        play.arrive(frame);
        play.stream(frame, 20 * secondNs);
        for (int i = 0; i < 30; ++i)
            play.pass(100 * millisecondNs);
        QCOMPARE(play.cushionHeld(), 0);

        // Not forgiven yet: what comes goes out.
        play.stream(frame, 9 * secondNs, 1.0, [&] { QCOMPARE(play.cushionHeld(), 0); });
        QVERIFY(play.clock().lateness(play.now()) > ms(2900));
        play.stream(frame, 7 * secondNs);
        QVERIFY(play.clock().lateness(play.now()) <= frame);

        // The cushion comes back at 1 % of the time, while audio goes on.
        Flicks lastDue = play.due();
        qint64 lastNs = play.now();
        play.stream(frame, 300 * secondNs, 1.0, [&] {
            const Flicks passed = flicksFromNs(play.now() - lastNs);
            if (cushionMs > 0)
                QVERIFY(play.due() - lastDue >= passed * 98 / 100 - 2);
            QVERIFY(play.due() - lastDue <= passed * 102 / 100 + 2);
            lastDue = play.due();
            lastNs = play.now();
        });
        QVERIFY(qAbs(play.cushionHeld() - ms(cushionMs)) <= 2 * frame);
        QVERIFY(play.isSound());
    }
}

void TestLiveClock::slowCatchUpIsNotForgivenTooEarly()
{
    // After 3 s of nothing the backlog comes at 1.1 times real time: it takes half a minute.
    Play play(ms(1600));
    play.arrive(frame);
    play.stream(frame, 20 * secondNs);
    play.pass(3 * secondNs);
    play.stream(frame, 30 * secondNs, 1.1);
    play.stream(frame, 30 * secondNs);
    QVERIFY(qAbs(play.cushionHeld() - ms(1600)) <= ms(100));
    QVERIFY(play.clock().lateness(play.now()) <= ms(100));
    QVERIFY(play.isSound());
}

void TestLiveClock::overloadedSourceAlwaysPassesOn()
{
    // 5 % too slow: there is no clock to follow, every frame goes out when it comes.
    Play play(ms(200));
    play.arrive(frame);
    play.stream(frame, 20 * secondNs);
    play.stream(frame, 60 * secondNs, 0.95);
    play.stream(frame, 600 * secondNs, 0.95, [&] { QVERIFY(play.cushionHeld() <= ms(200)); });
    QVERIFY(play.isSound());
    play.stream(frame, 120 * secondNs);
    QVERIFY(qAbs(play.cushionHeld() - ms(200)) <= 2 * frame);
}

void TestLiveClock::pushedFileIsHeldBack_data()
{
    coarseChunks_data();
}

void TestLiveClock::pushedFileIsHeldBack()
{
    QFETCH(qint64, cushionMs);
    Play play(ms(cushionMs));
    const qint64 stepNs = 10 * millisecondNs;
    const auto push = [&] {
        while (play.clock().mayRead(play.now()))
            play.arrive(ms(400)); // what one read of the socket brings
    };
    push();
    const Flicks atOnce = play.due();
    QCOMPARE(atOnce, cushionMs == 0 ? ms(3000) : ms(2000 - cushionMs));
    for (int i = 1; i <= 360'000; ++i) { // an hour
        play.pass(stepNs);
        push();
        QCOMPARE(play.due(), atOnce + flicksFromNs(i * stepNs));
        QVERIFY(play.cushionHeld() <= 2 * ms(cushionMs) + LiveClock::readAhead + ms(400));
    }
    QCOMPARE(play.clock().driftPpm(), 0.0);
    QVERIFY(play.isSound());
}

void TestLiveClock::driftOverThreeDays_data()
{
    QTest::addColumn<double>("ppm");
    QTest::addColumn<qint64>("cushionMs");
    QTest::addColumn<qint64>("chunkMs");
    QTest::addColumn<int>("jitterMs");
    QTest::newRow("+200 ppm") << 200.0 << qint64{600} << qint64{100} << 0;
    QTest::newRow("-200 ppm") << -200.0 << qint64{600} << qint64{100} << 0;
    QTest::newRow("+200 ppm, small cushion, jitter") << 200.0 << qint64{200} << qint64{100} << 60;
    QTest::newRow("-200 ppm, small cushion, jitter") << -200.0 << qint64{200} << qint64{100} << 60;
    QTest::newRow("+200 ppm, no cushion") << 200.0 << qint64{0} << qint64{100} << 0;
    QTest::newRow("-50 ppm, coarse chunks") << -50.0 << qint64{1600} << qint64{1000} << 0;
}

void TestLiveClock::driftOverThreeDays()
{
    QFETCH(double, ppm);
    QFETCH(qint64, cushionMs);
    QFETCH(qint64, chunkMs);
    QFETCH(int, jitterMs);
    QRandomGenerator random(41);
    Play play(ms(cushionMs));
    play.arrive(ms(chunkMs));
    play.stream(ms(chunkMs), 3 * secondNs);
    const qint64 from = play.now();
    const double stepNs = static_cast<double>(chunkMs * millisecondNs) / (1.0 + ppm * 1e-6);
    Flicks least = ms(1'000'000);
    Flicks most = 0;
    Flicks atLeastBefore = ms(1'000'000); // just before an arrival: it must never have run dry
    qint64 at = from;
    const auto chunks = static_cast<qint64>(3.0 * 86'400.0 * 1e9 / stepNs);
    for (qint64 n = 1; n <= chunks; ++n) {
        const qint64 jitter = jitterMs > 0 ? random.bounded(jitterMs) * millisecondNs : 0;
        at = qMax(at, from + static_cast<qint64>(static_cast<double>(n) * stepNs) + jitter);
        play.pass(at - play.now());
        atLeastBefore = qMin(atLeastBefore, play.cushionHeld());
        play.arrive(ms(chunkMs));
        least = qMin(least, play.cushionHeld());
        most = qMax(most, play.cushionHeld());
    }
    QVERIFY2(least >= ms(cushionMs - 100), QByteArray::number(secondsOf(least)));
    QVERIFY2(most <= ms(cushionMs + 100), QByteArray::number(secondsOf(most)));
    if (jitterMs == 0) // learned by now, no offset is left
        QVERIFY2(qAbs(play.cushionHeld() - ms(cushionMs)) < ms(10),
                 QByteArray::number(secondsOf(play.cushionHeld())));
    if (cushionMs > 0)
        QVERIFY2(atLeastBefore > 0, QByteArray::number(secondsOf(atLeastBefore)));
    QVERIFY2(qAbs(play.clock().driftPpm() - ppm) < (jitterMs > 0 ? 100.0 : 5.0),
             QByteArray::number(play.clock().driftPpm()));
    QVERIFY(play.isSound());
}

void TestLiveClock::stallsDoNotCountAsDrift()
{
    // A second's stall every 20 s, the backlog at once: the crystal is right, only the road is bad.
    Play play(ms(1600));
    play.arrive(frame);
    for (int i = 0; i < 500; ++i) {
        play.stream(frame, 19 * secondNs);
        play.pass(secondNs);
        while (play.clock().arrivedTime() < flicksFromNs(play.now() - startNs))
            play.arrive(frame);
        QVERIFY(qAbs(play.cushionHeld() - ms(1600)) <= ms(100));
    }
    QVERIFY(qAbs(play.clock().driftPpm()) < 150);
    QVERIFY(play.isSound());
}

void TestLiveClock::cushionChangesSlowlyUpward()
{
    Play play(ms(200));
    play.arrive(frame);
    play.stream(frame, 20 * secondNs);
    play.clock().setCushion(ms(600));
    QCOMPARE(play.clock().cushion(), ms(600));
    Flicks lastDue = play.due();
    qint64 lastNs = play.now();
    play.stream(frame, 20 * secondNs, 1.0, [&] {
        const Flicks passed = flicksFromNs(play.now() - lastNs);
        QVERIFY(qAbs(play.due() - lastDue - passed * 99 / 100) <= 2);
        lastDue = play.due();
        lastNs = play.now();
    });
    QVERIFY(qAbs(play.cushionHeld() - ms(400)) <= 2 * frame);
    play.stream(frame, 30 * secondNs);
    QVERIFY(qAbs(play.cushionHeld() - ms(600)) <= 2 * frame);
    // Long in force: a further change starts from here, not from some time ago.
    play.stream(frame, 600 * secondNs);
    const Flicks before = play.due();
    play.clock().setCushion(ms(1600));
    play.pass(0);
    QVERIFY(play.due() - before <= 2);
    play.stream(frame, 10 * secondNs);
    QVERIFY(qAbs(play.cushionHeld() - ms(700)) <= 2 * frame);
    QVERIFY(play.isSound());
}

void TestLiveClock::cushionFromNothing()
{
    Play play(0);
    play.arrive(frame);
    play.stream(frame, 20 * secondNs);
    play.clock().setCushion(ms(200));
    Flicks last = play.due();
    play.stream(frame, 15 * secondNs, 1.0, [&] {
        QVERIFY(play.due() > last); // no hold
        last = play.due();
    });
    QVERIFY(qAbs(play.cushionHeld() - ms(150)) <= 2 * frame);
    play.stream(frame, 15 * secondNs);
    QVERIFY(qAbs(play.cushionHeld() - ms(200)) <= 2 * frame);
    QVERIFY(play.isSound());
}

void TestLiveClock::cushionChangesAtOnceDownward()
{
    Play play(ms(1600));
    play.arrive(frame);
    play.stream(frame, 20 * secondNs);
    play.clock().setCushion(ms(200));
    play.pass(0);
    QVERIFY(qAbs(play.cushionHeld() - ms(200)) <= frame);
    play.clock().setCushion(0);
    play.pass(0);
    QCOMPARE(play.cushionHeld(), 0);
    play.clock().setCushion(-5);
    QCOMPARE(play.clock().cushion(), 0);
    QVERIFY(play.isSound());
}

void TestLiveClock::processPause()
{
    // Stopped for a minute, the source was blocked meanwhile and drops all but 2 s.
    Play play(ms(600));
    play.arrive(frame);
    play.stream(frame, 20 * secondNs);
    play.pass(60 * secondNs);
    QCOMPARE(play.cushionHeld(), 0);
    play.arrive(ms(2000));
    QCOMPARE(play.cushionHeld(), 0); // passed on, nothing more than what was there
    play.stream(frame, 16 * secondNs);
    QVERIFY(play.clock().lateness(play.now()) <= 2 * frame);
    play.stream(frame, 90 * secondNs);
    QVERIFY(qAbs(play.cushionHeld() - ms(600)) <= 2 * frame);
    QVERIFY(play.isSound());
}

void TestLiveClock::nextDueIsExact_data()
{
    coarseChunks_data();
}

void TestLiveClock::nextDueIsExact()
{
    QFETCH(qint64, cushionMs);
    QRandomGenerator random(43);
    for (int round = 0; round < 2000; ++round) {
        Play play(ms(cushionMs));
        play.arrive(ms(random.bounded(1, 5000)));
        for (int i = random.bounded(40); i > 0; --i) {
            play.pass(random.bounded(400) * millisecondNs + random.bounded(1'000'000));
            play.arrive(ms(random.bounded(1, 500)));
            if (random.bounded(20) == 0)
                play.clock().setCushion(ms(random.bounded(1600)));
        }
        play.pass(random.bounded(1'000'000'000));
        const Flicks missing = play.clock().arrivedTime() - play.due();
        const Flicks beyond = play.due() + (missing > 0 ? random.bounded(missing) : 0);
        const qint64 next = play.clock().nextDueNs(play.now(), beyond);
        if (missing == 0) {
            QCOMPARE(next, -1);
            continue;
        }
        QVERIFY(next > play.now());
        LiveClock early = play.clock();
        QVERIFY(early.dueTime(next - 1) <= beyond);
        LiveClock exact = play.clock();
        QVERIFY(exact.dueTime(next) > beyond);
        // The end of the last frame: asking for more than there is waits for what there is.
        const qint64 all = play.clock().nextDueNs(play.now(), play.clock().arrivedTime());
        LiveClock nearly = play.clock();
        QVERIFY(nearly.dueTime(all - 1) < play.clock().arrivedTime());
        LiveClock whole = play.clock();
        QCOMPARE(whole.dueTime(all), play.clock().arrivedTime());
    }
}

void TestLiveClock::nextDueMissesNothing()
{
    // What falls due between two questions must not wait for an arrival.
    LiveClock clock(ms(200));
    clock.arrived(startNs, ms(1000));
    QCOMPARE(clock.dueTime(startNs), ms(800));
    const qint64 late = startNs + 500 * millisecondNs;
    QCOMPARE(clock.nextDueNs(late, ms(1000)), late);
    QCOMPARE(clock.dueTime(late), ms(1000));
    QCOMPARE(clock.nextDueNs(late, ms(1000)), -1);
    QCOMPARE(clock.nextDueNs(late, ms(900)), late);
}

void TestLiveClock::mayReadAtIsExact()
{
    Play play(ms(200));
    play.arrive(ms(2000));
    QVERIFY(play.clock().mayRead(play.now()));
    QCOMPARE(play.clock().mayReadAtNs(play.now()), play.now());
    play.arrive(ms(3000)); // 3 s ahead, 2.2 s are allowed
    QVERIFY(!play.clock().mayRead(play.now()));
    const qint64 at = play.clock().mayReadAtNs(play.now());
    QCOMPARE(at, play.now() + 800 * millisecondNs);
    QVERIFY(!play.clock().mayRead(at - 1000));
    QVERIFY(play.clock().mayRead(at));
}

void TestLiveClock::latenessIsMeasured()
{
    Play play(ms(600));
    play.arrive(frame);
    play.stream(frame, 10 * secondNs);
    QVERIFY(play.clock().lateness(play.now()) <= frame);
    play.pass(4 * secondNs);
    QVERIFY(qAbs(play.clock().lateness(play.now()) - ms(4000)) <= 2 * frame);
    play.arrive(ms(4000));
    QVERIFY(play.clock().lateness(play.now()) <= 2 * frame);
}

void TestLiveClock::anythingGoes()
{
    QRandomGenerator random(47);
    for (int round = 0; round < 200; ++round) {
        Play play(ms(random.bounded(3) * random.bounded(1600)));
        for (int step = 0; step < 2000; ++step) {
            const int what = random.bounded(100);
            if (what < 50)
                play.arrive(ms(random.bounded(1, 60)));
            else if (what < 97)
                play.pass(random.bounded(60) * millisecondNs);
            else if (what == 97)
                play.pass(random.bounded(30) * secondNs);
            else if (what == 98)
                play.arrive(ms(random.bounded(1, 20'000)));
            else
                play.clock().setCushion(ms(random.bounded(3) * random.bounded(1600)));
            QVERIFY(qAbs(play.clock().driftPpm()) <= 500.001);
            const qint64 next = play.clock().nextDueNs(play.now(), play.due());
            QVERIFY(next == -1 ? play.cushionHeld() == 0 : next >= play.now());
        }
        QVERIFY(play.isSound());
    }
}

QTEST_GUILESS_MAIN(TestLiveClock)
#include "tst_liveclock.moc"
