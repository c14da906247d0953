// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The wall around the helper program: what it cannot do, what a file can cost, and what becomes of the
// station when a helper dies.
#include "core/codec/codecrecords.h"
#include "core/codec/codecsession.h"
#include "core/codec/mediaprober.h"
#include "core/playlist/library/mediainfo.h"
#include "tests/core/playlist/library/mediafiles.h"
#include "tests/data/odd/oddfiles.h"
#include "tests/support/helperprocess.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

/// "what: refused" by what.
QMap<QByteArray, QByteArray> climbed(const QStringList &arguments)
{
    QProcess process;
    process.start(codecProgramPath(), QStringList{u"walls"_s} + arguments);
    if (!process.waitForFinished(20'000))
        return {};
    QMap<QByteArray, QByteArray> lines;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        if (const qsizetype colon = line.indexOf(": "); colon > 0)
            lines.insert(line.left(colon), line.mid(colon + 2));
    }
    return lines;
}

bool hasLandlock()
{
#ifdef SYS_landlock_create_ruleset
    return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, 1U) > 0;
#else
    return ::syscall(444, nullptr, 0, 1U) > 0;
#endif
}

constexpr std::array files{"read a file", "write a file", "list a folder"};
constexpr std::array calls{"socket", "local socket", "connect", "trace", "read another's memory", "signal"};

qint64 statusKb(qint64 pid, const QByteArray &field)
{
    QFile file(u"/proc/%1/status"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray all = file.readAll();
    const qsizetype at = all.indexOf(field + ':');
    return at < 0 ? -1 : all.mid(at + field.size() + 1, 30).trimmed().split(' ').first().toLongLong();
}

qint64 ownPeakKb()
{
    return statusKb(QCoreApplication::applicationPid(), "VmHWM");
}

} // namespace

