// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/systemverdicts.h"

#include "core/base/systemfiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

/// What the system says of its processors, and what that means.
class TestSystemVerdicts : public QObject
{
    Q_OBJECT

private slots:
    void filesOfTheSystem()
    {
        const QTemporaryDir folder;
        const QString root = folder.path();
        const auto write = [&root](const QString &name, const QByteArray &content) {
            QFile file(root + name);
            return QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly) &&
                   file.write(content) == content.size();
        };
        QCOMPARE(systemfiles::governors(root), QString());
        QCOMPARE(systemfiles::throttling(root), -1);
        QVERIFY(!systemfiles::hasKernelTls(root));
        QVERIFY(write(u"/sys/devices/system/cpu/cpufreq/boost"_s, "1\n")); // no processor
        QVERIFY(write(u"/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"_s, "schedutil\n"));
        QVERIFY(write(u"/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor"_s, "schedutil\n"));
        QCOMPARE(systemfiles::governors(root), u"schedutil"_s);
        QVERIFY(write(u"/sys/devices/system/cpu/cpu10/cpufreq/scaling_governor"_s, "performance\n"));
        QCOMPARE(systemfiles::governors(root), u"performance,schedutil"_s);
        QVERIFY(write(u"/sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count"_s, "0\n"));
        QCOMPARE(heatOf(systemfiles::throttling(root)), SystemFigures::Heat::Cool);
        QVERIFY(write(u"/sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count"_s, "17\n"));
        QCOMPARE(heatOf(systemfiles::throttling(root)), SystemFigures::Heat::WasHot);
        QVERIFY(write(u"/sys/devices/platform/soc/soc:firmware/get_throttled"_s, "50005\n"));
        QCOMPARE(systemfiles::throttling(root), 0x50005);
        QVERIFY(write(u"/proc/net/tls_stat"_s, ""));
        QVERIFY(systemfiles::hasKernelTls(root));
    }

    void governors_data()
    {
        QTest::addColumn<QString>("names");
        QTest::addColumn<GovernorVerdict>("verdict");
        QTest::newRow("untold") << QString() << GovernorVerdict::Unknown;
        QTest::newRow("fast") << u"performance"_s << GovernorVerdict::Fast;
        QTest::newRow("adapts") << u"schedutil"_s << GovernorVerdict::Adapts;
        QTest::newRow("old kernels") << u"ondemand"_s << GovernorVerdict::Adapts;
        QTest::newRow("one of them slow") << u"performance,powersave"_s << GovernorVerdict::Slow;
        QTest::newRow("slow steps") << u"conservative"_s << GovernorVerdict::Slow;
        QTest::newRow("mixed") << u"ondemand,performance"_s << GovernorVerdict::Adapts;
    }
    void governors()
    {
        QFETCH(QString, names);
        QTEST(governorVerdict(names), "verdict");
    }

    void heat()
    {
        QCOMPARE(heatOf(-1), SystemFigures::Heat::Unknown);
        QCOMPARE(heatOf(0), SystemFigures::Heat::Cool);
        QCOMPARE(heatOf(0x1), SystemFigures::Heat::Hot); // too little power, now
        QCOMPARE(heatOf(0x50000), SystemFigures::Heat::WasHot);
        QCOMPARE(heatOf(0x50005), SystemFigures::Heat::Hot);
        QCOMPARE(heatOf(0x100000), SystemFigures::Heat::Cool); // nothing that is known
    }

    void priorities_data()
    {
        QTest::addColumn<int>("nice");
        QTest::addColumn<QString>("cpus");
        QTest::addColumn<int>("wantedNice");
        QTest::addColumn<QString>("wantedCpus");
        QTest::addColumn<PriorityVerdict>("verdict");
        QTest::newRow("nothing asked") << 0 << u"0-3"_s << 0 << u""_s << PriorityVerdict::Usual;
        QTest::newRow("started so") << -5 << u"0-3"_s << 0 << u""_s << PriorityVerdict::Raised;
        QTest::newRow("as asked") << -10 << u"0-3"_s << -10 << u""_s << PriorityVerdict::Raised;
        QTest::newRow("not so far") << -5 << u"0-3"_s << -10 << u""_s << PriorityVerdict::NotPermitted;
        QTest::newRow("started behind others") << 5 << u"0"_s << 0 << u""_s << PriorityVerdict::Usual;
        QTest::newRow("these") << 0 << u"0,2-3"_s << 0 << u"2,3,0"_s << PriorityVerdict::Usual;
        QTest::newRow("some of these") << 0 << u"0-1"_s << 0 << u"0-3"_s << PriorityVerdict::OtherCpus;
    }
    void priorities()
    {
        QFETCH(int, nice);
        QFETCH(QString, cpus);
        QFETCH(int, wantedNice);
        QFETCH(QString, wantedCpus);
        SystemFigures figures;
        figures.niceness = nice;
        figures.cpus = cpus;
        QTEST(priorityVerdict(figures, wantedNice, wantedCpus), "verdict");
    }

    void thisComputer()
    {
        const SystemFigures figures = systemFigures();
        QVERIFY(!figures.cpus.isEmpty());
        QVERIFY(figures.niceness >= -20 && figures.niceness <= 19);
        QVERIFY(figures.leastNiceness >= -20 && figures.leastNiceness <= figures.niceness);
    }
};

QTEST_APPLESS_MAIN(TestSystemVerdicts)
#include "tst_systemverdicts.moc"
