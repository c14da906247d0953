// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop program as somebody starts it: its command line, its start and its end.
#include "tests/e2e/runningstation.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

namespace
{

/// Whether the process has its own answer to SIGTERM by now (Linux: SigCgt in /proc).
bool handlesSigterm(const QProcess &program)
{
    if (program.state() != QProcess::Running) // before exec these are the handlers of this test
        return false;
    QFile file(u"/proc/%1/status"_s.arg(program.processId()));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("SigCgt:"))
            return (line.mid(7).trimmed().toULongLong(nullptr, 16) >> (SIGTERM - 1) & 1) != 0;
    }
    return false;
}

} // namespace

class TestCycast : public QObject
{
    Q_OBJECT

private slots:
    void cycastTellsItsVersionWithoutADisplay()
    {
        const Sandbox sandbox;
        QProcessEnvironment environment = sandbox.environment();
        environment.remove(u"DISPLAY"_s);
        environment.remove(u"WAYLAND_DISPLAY"_s);
        environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
        const ProgramResult version =
            sandbox.run(builtProgram(u"cycast"_s), {u"--version"_s}, 20'000, environment);
        QCOMPARE(version.exitCode, 0);
        QCOMPARE(version.output, QByteArray("cycast " CYCAST_VERSION "\n"));
        const ProgramResult help = sandbox.run(builtProgram(u"cycast"_s), {u"--help"_s}, 20'000, environment);
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.output.contains("Usage: cycast "));
    }

    void cycastEndsWith2OnAFileItCannotUse()
    {
        const Sandbox sandbox;
        sandbox.write(u"bad.hcl"_s, "buffer {\n  size_mb = \"much\"\n}\n");
        const ProgramResult bad = sandbox.run(builtProgram(u"cycast"_s), {u"-c"_s, u"bad.hcl"_s});
        QCOMPARE(bad.exitCode, 2);
        QVERIFY2(bad.errors.contains("bad.hcl:2:13:"), bad.errors);
        const ProgramResult missing = sandbox.run(builtProgram(u"cycast"_s), {u"-c"_s, u"nowhere.hcl"_s});
        QCOMPARE(missing.exitCode, 2);
        QVERIFY2(missing.errors.contains("nowhere.hcl"), missing.errors);
    }

    void cycastPrintsItsSettings()
    {
        const Sandbox sandbox;
        sandbox.write(u"config.hcl"_s, RunningStation::settingsText());
        const ProgramResult printed = sandbox.run(
            builtProgram(u"cycast"_s), {u"--any-port"_s, u"-c"_s, u"config.hcl"_s, u"--print-config"_s});
        QCOMPARE(printed.exitCode, 0);
        QVERIFY(QJsonDocument::fromJson(printed.output).isObject());
        QVERIFY(!printed.output.contains(testPassPhrase));
    }

    void cycastStartsAndEndsOnSigterm()
    {
        const Sandbox sandbox;
        const QByteArray settings = RunningStation::settingsText();
        sandbox.write(u"config.hcl"_s, settings);
        QVERIFY(makeTone(sandbox, u"music/1.mp3"_s, 440, 5));
        const auto program =
            sandbox.start(builtProgram(u"cycast"_s), {u"--any-port"_s, u"-c"_s, u"config.hcl"_s});
        QTRY_VERIFY_WITH_TIMEOUT(handlesSigterm(*program), 15'000);
        program->terminate();
        QTRY_COMPARE_WITH_TIMEOUT(program->state(), QProcess::NotRunning, 15'000);
        const QByteArray errors = program->readAllStandardError();
        QVERIFY2(program->exitStatus() == QProcess::NormalExit, errors);
        QVERIFY2(program->exitCode() == 0, errors);
        for (const char *word : {"ERROR", "QObject::", "QThread", testPassPhrase})
            QVERIFY2(!errors.contains(word), errors);
        QCOMPARE(sandbox.read(u"config.hcl"_s), settings);
    }

    // The second start ends at once, well, and the first one has its file.
    void aSecondStartHandsItsFilesToTheFirst()
    {
        const Sandbox sandbox;
        sandbox.write(u"config.hcl"_s, RunningStation::settingsText());
        QVERIFY(makeTone(sandbox, u"music/1.mp3"_s, 440, 5));
        QVERIFY(makeTone(sandbox, u"elsewhere/2.mp3"_s, 550, 5));
        const QStringList arguments{u"--any-port"_s, u"-c"_s, u"config.hcl"_s};
        const auto first = sandbox.start(builtProgram(u"cycast"_s), arguments);
        QTRY_VERIFY_WITH_TIMEOUT(handlesSigterm(*first), 15'000);
        const ProgramResult second =
            sandbox.run(builtProgram(u"cycast"_s), arguments + QStringList{u"elsewhere/2.mp3"_s});
        QCOMPARE(second.exitCode, 0);
        const auto session = [&sandbox] { return sandbox.read(u"state/cycast-desktop/session.json"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(session().contains("2.mp3"), 15'000);
        first->terminate();
        QTRY_COMPARE_WITH_TIMEOUT(first->state(), QProcess::NotRunning, 15'000);
        QCOMPARE(first->exitCode(), 0);
    }

    // SIGKILL is the worst crash there is: list and settings are whole, and the next start has them.
    void aKilledProgramKeepsListAndSettings()
    {
        const Sandbox sandbox;
        const QByteArray settings = RunningStation::settingsText();
        sandbox.write(u"config.hcl"_s, settings);
        for (int i = 1; i <= 3; ++i)
            QVERIFY(makeTone(sandbox, u"elsewhere/%1.mp3"_s.arg(i), 300 * i, 2));
        const QStringList arguments{u"--any-port"_s, u"-c"_s, u"config.hcl"_s};
        const auto session = [&sandbox] { return sandbox.read(u"state/cycast-desktop/session.json"_s); };
        const auto holds = [&session](int files) {
            const QByteArray text = session();
            int found = 0;
            for (int i = 1; i <= 3; ++i)
                found += text.contains("elsewhere/" + QByteArray::number(i) + ".mp3") ? 1 : 0;
            return found == files;
        };
        {
            const auto first =
                sandbox.start(builtProgram(u"cycast"_s), arguments + QStringList{u"elsewhere"_s});
            QTRY_VERIFY_WITH_TIMEOUT(holds(3), 20'000);
            first->kill();
            QTRY_COMPARE_WITH_TIMEOUT(first->state(), QProcess::NotRunning, 15'000);
        }
        QVERIFY(QJsonDocument::fromJson(session()).isObject());
        QCOMPARE(sandbox.read(u"config.hcl"_s), settings);
        // No lock, no socket that the dead one left behind keeps the next one from starting, and it keeps
        // what it finds.
        const auto second = sandbox.start(builtProgram(u"cycast"_s), arguments);
        QTRY_VERIFY_WITH_TIMEOUT(handlesSigterm(*second), 15'000);
        second->terminate();
        QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 15'000);
        QCOMPARE(second->exitCode(), 0);
        QVERIFY2(holds(3), session().left(2'000));
    }

    void cycastMakesItsFirstFileAndMusic()
    {
        const Sandbox sandbox;
        const auto program = sandbox.start(builtProgram(u"cycast"_s), {});
        QTRY_VERIFY_WITH_TIMEOUT(handlesSigterm(*program), 15'000);
        program->terminate();
        QTRY_COMPARE_WITH_TIMEOUT(program->state(), QProcess::NotRunning, 15'000);
        QCOMPARE(program->exitCode(), 0);
        QVERIFY(sandbox.read(u"config/cycast-desktop/config.hcl"_s).contains("source_password"));
        QVERIFY(!QDir(sandbox.path(u"data/cycast-desktop/music"_s)).entryList({u"*.mp3"_s}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCycast)
#include "tst_cycast.moc"
