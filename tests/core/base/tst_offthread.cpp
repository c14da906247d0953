// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/offthread.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTest>

#include <atomic>

using namespace cycast;
using namespace std::chrono_literals;

namespace
{

class Asker : public QObject
{
    Q_OBJECT

public:
    explicit Asker(int threads)
        : off(this, threads)
    {
    }

    QList<int> answers;
    QThread *answeredIn = nullptr;
    OffThread<Asker> off; ///< ends first
};

auto answering(int number)
{
    return [number](WayBack<Asker> &back) {
        back.tell([number](Asker *asker) {
            asker->answers.append(number);
            asker->answeredIn = QThread::currentThread();
        });
    };
}

/// What hangs until somebody opens it.
struct Gate {
    QSemaphore isReached;
    QSemaphore opened;

    void pass()
    {
        isReached.release();
        opened.acquire();
    }
};

} // namespace

class TestOffThread : public QObject
{
    Q_OBJECT

private slots:
    void answersComeInTheOwnersThread()
    {
        Asker asker(1);
        std::atomic<QThread *> worked = nullptr;
        asker.off.start([&worked] { worked = QThread::currentThread(); });
        asker.off.start(answering(1));
        asker.off.start(answering(2));
        QTRY_COMPARE(asker.answers, (QList<int>{1, 2}));
        QCOMPARE(asker.answeredIn, QThread::currentThread());
        QVERIFY(worked.load() != nullptr && worked.load() != QThread::currentThread());
    }

    void theMoreUrgentGoesFirst()
    {
        Asker asker(1);
        const auto gate = std::make_shared<Gate>();
        asker.off.start([gate] { gate->pass(); });
        gate->isReached.acquire();
        asker.off.start(answering(1));
        asker.off.start(answering(2), 1);
        gate->opened.release();
        QTRY_COMPARE(asker.answers, (QList<int>{2, 1}));
    }

    void roomBesideWhatHangs()
    {
        Asker asker(1);
        const auto gate = std::make_shared<Gate>();
        asker.off.start([gate] { gate->pass(); });
        gate->isReached.acquire();
        asker.off.makeRoom(2);
        asker.off.start(answering(1));
        QTRY_COMPARE(asker.answers, QList<int>{1});
        // Two may hang here, not three.
        asker.off.start([gate] { gate->pass(); });
        gate->isReached.acquire();
        asker.off.makeRoom(2);
        asker.off.start(answering(2));
        QTest::qWait(50);
        QCOMPARE(asker.answers, QList<int>{1});
        gate->opened.release(2);
        QTRY_COMPARE(asker.answers, (QList<int>{1, 2}));
    }

    void theEndWaitsForWhatIsAtWorkAndForgetsTheRest()
    {
        auto asker = std::make_unique<Asker>(1);
        const auto gate = std::make_shared<Gate>();
        std::atomic<int> done = 0;
        asker->off.start([gate, &done] {
            gate->pass();
            ++done;
        });
        asker->off.start([&done] { done += 10; });
        gate->isReached.acquire();
        gate->opened.release();
        asker->off.end(30s);
        QVERIFY(done == 1 || done == 11); // the first may have been quicker than the end
        const int atTheEnd = done;
        asker->off.start([&done] { done += 100; });
        asker.reset();
        QCOMPARE(done.load(), atTheEnd);
    }

    void whatHangsIsLeftBehindAndTellsNobody()
    {
        const auto gate = std::make_shared<Gate>();
        const auto isTold = std::make_shared<QSemaphore>();
        {
            Asker asker(1);
            asker.off.start([gate, isTold](WayBack<Asker> &back) {
                gate->pass();
                back.tell([](Asker *gone) { gone->answers.append(1); }); // to nobody
                isTold->release();
            });
            asker.off.start(answering(2));
            gate->isReached.acquire();
            QElapsedTimer clock;
            clock.start();
            asker.off.end(100ms);
            QVERIFY2(clock.elapsed() < 20'000, "the end waited for what hangs");
            QVERIFY(asker.answers.isEmpty());
        }
        gate->opened.release();
        QVERIFY(isTold->tryAcquire(1, 30'000));
        QCoreApplication::processEvents(); // an answer to the one that has gone would crash here
    }
};

QTEST_GUILESS_MAIN(TestOffThread)

#include "tst_offthread.moc"
