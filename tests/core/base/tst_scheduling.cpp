// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/scheduling.h"

#include "core/base/cpulist.h"

#include <QTest>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

/// Lists of processors, and what the system gives all threads of the program.
class TestScheduling : public QObject
{
    Q_OBJECT

private slots:
    void lists_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("cpus");
        QTest::addColumn<QString>("written");
        QTest::newRow("none") << u"  "_s << QList<int>() << u""_s;
        QTest::newRow("one") << u"3"_s << QList<int>{3} << u"3"_s;
        QTest::newRow("range") << u"0-2"_s << QList<int>{0, 1, 2} << u"0-2"_s;
        QTest::newRow("blanks") << u" 4 , 0 - 1 "_s << QList<int>{0, 1, 4} << u"0-1,4"_s;
        QTest::newRow("twice") << u"1,0-2,2"_s << QList<int>{0, 1, 2} << u"0-2"_s;
        QTest::newRow("last") << u"1023"_s << QList<int>{1023} << u"1023"_s;
    }

    void lists()
    {
        QFETCH(QString, text);
        QFETCH(QList<int>, cpus);
        const auto read = cpusFrom(text);
        QVERIFY(read);
        QCOMPARE(*read, cpus);
        QTEST(cpuListOf(cpus), "written");
    }

    void whatIsNoList()
    {
        for (const char16_t *text : {u"a", u"1,", u",1", u"2-1", u"-1", u"1-", u"1024", u"0-9999999999",
                                     u"1.5", u"0x1", u"1 2", u"1--2", u"+1-2-3"})
            QVERIFY2(!cpusFrom(text), qPrintable(QString::fromUtf16(text)));
    }

    void allThreadsFollow()
    {
        const QList<int> before = scheduling::cpus();
        QVERIFY(!before.isEmpty());
        std::mutex mutex;
        std::condition_variable turn;
        int step = 0;
        QList<int> ofOther;
        int niceOfOther = 0;
        std::thread other([&] {
            ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), scheduling::niceness() + 3);
            std::unique_lock lock(mutex);
            step = 1;
            turn.notify_all();
            turn.wait(lock, [&] { return step == 2; });
            cpu_set_t set;
            CPU_ZERO(&set);
            ::sched_getaffinity(::gettid(), sizeof set, &set);
            for (int cpu = 0; cpu < mostCpus; ++cpu) {
                if (CPU_ISSET(cpu, &set))
                    ofOther.append(cpu);
            }
            niceOfOther = ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()));
        });
        const int niceBefore = scheduling::niceness();
        bool isNicer = false;
        {
            std::unique_lock lock(mutex);
            turn.wait(lock, [&] { return step == 1; });
            QVERIFY(scheduling::setCpus({before.constLast()}));
            isNicer = scheduling::setNiceness(niceBefore + 2); // downwards everybody may go
            step = 2;
            turn.notify_all();
        }
        other.join();
        QVERIFY(isNicer);
        QCOMPARE(scheduling::niceness(), niceBefore + 2);
        QCOMPARE(niceOfOther, niceBefore + 5);
        QCOMPARE(scheduling::cpus(), QList<int>{before.constLast()});
        QCOMPARE(ofOther, QList<int>{before.constLast()});
        QVERIFY(scheduling::setCpus({}));
        QCOMPARE(scheduling::cpus(), before);
        // What does not exist changes nothing.
        QVERIFY(!scheduling::setCpus({mostCpus - 1}));
        QCOMPARE(scheduling::cpus(), before);
        // And back up as far as it is permitted, which is what is said of it.
        const int least = scheduling::leastNiceness();
        QCOMPARE(scheduling::setNiceness(niceBefore), least <= niceBefore);
    }
};

QTEST_APPLESS_MAIN(TestScheduling)
#include "tst_scheduling.moc"
