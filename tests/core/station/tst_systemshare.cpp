// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/systemshare.h"

#include "core/base/scheduling.h"
#include "tests/support/slack.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <linux/capability.h>
#include <mutex>
#include <sys/syscall.h>
#include <systemd/sd-bus.h>
#include <thread>
#include <unistd.h>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

/// RealtimeKit as it is seen from a bus: it notes what it is asked for, and grants it, refuses it or says
/// nothing.
class FakeRealtimeKit
{
public:
    enum class Answer { Grants, Refuses, Hangs };

    FakeRealtimeKit(const QByteArray &address, Answer answer)
        : m_answer(answer)
    {
        sd_bus_new(&m_bus);
        sd_bus_set_address(m_bus, address.constData());
        sd_bus_set_bus_client(m_bus, 1);
        static const sd_bus_vtable table[] = {SD_BUS_VTABLE_START(0),
                                              SD_BUS_METHOD("MakeThreadHighPriority", "ti", "",
                                                            &FakeRealtimeKit::asked,
                                                            SD_BUS_VTABLE_UNPRIVILEGED),
                                              SD_BUS_VTABLE_END};
        m_isThere = sd_bus_start(m_bus) >= 0 &&
                    sd_bus_add_object_vtable(m_bus, nullptr, "/org/freedesktop/RealtimeKit1",
                                             "org.freedesktop.RealtimeKit1", table, this) >= 0 &&
                    sd_bus_request_name(m_bus, "org.freedesktop.RealtimeKit1", 0) >= 0;
        m_thread = std::thread([this] {
            while (!m_stops) {
                if (sd_bus_process(m_bus, nullptr) == 0)
                    sd_bus_wait(m_bus, 20'000);
            }
        });
    }

    ~FakeRealtimeKit()
    {
        m_stops = true;
        m_thread.join();
        sd_bus_flush_close_unref(m_bus);
    }

    bool isThere() const { return m_isThere; }
    QMap<pid_t, int> wanted() const
    {
        const std::lock_guard lock(m_mutex);
        return m_wanted;
    }

private:
    static int asked(sd_bus_message *message, void *self, sd_bus_error *error)
    {
        auto *kit = static_cast<FakeRealtimeKit *>(self);
        uint64_t thread = 0;
        int32_t nice = 0;
        sd_bus_message_read(message, "ti", &thread, &nice);
        {
            const std::lock_guard lock(kit->m_mutex);
            kit->m_wanted.insert(static_cast<pid_t>(thread), nice);
        }
        if (kit->m_answer == Answer::Refuses)
            return sd_bus_error_set_const(error, SD_BUS_ERROR_ACCESS_DENIED, "Nobody sits here.");
        return kit->m_answer == Answer::Hangs ? 1 : sd_bus_reply_method_return(message, nullptr);
    }

    const Answer m_answer;
    sd_bus *m_bus = nullptr;
    bool m_isThere = false;
    std::atomic<bool> m_stops = false;
    mutable std::mutex m_mutex;
    QMap<pid_t, int> m_wanted;
    std::thread m_thread;
};

/// Who runs the tests as root may do everything: not this.
void giveUpPriority()
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2] = {};
    if (::syscall(SYS_capget, &header, data) != 0)
        return;
    data[0].effective &= ~(1U << CAP_SYS_NICE);
    data[0].permitted &= ~(1U << CAP_SYS_NICE);
    ::syscall(SYS_capset, &header, data);
}

QStringList warnings;

} // namespace

/// What the system refuses, RealtimeKit is asked for.
class TestSystemShare : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_daemon.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        QTRY_VERIFY_WITH_TIMEOUT((m_address += m_daemon.readAllStandardOutput()).contains('\n'), 20'000);
        m_address = m_address.trimmed();
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_address);
    }

    void cleanupTestCase()
    {
        m_daemon.kill();
        QVERIFY(m_daemon.waitForFinished());
    }

    void realtimeKitIsAsked_data()
    {
        QTest::addColumn<int>("answer");
        QTest::addColumn<QString>("told");
        QTest::newRow("grants") << 0 << QString();
        QTest::newRow("refuses") << 1 << u"RealtimeKit: Nobody sits here."_s;
        QTest::newRow("hangs") << 2 << u"RealtimeKit: Connection timed out"_s;
        QTest::newRow("is not there")
            << 3 << u"RealtimeKit: The name org.freedesktop.RealtimeKit1 was not provided"_s;
    }

    void realtimeKitIsAsked()
    {
        QFETCH(const int, answer);
        QFETCH(const QString, told);
        std::unique_ptr<FakeRealtimeKit> kit;
        if (answer < 3) {
            kit = std::make_unique<FakeRealtimeKit>(m_address, static_cast<FakeRealtimeKit::Answer>(answer));
            QVERIFY(kit->isThere());
        }
        warnings.clear();
        qInstallMessageHandler(
            [](QtMsgType, const QMessageLogContext &, const QString &text) { warnings.append(text); });
        SystemShare share;
        QSignalSpy answered(&share, &SystemShare::answered);
        const int before = scheduling::niceness();
        share.claim(before - 5, {});
        QTRY_COMPARE_WITH_TIMEOUT(answered.count(), 1, 10'000);
        qInstallMessageHandler(nullptr);
        QCOMPARE(answered.constFirst().constFirst().toBool(), told.isEmpty());
        if (kit)
            QCOMPARE(kit->wanted().value(::getpid()), before - 5);
        if (answer == 0) {
            QVERIFY(kit->wanted().size() > 1); // all threads, those of the pool as well
            QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
        } else {
            QCOMPARE(warnings.size(), 1);
            QVERIFY2(warnings.constFirst().contains(told), qPrintable(warnings.constFirst()));
        }
        // What was started with needs nobody.
        share.claim(0, {});
        QCOMPARE(answered.count(), 1);
    }

    /// taskset(1), or a service's CPUAffinity.
    void whoWasStartedOnSomeProcessorsStaysThere()
    {
        const QList<int> all = scheduling::cpus();
        QVERIFY(scheduling::setCpus({all.constLast()}));
        {
            SystemShare share;
            share.claim(0, {});
            QCOMPARE(scheduling::cpus(), QList<int>{all.constLast()});
            share.claim(0, QString::number(all.constFirst()));
            QCOMPARE(scheduling::cpus(), QList<int>{all.constFirst()});
            share.claim(0, {});
            QCOMPARE(scheduling::cpus(), QList<int>{all.constLast()});
        }
        QVERIFY(scheduling::setCpus(all));
    }

private:
    QProcess m_daemon;
    QByteArray m_address;
};

// Before there are threads, which would keep what the first one gives up.
CYCAST_TEST_IN_ROOM(TestSystemShare, giveUpPriority(); CYCAST_TEST_APPLICATION(QCoreApplication))
#include "tst_systemshare.moc"
