// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Who knocked, connecting a DJ, and the self-test.
#include "core/base/filewriter.h"
#include "fakestation.h"
#include "ui/sources/connectdjdialog.h"
#include "ui/sources/djfiles.h"
#include "ui/sources/djvalues.h"
#include "ui/sources/knockdock.h"
#include "ui/sources/knockmodel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

using Outcome = SourceAttempt::Outcome;

SourceAttempt attempt(Outcome outcome, const QString &program = u"butt 0.1.37"_s)
{
    return {outcome,
            QDateTime::currentDateTime(),
            u"192.168.1.7"_s,
            program,
            u"SOURCE /stream HTTP/1.0"_s,
            Sentence(u"The pass phrase is not the one in the settings."_s)};
}

Settings secretSettings()
{
    Settings settings;
    settings.server.sourcePassword = u"amber&fjord:lantern 37"_s;
    settings.metadata.stationName = u"Harbour Radio"_s;
    return settings;
}

StationStatus onAir()
{
    StationStatus status;
    status.state = AirState::OnAir;
    status.addresses.sourcePort = 8010;
    status.addresses.streamUrl = u"http://192.168.1.20:8001/stream"_s;
    return status;
}

} // namespace

class TestDjTools : public QObject
{
    Q_OBJECT

private slots:
    void attemptsAreListedNewestFirst()
    {
        KnockModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 0; i < KnockModel::limit + 50; ++i)
            model.add(attempt(Outcome::WrongPassword, u"program %1"_s.arg(i)));
        QCOMPARE(model.rowCount(), KnockModel::limit);
        QCOMPARE(model.index(0, KnockModel::Program).data().toString(), u"program 249"_s);
        // A question without a pass phrase that is followed by the right one is one knock.
        model.add(attempt(Outcome::NoPassword, u"libshout"_s));
        model.add(attempt(Outcome::Accepted, u"libshout"_s));
        QCOMPARE(model.attempt(0).outcome, Outcome::Accepted);
        QCOMPARE(model.attempt(1).program, u"program 249"_s);
    }

    void everyRefusalHasACure()
    {
        for (const Outcome outcome :
             {Outcome::NoPassword, Outcome::WrongPassword, Outcome::WrongMount, Outcome::UnsupportedFormat,
              Outcome::TwoEncodersFight, Outcome::Malformed, Outcome::TlsWithoutCertificate,
              Outcome::LockedOut}) {
            QVERIFY(KnockModel::cureFor(attempt(outcome)) != Cure::None);
            QVERIFY(!KnockModel::outcomeWord(outcome).isEmpty());
        }
        QCOMPARE(KnockModel::cureFor(attempt(Outcome::Accepted)), Cure::None);
    }

    void curesAreOneClickAway()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        KnockDock dock(control);
        QSignalSpy values(&dock, &KnockDock::valuesAsked);
        QSignalSpy settings(&dock, &KnockDock::settingAsked);
        QSignalSpy refused(&dock, &KnockDock::refused);
        auto *cure = dock.findChild<QPushButton *>(u"knockCure"_s);
        emit control.sourceAttempted(attempt(Outcome::WrongPassword));
        QCOMPARE(refused.count(), 1);
        QVERIFY(!cure->isHidden());
        cure->click();
        QCOMPARE(values.count(), 1);
        emit control.sourceAttempted(attempt(Outcome::TlsWithoutCertificate));
        cure->click();
        QCOMPARE(settings.count(), 1);
        fakeCalls().clear();
        emit control.sourceAttempted(attempt(Outcome::TwoEncodersFight));
        cure->click();
        QCOMPARE(fakeCalls().count(u"dropSource"_s), 1);
        emit control.sourceAttempted(attempt(Outcome::Accepted));
        QVERIFY(cure->isHidden());
        QCOMPARE(refused.count(), 3);
    }

    void valuesAreReadyToPaste()
    {
        const DjDoor door = djDoor(secretSettings(), onAir().addresses);
        QCOMPARE(door.host, u"192.168.1.20"_s);
        QCOMPARE(door.port, 8010);
        const auto valueOf = [&](DjProgram program, const QString &label) {
            for (const DjValue &value : djValues(program, door)) {
                if (value.label == label)
                    return value.value;
            }
            return QString();
        };
        QCOMPARE(valueOf(DjProgram::Mixxx, u"Mount"_s), u"/stream"_s);
        QCOMPARE(valueOf(DjProgram::Butt, u"Icecast mountpoint"_s), u"stream"_s);
        QVERIFY(valueOf(DjProgram::Ffmpeg, u"Command"_s)
                    .endsWith(u"icecast://source:amber%26fjord%3Alantern%2037@192.168.1.20:8010/stream"_s));
        QVERIFY(valueOf(DjProgram::Obs, u"File path or URL"_s).startsWith(u"icecast://source:"_s));
        QVERIFY(valueOf(DjProgram::Vlc, u"Command"_s).contains(u"192.168.1.20:8010/stream"_s));
        for (const DjProgram program : {DjProgram::Mixxx, DjProgram::Butt, DjProgram::Vlc, DjProgram::Obs,
                                        DjProgram::Ffmpeg, DjProgram::Other}) {
            QVERIFY(!whereToEnter(program).isEmpty());
            for (const DjValue &value : djValues(program, door)) {
                const QString shown = masked(value, door.password);
                QVERIFY2(!shown.contains(u"fjord"_s), qPrintable(shown));
                QCOMPARE(value.isSecret, shown != value.value);
            }
        }
        // One who is elsewhere comes by the public address, where live sources are served as well.
        StationAddresses known = onAir().addresses;
        QCOMPARE(djDoor(secretSettings(), known, DjPlace::Elsewhere).host, u"192.168.1.20"_s);
        known.publicStreamUrl = u"http://203.0.113.7:8001/stream"_s;
        DjDoor far = djDoor(secretSettings(), known, DjPlace::Elsewhere);
        QVERIFY(djUrl(far).endsWith(u"@203.0.113.7:8001/stream"_s) && ffmpegTls(far).isEmpty());
        QCOMPARE(djDoor(secretSettings(), known).port, 8010);
        known.publicStreamUrl = u"https://example.org/radio/stream"_s;
        far = djDoor(secretSettings(), known, DjPlace::Elsewhere);
        QVERIFY(djUrl(far).endsWith(u"@example.org:443/radio/stream"_s));
        QVERIFY(djValues(DjProgram::Ffmpeg, far).constFirst().value.contains(u"-tls 1 icecast://"_s));
        QVERIFY(djFiles(DjProgram::Butt, far).constFirst().content.contains("\ntls = 1\n"));
        DjDoor six = door;
        six.host = u"fd00::20"_s;
        QVERIFY(djValues(DjProgram::Ffmpeg, six).first().value.contains(u"@[fd00::20]:8010/"_s));
    }

    void thePassPhraseIsHiddenUntilAskedFor()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        control.applySettings(secretSettings());
        emit control.statusChanged(onAir());
        ConnectDjDialog dialog(control);
        const auto says = [&dialog](const QString &text) {
            for (const QLineEdit *field : dialog.findChildren<QLineEdit *>()) {
                if (field->text().contains(text))
                    return true;
            }
            for (const QPlainTextEdit *field : dialog.findChildren<QPlainTextEdit *>()) {
                if (field->toPlainText().contains(text))
                    return true;
            }
            return false;
        };
        for (const DjProgram program : {DjProgram::Mixxx, DjProgram::Ffmpeg, DjProgram::Obs}) {
            dialog.choose(program);
            QVERIFY(!says(u"fjord"_s));
        }
        dialog.choose(DjProgram::Butt);
        QVERIFY(says(u"192.168.1.20"_s));
        // Copied without being shown.
        for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
            if (button->accessibleName() == u"Copy: Password"_s)
                button->click();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), u"amber&fjord:lantern 37"_s);
        dialog.findChild<QPushButton *>(u"showPassword"_s)->click();
        QVERIFY(says(u"amber&fjord:lantern 37"_s));
        dialog.show();
        dialog.reject();
        QVERIFY(!dialog.showsPassword());
    }

    // What each program reads back from its file is what the dialog shows.
    void filesSayTheSameAsTheDialog()
    {
        const DjDoor door = djDoor(secretSettings(), onAir().addresses);
        const auto contentOf = [&door](DjProgram program) {
            const QList<DjFile> files = djFiles(program, door);
            return files.isEmpty() ? QByteArray() : files.first().content;
        };
        QXmlStreamReader xml(contentOf(DjProgram::Mixxx));
        QHash<QString, QString> mixxx;
        QString root;
        while (!xml.atEnd()) {
            if (xml.readNext() == QXmlStreamReader::DTD)
                QCOMPARE(xml.dtdName().toString(), u"broadcastprofile"_s);
            if (xml.tokenType() != QXmlStreamReader::StartElement)
                continue;
            if (root.isEmpty()) {
                root = xml.name().toString();
            } else {
                const QString name = xml.name().toString();
                mixxx.insert(name, xml.readElementText());
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(root, u"BroadcastProfile"_s);
        QCOMPARE(mixxx.value(u"Host"_s), door.host);
        QCOMPARE(mixxx.value(u"Port"_s), u"8010"_s);
        QCOMPARE(mixxx.value(u"Mountpoint"_s), u"/stream"_s);
        QCOMPARE(mixxx.value(u"Login"_s), u"source"_s);
        QCOMPARE(mixxx.value(u"Password"_s), door.password);
        QCOMPARE(mixxx.value(u"Servertype"_s), u"Icecast2"_s);
        QCOMPARE(mixxx.value(u"StreamName"_s), u"Harbour Radio"_s);

        const QByteArray butt = contentOf(DjProgram::Butt);
        for (const char *line : {"\nserver = Cycast Harbour Radio\n", "\n[Cycast Harbour Radio]\n",
                                 "\naddress = 192.168.1.20\n", "\nport = 8010\n", "\nmount = stream\n",
                                 "\npassword = amber&fjord:lantern 37\n", "\ntype = 1\n", "\nusr = source\n"})
            QVERIFY2(butt.contains(line), line);
        DjDoor nasty = door;
        nasty.stationName = u"[main]\npassword = x; y=z"_s;
        QCOMPARE(djFiles(DjProgram::Butt, nasty).first().content.count("[main]"), 1);
        QCOMPARE(djFiles(DjProgram::Butt, nasty).first().content.count("\npassword = "), 1);

        const QByteArray obs = contentOf(DjProgram::Obs);
        QVERIFY(
            obs.contains("\n[AdvOut]\nRecType=FFmpeg\nFFOutputToFile=false\nFFURL=icecast://source:amber%26"
                         "fjord%3Alantern%2037@192.168.1.20:8010/stream\nFFFormat=mp3\n"));
        QVERIFY(obs.contains("\n[Output]\nMode=Advanced\n"));
        QVERIFY(djFiles(DjProgram::Other, door).isEmpty());
    }

    // The shell hands ffmpeg and VLC what the dialog's command says, whatever the music files are called.
    void scriptsRun()
    {
        QTemporaryDir folder;
        const DjDoor door = djDoor(secretSettings(), onAir().addresses);
        for (const DjProgram program : {DjProgram::Ffmpeg, DjProgram::Vlc}) {
            const QString player = program == DjProgram::Ffmpeg ? u"ffmpeg"_s : u"cvlc"_s;
            QFile fake(folder.filePath(player));
            QVERIFY(fake.open(QIODevice::WriteOnly));
            fake.write("#!/bin/sh\nfor each in \"$@\"; do printf '%s\\n' \"$each\"; done\n");
            fake.close();
            QVERIFY(fake.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
            const QList<DjFile> files = djFiles(program, door);
            QCOMPARE(files.size(), 2);
            const QString script = folder.filePath(files.first().name);
            std::optional<QString> problem;
            saveDjFile(files.first(), script, FileWriter::shared(), this,
                       [&problem](const QString &told) { problem = told; });
            QTRY_VERIFY(problem);
            QCOMPARE(*problem, QString());
            QProcess shell;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"PATH"_s, folder.path() + u':' + environment.value(u"PATH"_s));
            shell.setProcessEnvironment(environment);
            const QString track = folder.filePath(u"it's \"$HOME\" %1.flac"_s);
            shell.start(script, {track});
            QVERIFY(shell.waitForFinished());
            QCOMPARE(shell.readAllStandardError(), QByteArray());
            const QStringList words =
                QString::fromUtf8(shell.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
            QVERIFY(words.contains(track));
            const QString address = u"source:amber%26fjord%3Alantern%2037@192.168.1.20:8010/stream"_s;
            QVERIFY(std::any_of(words.begin(), words.end(),
                                [&](const QString &word) { return word.contains(address); }));
            const QByteArray batch = files.last().content;
            QVERIFY(batch.contains("source:amber%%26fjord%%3Alantern%%2037@192.168.1.20:8010/stream"));
            QVERIFY(batch.contains("\"%~1\"") && !batch.contains("$file") && !batch.contains('\''));
        }
    }

    void filesAreForTheirOwnerOnlyAndMadeWhenSaved()
    {
        QTemporaryDir folder;
        FakeStation control{FakeStation::Answers::AtOnce};
        control.applySettings(secretSettings());
        emit control.statusChanged(onAir());
        ConnectDjDialog dialog(control);
        dialog.show();
        auto *save = dialog.findChild<QPushButton *>(u"saveDjFile"_s);
        const auto *use = dialog.findChild<QLabel *>(u"djFileUse"_s);
        dialog.choose(DjProgram::Other);
        QVERIFY(!save->isVisible());
        dialog.choose(DjProgram::Ffmpeg);
        QVERIFY(save->isVisible());
        const QString script = folder.filePath(u"radio.sh"_s);
        dialog.saveFile(script);
        QTRY_VERIFY(use->text().contains(u"Saved"_s));
        QVERIFY(QFile::permissions(script) & QFile::ExeOwner);
        QVERIFY(!(QFile::permissions(script) & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther)));
        dialog.saveFile(folder.filePath(u"radio.bat"_s));
        QFile batch(folder.filePath(u"radio.bat"_s));
        QTRY_VERIFY(batch.exists());
        QVERIFY(batch.open(QIODevice::ReadOnly));
        QVERIFY(batch.readAll().startsWith("@echo off\r\n"));
        dialog.choose(DjProgram::Butt);
        const QString settings = folder.filePath(u"cycast.buttrc"_s);
        dialog.saveFile(settings);
        QTRY_VERIFY(use->text().contains(u"Saved"_s));
        QVERIFY(use->text().contains(u"Import"_s));
        QVERIFY(!use->text().contains(u"fjord"_s));
        QVERIFY(!(QFile::permissions(settings) & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOwner)));
        dialog.saveFile(folder.filePath(u"no/such/folder/x"_s));
        QTRY_VERIFY(use->text().contains(u"could not be saved"_s));
        // The dialog proposes a name; nothing is written before it is taken.
        save->click();
        auto *question = dialog.findChild<QFileDialog *>();
        QVERIFY(question);
        QCOMPARE(question->acceptMode(), QFileDialog::AcceptSave);
        question->reject();
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 3);
    }

    void waitsForTheDj()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        control.applySettings(secretSettings());
        ConnectDjDialog dialog(control);
        auto *state = dialog.findChild<QLabel *>(u"djState"_s);
        QVERIFY(state->text().contains(u"Go on air first"_s));
        StationStatus status = onAir();
        emit control.statusChanged(status);
        emit control.sourceAttempted(attempt(Outcome::WrongPassword));
        QVERIFY(state->text().contains(u"pass phrase is not the one"_s));
        emit control.statusChanged(status);
        QVERIFY(state->text().contains(u"pass phrase is not the one"_s));
        status.heard = ProgrammeKind::Live;
        status.source.program = u"butt 0.1.37"_s;
        emit control.statusChanged(status);
        QVERIFY(state->text().contains(u"butt 0.1.37"_s));
        QCOMPARE(state->property("tone").toString(), u"good"_s);
    }
};

QTEST_MAIN(TestDjTools)
#include "tst_djtools.moc"