class TestWall : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// A program in the helper's place.
    QString helperThat(const QString &name, const QByteArray &does) const
    {
        const QString program = path(name);
        QFile file(program);
        if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + does + "\n") < 0)
            return {};
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return program;
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(!codecProgramPath().isEmpty(), "cycast-codec is not beside this test");
        QCOMPARE(mediafiles::encode(path(u"fine.flac"_s), {u"-metadata"_s, u"title=Fine"_s}, 2.0),
                 QByteArray());
        QVERIFY(mediafiles::write(path(u"many.m4a"_s), odd::mp4WithManySamples(60'000'000)));
    }

    /// Without the walls all of it is possible, so that "refused" means something.
    void nothingBehindTheWallsIsReached()
    {
        const auto open = climbed({u"none"_s});
        const auto walled = climbed({});
        QCOMPARE(walled.value("seccomp"), QByteArray("yes"));
        QCOMPARE(walled.value("Landlock"), QByteArray(hasLandlock() ? "yes" : "no"));
        QCOMPARE(walled.value("gain rights"), QByteArray("refused"));
        for (const auto &list :
             {QList<QByteArray>(files.begin(), files.end()), QList<QByteArray>(calls.begin(), calls.end())}) {
            for (const QByteArray &what : list) {
                QVERIFY2(open.value(what) == "possible", what);
                QVERIFY2(walled.value(what) == "refused", what);
            }
        }
        QVERIFY(!open.contains("exec")); // it became another program
        QCOMPARE(walled.value("exec"), QByteArray("refused"));
        for (const QByteArray &what :
             {QByteArray("limit another"), QByteArray("new code"), QByteArray("fork")}) {
            if (open.contains(what)) { // not under a sanitizer, which does these itself
                QVERIFY2(open.value(what) == "possible", what);
                QVERIFY2(walled.value(what) == "refused", what);
            }
        }
    }

    /// Each wall by itself: where the second one falls, files stay out of reach.
    void theFirstWallStandsAlone()
    {
        const auto lines = climbed({u"files"_s});
        QCOMPARE(lines.value("gain rights"), QByteArray("refused"));
        for (const QByteArray what : files)
            QCOMPARE(lines.value(what), QByteArray(hasLandlock() ? "refused" : "possible"));
    }

    /// What is heard next may be waiting for any of them, but for those that measure.
    void onlyMeasuringStepsAside_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<bool>("stepsAside");
        const QStringList options = argumentsFor({});
        QTest::newRow("a track") << QStringList{u"session"_s} + options << false;
        QTest::newRow("a track as it is") << QStringList{u"copy"_s} + options << false;
        QTest::newRow("a look") << QStringList{u"look"_s} << false;
        QTest::newRow("a show") << QStringList{u"live"_s, u"mp3"_s} + options << false;
        QTest::newRow("an ear") << QStringList{u"listen"_s, u"mp3"_s} << false;
        QTest::newRow("how loud it is") << QStringList{u"loudness"_s, u"2"_s} << true;
    }

    void onlyMeasuringStepsAside()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const bool, stepsAside);
        const auto helper = CodecProcess::start(codecProgramPath(), arguments);
        QVERIFY(helper);
        const qint64 pid = (*helper)->processId(); // others may still be on their way out
        QVERIFY(pid > 0);
        const auto niceness = [](qint64 of) { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(of)); };
        // Behind the second wall it has settled.
        QTRY_VERIFY(mediafiles::contentOf(u"/proc/%1/status"_s.arg(pid)).contains("Seccomp:\t2"));
        QTRY_COMPARE(niceness(pid) - niceness(0), stepsAside ? 10 : 0);
    }

    void theStationHoldsNoDecoder()
    {
        const auto holds = [](const QString &program, const QByteArray &library) {
            return mediafiles::contentOf(QCoreApplication::applicationDirPath() + u'/' + program)
                .contains(library + ".so");
        };
        for (const QByteArray &library : {QByteArray("libavformat"), QByteArray("libavcodec"),
                                          QByteArray("libavutil"), QByteArray("libswresample")}) {
            QVERIFY2(holds(u"cycast-codec"_s, library), library);
            QVERIFY2(!holds(u"cycastd"_s, library), library);
        }
        QVERIFY(holds(u"cycastd"_s, "libQt6Core"));
    }

    /// 4.7 kB that asked for 3.9 GB.
    void aFileCostsNoMoreThanItMay()
    {
        QVERIFY(QFileInfo(path(u"many.m4a"_s)).size() < 5'000);
        const qint64 before = ownPeakKb();
        const test::MachineSlack slack;
        QElapsedTimer spent;
        spent.start();
        PlaylistEntry entry;
        entry.path = path(u"many.m4a"_s);
        entry = withMediaInfo(entry);
        QVERIFY(entry.tagsRead);
        QVERIFY2(spent.elapsed() < 15'000 + slack.ms(), QByteArray::number(spent.elapsed()));
        QVERIFY2(ownPeakKb() - before < 100'000, QByteArray::number(ownPeakKb() - before));

        // The helper itself, and that its neighbours are read by the same one.
        auto process = CodecProcess::start(codecProgramPath(), {u"look"_s});
        QVERIFY(process);
        for (const QString &name : {u"many.m4a"_s, u"fine.flac"_s}) {
            const auto file = MusicFile::open(path(name));
            QVERIFY(file);
            CodecRecord question;
            question.kind = CodecRecord::Kind::Look;
            question.name = name;
            QVERIFY((*process)->sendAll(encodeRecord(question), 5'000, (*file)->descriptor()));
            CodecRecordReader records;
            std::optional<CodecRecord> answer;
            while (!answer) {
                QByteArray bytes(65536, Qt::Uninitialized);
                const qint64 got = (*process)->receive(bytes.data(), bytes.size(), 15'000);
                QVERIFY2(got > 0, qPrintable(name));
                records.feed(QByteArrayView(bytes).first(got));
                answer = records.next();
            }
            QCOMPARE(answer->facts.title, name == u"fine.flac"_s ? QByteArray("Fine") : QByteArray());
        }
        const qint64 peak = statusKb((*process)->processId(), "VmHWM");
        QVERIFY2(peak > 0 && peak < 800'000, QByteArray::number(peak));
    }

    void whoEndedTheHelperDecides_data()
    {
        QTest::addColumn<QByteArray>("does");
        QTest::addColumn<int>("kind");
        QTest::newRow("a crash is the file's fault") << QByteArray("kill -SEGV $$") << int(TrackFault::File);
        QTest::newRow("so is too much time") << QByteArray("kill -XCPU $$") << int(TrackFault::File);
        QTest::newRow("somebody's hand is not") << QByteArray("kill -KILL $$") << int(TrackFault::Stopped);
        QTest::newRow("nor an end in peace") << QByteArray("exit 0") << int(TrackFault::Stopped);
        QTest::newRow("a missing library is this machine's")
            << QByteArray("exit 127") << int(TrackFault::Machine);
    }
    void whoEndedTheHelperDecides()
    {
        QFETCH(const QByteArray, does);
        QFETCH(const int, kind);
        const QString program = helperThat(u"helper-"_s + QString::number(kind), does);
        const auto file = MusicFile::open(path(u"fine.flac"_s));
        QVERIFY(file);
        const auto looked = lookIntoMedia(**file, usualLookMs, program);
        QVERIFY(!looked);
        QCOMPARE(int(looked.error().kind), kind);
        CodecSession session(program, {});
        auto begun = session.begin(**file, 0, 0.0);
        const auto output = begun ? session.next(1000, 10'000) : tl::unexpected(begun.error());
        QVERIFY(!output);
        QCOMPARE(int(output.error().kind), kind);
        const auto measured = measureLoudness(program, path(u"fine.flac"_s), 2, 10'000);
        QVERIFY(!measured);
        QCOMPARE(int(measured.error().kind), kind);
    }

    void aHelperThatIsNowhereIsNoFaultOfAFile()
    {
        const auto file = MusicFile::open(path(u"fine.flac"_s));
        QVERIFY(file);
        for (const QString &program : {QString(), path(u"nowhere"_s)}) {
            QCOMPARE(lookIntoMedia(**file, usualLookMs, program).error().kind, TrackFault::Machine);
            CodecSession session(program, {});
            QCOMPARE(session.begin(**file, 0, 0.0).error().kind, TrackFault::Machine);
        }
        // And the right one reads it as if nothing had been.
        QCOMPARE(lookIntoMedia(**file)->title, QByteArray("Fine"));
    }

    /// A kept helper that was ended in the meantime says nothing about the next file.
    void aKeptHelperMayHaveGone()
    {
        const QString once = helperThat(u"once"_s, "exec '" + codecProgramPath().toUtf8() + "' \"$@\"");
        const auto file = MusicFile::open(path(u"fine.flac"_s));
        QVERIFY(file);
        QCOMPARE(lookIntoMedia(**file, usualLookMs, once)->title, QByteArray("Fine"));
        const QByteArray children =
            mediafiles::contentOf(u"/proc/self/task/%1/children"_s.arg(QCoreApplication::applicationPid()));
        int ended = 0;
        for (const QByteArray &child : children.split(' ')) {
            if (child.toInt() > 0 && ::kill(child.toInt(), SIGKILL) == 0)
                ++ended;
        }
        QVERIFY(ended > 0);
        QCOMPARE(lookIntoMedia(**file, usualLookMs, once)->title, QByteArray("Fine"));
    }
};

QTEST_GUILESS_MAIN(TestWall)
#include "tst_wall.moc"
