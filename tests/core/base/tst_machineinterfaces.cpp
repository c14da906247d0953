// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/machineinterfaces.h"

#include "core/base/monotonic.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace cycast;

/// Whoever asks for the machine's interfaces never waits for the kernel, but for a moment at first.
class TestMachineInterfaces : public QObject
{
    Q_OBJECT

private slots:
    void theyAreThoseOfTheSystem()
    {
        QCOMPARE(machineInterfaces().size(), QNetworkInterface::allInterfaces().size());
        QVERIFY(!machineInterfaces().isEmpty());
    }

    /// A portable computer in another network, hours later: the first one to ask is told so.
    void whoAsksAfterHoursIsToldWhatIsThereNow()
    {
        const auto there = std::make_shared<std::atomic<int>>(1);
        MachineInterfaces interfaces([there] { return QList<QNetworkInterface>(there->load()); });
        QCOMPARE(interfaces.list(nsPerSecond).size(), 1);
        *there = 2;
        QCOMPARE(interfaces.list(2 * nsPerSecond).size(), 1); // a moment ago
        QCOMPARE(interfaces.list(7'200 * nsPerSecond).size(), 2);
    }

    void aKernelThatHangsKeepsNobodyWaiting()
    {
        struct Kernel {
            std::mutex mutex;
            std::condition_variable goesOn;
            bool hangs = true;
            std::atomic<int> asked = 0;
        };
        const auto kernel = std::make_shared<Kernel>();
        MachineInterfaces interfaces([kernel] {
            ++kernel->asked;
            std::unique_lock lock(kernel->mutex);
            kernel->goesOn.wait(lock, [&] { return !kernel->hangs; });
            return QNetworkInterface::allInterfaces();
        });
        QElapsedTimer clock;
        clock.start();
        QVERIFY(interfaces.list(nsPerSecond).isEmpty());
        QVERIFY2(clock.elapsed() >= 900, QByteArray::number(clock.elapsed()));
        // A thousand questions later nobody has waited, and the kernel was asked once.
        for (int second = 2; second < 1002; ++second)
            QVERIFY(interfaces.list(second * nsPerSecond).isEmpty());
        QVERIFY2(clock.elapsed() < 10'000, QByteArray::number(clock.elapsed()));
        QCOMPARE(kernel->asked.load(), 1);
        {
            const std::lock_guard lock(kernel->mutex);
            kernel->hangs = false;
        }
        kernel->goesOn.notify_all();
        QTRY_VERIFY(!interfaces.list(1002 * nsPerSecond).isEmpty());
        // That was old, and has been asked for again; what is fresh is not.
        QTRY_COMPARE(kernel->asked.load(), 2);
        QVERIFY(!interfaces.list(1003 * nsPerSecond).isEmpty());
        QVERIFY(!interfaces.list(1010 * nsPerSecond).isEmpty());
        QTRY_COMPARE(kernel->asked.load(), 3);
    }
};

QTEST_GUILESS_MAIN(TestMachineInterfaces)
#include "tst_machineinterfaces.moc"
