// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"
#include "core/config/settingsfile.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

using Action = CommandLine::Action;

CommandLine headless(const QStringList &arguments)
{
    return parseCommandLine(QStringList{u"cycastd"_s} + arguments, Program::Headless);
}

struct Answer {
    int code = -1;
    QString out;
    QString err;
};

Answer answer(const CommandLine &command)
{
    Answer result;
    QTextStream out(&result.out);
    QTextStream err(&result.err);
    result.code = answerCommandLine(command, out, err);
    return result;
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void runs()
    {
        CommandLine command = headless({});
        QCOMPARE(command.action, Action::Run);
        QCOMPARE(command.configPath, SettingsFile::defaultPath());
        QVERIFY(!command.configGiven && !command.anyPort);
        for (const QStringList &arguments :
             {QStringList{u"-c"_s, u"my.hcl"_s}, QStringList{u"--config"_s, u"my.hcl"_s},
              QStringList{u"--config=my.hcl"_s}, QStringList{u"-cmy.hcl"_s}}) {
            command = headless(arguments + QStringList{u"--any-port"_s});
            QCOMPARE(command.action, Action::Run);
            QCOMPARE(command.configPath, u"my.hcl"_s);
            QVERIFY(command.configGiven && command.anyPort);
        }
    }

    void misuse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("word");
        QTest::newRow("unknown") << QStringList{u"--confg"_s, u"x"_s} << u"confg"_s;
        QTest::newRow("no file") << QStringList{u"-c"_s} << u"c"_s;
        QTest::newRow("empty file") << QStringList{u"--config="_s} << u"config"_s;
        QTest::newRow("twice") << QStringList{u"-c"_s, u"a"_s, u"-c"_s, u"b"_s} << u"more than once"_s;
        QTest::newRow("loose word") << QStringList{u"config.hcl"_s} << u"-c config.hcl"_s;
    }

    void misuse()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, word);
        const CommandLine command = headless(arguments);
        QCOMPARE(command.action, Action::Misuse);
        const Answer said = answer(command);
        QCOMPARE(said.code, 2);
        QVERIFY(said.out.isEmpty());
        QVERIFY2(said.err.startsWith(u"cycastd: "_s) && said.err.contains(word), qPrintable(said.err));
        QVERIFY(said.err.contains(u"--help"_s));
    }

    void helpAndVersion()
    {
        for (const QString &option : {u"--help"_s, u"-h"_s}) {
            const Answer said = answer(headless({option}));
            QCOMPARE(said.code, 0);
            for (const QString &word : {u"--config"_s, u"--print-config"_s, u"--any-port"_s, u"--version"_s,
                                        SettingsFile::defaultPath()})
                QVERIFY2(said.out.contains(word), qPrintable(said.out));
        }
        const Answer said = answer(headless({u"--version"_s}));
        QCOMPARE(said.code, 0);
        QCOMPARE(said.out, QStringLiteral("cycastd " CYCAST_VERSION "\n"));
    }

    void theDesktopTakesMoreOnItsLine()
    {
        const CommandLine command =
            parseCommandLine({u"cycast"_s, u"-platform"_s, u"offscreen"_s, u"--style=fusion"_s, u"a.mp3"_s,
                              u"-c"_s, u"my.hcl"_s, u"--"_s, u"-b.mp3"_s},
                             Program::Desktop);
        QCOMPARE(command.action, Action::Run);
        QCOMPARE(command.configPath, u"my.hcl"_s);
        QCOMPARE(command.files, (QStringList{u"a.mp3"_s, u"-b.mp3"_s}));
    }

    void printsTheSettings()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"config.hcl"_s);
        SettingsFile file(path);
        QVERIFY(file.create({}));
        const CommandLine command = headless({u"-c"_s, path, u"--print-config"_s});
        QCOMPARE(command.action, Action::PrintConfig);
        const Answer said = answer(command);
        QCOMPARE(said.code, 0);
        QVERIFY(said.err.isEmpty());
        const QJsonObject json = QJsonDocument::fromJson(said.out.toUtf8()).object();
        QCOMPARE(json["buffer"_L1]["size_mb"_L1].toInt(), 20);
        QCOMPARE(json["server"_L1]["source_password"_L1].toString(), u"(set)"_s);
        QVERIFY(!said.out.contains(file.load()->settings.server.sourcePassword));
    }

    void printsTheErrorInstead()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"config.hcl"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("server { source_password = \"x\" }\nbuffer {\n  size_mb = 0\n}\n");
        file.close();
        Answer said = answer(headless({u"-c"_s, path, u"--print-config"_s}));
        QCOMPARE(said.code, 2);
        QVERIFY(said.out.isEmpty());
        QVERIFY2(said.err.startsWith(path + ":3:13: "_L1), qPrintable(said.err));
        said = answer(headless({u"-c"_s, folder.filePath(u"none"_s), u"--print-config"_s}));
        QCOMPARE(said.code, 2);
        QVERIFY(said.err.contains(folder.filePath(u"none"_s)));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
