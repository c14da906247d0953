// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The headless program's command line, its settings file and its first start.
#include "tests/e2e/runningstation.h"
#include "tests/e2e/streamlistener.h"

#include <QDir>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

namespace
{

ProgramResult runCycastd(const Sandbox &sandbox, const QStringList &arguments)
{
    return sandbox.run(builtProgram(u"cycastd"_s), arguments, 20'000);
}

} // namespace

class TestCycastdFiles : public QObject
{
    Q_OBJECT

private slots:
    void helpAndVersion()
    {
        const Sandbox sandbox;
        const ProgramResult help = runCycastd(sandbox, {u"--help"_s});
        QCOMPARE(help.exitCode, 0);
        QCOMPARE(help.errors, QByteArray());
        for (const char *word : {"Usage: cycastd", "--config", "--print-config", "SIGHUP", "config.hcl"})
            QVERIFY2(help.output.contains(word), word);
        const ProgramResult version = runCycastd(sandbox, {u"--version"_s});
        QCOMPARE(version.exitCode, 0);
        QCOMPARE(version.output, QByteArray("cycastd " CYCAST_VERSION "\n"));
        const ProgramResult unknown = runCycastd(sandbox, {u"--loud"_s});
        QCOMPARE(unknown.exitCode, 2);
        QVERIFY(unknown.errors.contains("loud"));
        QVERIFY(!QDir(sandbox.path(u"config"_s)).exists());
    }

    void printConfigGivesJsonWithoutThePassword()
    {
        const Sandbox sandbox;
        sandbox.write(u"config.hcl"_s, RunningStation::settingsText("buffer { size_mb = 33 }\n"));
        const ProgramResult printed =
            runCycastd(sandbox, {u"--any-port"_s, u"-c"_s, u"config.hcl"_s, u"--print-config"_s});
        QCOMPARE(printed.exitCode, 0);
        const QJsonObject settings = QJsonDocument::fromJson(printed.output).object();
        QCOMPARE(settings[u"buffer"_s][u"size_mb"_s].toInt(), 33);
        QCOMPARE(settings[u"broadcaster"_s][u"chunk_size"_s].toInt(), 16384);
        QCOMPARE(settings[u"playlist"_s][u"shuffle"_s].toBool(true), false);
        QVERIFY(!printed.output.contains(testPassPhrase));
        QVERIFY(!printed.errors.contains(testPassPhrase));
    }

    void aFileThatCannotBeUsedEndsWith2_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("not closed") << QByteArray("server {\n  listen_port = 8001\n") << QByteArray(":1:8:");
        QTest::newRow("no value") << QByteArray("buffer {\n  size_mb =\n}\n") << QByteArray(":2:");
        QTest::newRow("wrong kind") << QByteArray("buffer {\n  size_mb = \"much\"\n}\n")
                                    << QByteArray(":2:13:");
        QTest::newRow("out of range")
            << RunningStation::settingsText("buffer { size_mb = 0 }\n") << QByteArray("size_mb");
        QTest::newRow("equal ports") << RunningStation::settingsText(
                                            "server { source_port = 8123, listen_port = 8123 }\n")
                                     << QByteArray("8123");
        QTest::newRow("no mount") << RunningStation::settingsText("server { mount_point = \"\" }\n")
                                  << QByteArray("mount_point");
        QTest::newRow("backslashes") << RunningStation::settingsText(
                                            "playlist { directory = \"C:\\music\" }\n")
                                     << QByteArray("\\");
    }

    void aFileThatCannotBeUsedEndsWith2()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, place);
        const Sandbox sandbox;
        sandbox.write(u"config.hcl"_s, text);
        for (const QStringList &options : {QStringList(), QStringList{u"--print-config"_s}}) {
            const ProgramResult ended =
                runCycastd(sandbox, QStringList{u"--any-port"_s, u"-c"_s, u"config.hcl"_s} + options);
            QCOMPARE(ended.exitCode, 2);
            QCOMPARE(ended.output, QByteArray());
            QVERIFY2(ended.errors.contains("config.hcl:"), ended.errors);
            QVERIFY2(ended.errors.contains(place), ended.errors);
        }
        QCOMPARE(sandbox.read(u"config.hcl"_s), text);
    }

    void aMissingFileThatWasNamedEndsWith2()
    {
        const Sandbox sandbox;
        const ProgramResult ended = runCycastd(sandbox, {u"-c"_s, u"nowhere.hcl"_s});
        QCOMPARE(ended.exitCode, 2);
        QVERIFY2(ended.errors.contains("nowhere.hcl"), ended.errors);
        QVERIFY(!QFile::exists(sandbox.path(u"nowhere.hcl"_s)));
    }

    void aTakenPortEndsWith1AndASentence()
    {
        const Sandbox sandbox;
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const QByteArray port = QByteArray::number(other.serverPort());
        sandbox.write(u"config.hcl"_s,
                      RunningStation::settingsText("server { listen_port = " + port + " }\n"));
        const ProgramResult ended = runCycastd(sandbox, {u"--any-port"_s, u"-c"_s, u"config.hcl"_s});
        QCOMPARE(ended.exitCode, 1);
        QCOMPARE(ended.output, QByteArray());
        QVERIFY2(ended.errors.contains("Port " + port + " is already in use"), ended.errors);
    }

    void theFirstStartMakesAStationWithMusic()
    {
        const Sandbox sandbox;
        const QString config = sandbox.path(u"config/cycast-desktop/config.hcl"_s);
        // The usual ports, which somebody may be using here: then it says so, and has written its file.
        const auto first = sandbox.start(builtProgram(u"cycastd"_s), {});
        QByteArray output;
        QByteArray errors;
        QTRY_VERIFY_WITH_TIMEOUT((output += first->readAllStandardOutput(),
                                  errors += first->readAllStandardError(),
                                  output.startsWith("ready: ") || errors.contains("is already in use")),
                                 15'000);
        if (!output.isEmpty())
            first->terminate(); // otherwise it ends by itself
        QTRY_COMPARE_WITH_TIMEOUT(first->state(), QProcess::NotRunning, 10'000);
        QVERIFY2(first->exitCode() == (output.isEmpty() ? 1 : 0), errors);

        QVERIFY2(QFile::exists(config), errors);
        const QFile::Permissions others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(config) & others));
        QByteArray text = sandbox.read(u"config/cycast-desktop/config.hcl"_s);
        static const QRegularExpression secret(u"source_password\\s*=\\s*\"([^\"]+)\""_s);
        const QString phrase = secret.match(QString::fromUtf8(text)).captured(1);
        QVERIFY2(phrase.size() >= 12, text);
        QVERIFY(phrase != u"hackme"_s);
        QVERIFY(!errors.contains(phrase.toUtf8()));

        // Now on free ports: the demo music is on the air and decodes.
        text.replace("8000", "0").replace("8001", "0").replace("0.0.0.0", "127.0.0.1");
        sandbox.write(u"config/cycast-desktop/config.hcl"_s, text);
        const auto second = sandbox.start(builtProgram(u"cycastd"_s), {u"--any-port"_s});
        output.clear();
        QTRY_VERIFY_WITH_TIMEOUT((output += second->readAllStandardOutput(), output.contains('\n')), 15'000);
        static const QRegularExpression here(u"here: http://127\\.0\\.0\\.1:(\\d+)/stream"_s);
        const quint16 port = here.match(QString::fromUtf8(output)).captured(1).toUShort();
        QVERIFY2(port != 0, output);
        StreamListener listener(port, "/stream", true);
        QVERIFY(listener.hears(100'000));
        QVERIFY(listener.isUnbroken());
        QCOMPARE(decodingFaults(sandbox, listener.audio()), QByteArray());
        QVERIFY(!listener.titles().isEmpty());
        const HttpAnswer status = httpGet(port, "/api/status");
        QVERIFY2(status.body.contains("\"heard\":\"playlist\""), status.body);
        second->terminate();
        QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 10'000);
        QCOMPARE(second->exitCode(), 0);
        // A further start changes neither the pass phrase nor anything else.
        QCOMPARE(sandbox.read(u"config/cycast-desktop/config.hcl"_s), text);
    }
};

QTEST_GUILESS_MAIN(TestCycastdFiles)
#include "tst_cycastdfiles.moc"
