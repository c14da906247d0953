// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The headless program's folder, its jingles, its order over a restart, and recordings of a program that
// dies.
#include "tests/e2e/runningstation.h"
#include "tests/e2e/streamlistener.h"

#include <QDir>
#include <QSet>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast::test;

namespace
{

QStringList filesBelow(const QString &folder, const QString &pattern)
{
    QStringList paths;
    for (const QFileInfo &info : QDir(folder).entryInfoList({pattern}, QDir::Files, QDir::Name))
        paths.append(info.filePath());
    return paths;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString title(const RunningStation &station)
{
    return station.status()[u"metadata"_s][u"title"_s].toString();
}

} // namespace

class TestCycastdProgramme : public QObject
{
    Q_OBJECT

private slots:
    void aKilledProgramLosesNoMoreThanSeconds()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start(
            RunningStation::settingsText("recording { enabled = true, directory = \"rec\" }\n")));
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(150'000));
        station.kill();
        const QStringList files = filesBelow(sandbox.path(u"rec"_s), u"*.mp3"_s);
        QCOMPARE(files.size(), 1);
        const QByteArray recorded = contentOf(files.constFirst());
        // The file begins with a frame that says its length, what is heard with silence where the disk is
        // slow.
        constexpr qsizetype at = 4'000;
        const qsizetype same = listener.audio().indexOf(recorded.mid(at, 20'000));
        QVERIFY(same >= 0);
        const QByteArray heard = listener.audio().sliced(same);
        const qsizetype common = qMin(heard.size(), recorded.size() - at);
        QVERIFY(recorded.mid(at, common) == heard.first(common));
        // 10 s at 128 kbit/s; in truth a round at most.
        QVERIFY2(heard.size() - common < 160'000, QByteArray::number(heard.size() - common));
        QVERIFY2(heard.size() - common < 40'000, QByteArray::number(heard.size() - common));
        QCOMPARE(decodingFaults(sandbox, recorded), QByteArray());
        const QByteArray cue = contentOf(filesBelow(sandbox.path(u"rec"_s), u"*.cue"_s).value(0));
        QVERIFY2(cue.contains("FILE \"" + QFileInfo(files.constFirst()).fileName().toUtf8()), cue);
        QVERIFY2(cue.contains("TRACK 01 AUDIO"), cue);
    }

    void recordingsGoToTheMusicFolder()
    {
        const Sandbox sandbox;
        QDir(sandbox.path(u"."_s)).mkpath(u"my music"_s);
        QProcessEnvironment environment = sandbox.environment();
        environment.insert(u"XDG_MUSIC_DIR"_s, sandbox.path(u"my music"_s));
        RunningStation station(sandbox);
        QVERIFY(station.start(RunningStation::settingsText("recording { enabled = true }\n"), environment));
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(70'000));
        QCOMPARE(station.end(), 0);
        QCOMPARE(filesBelow(sandbox.path(u"my music/Cycast"_s), u"*.mp3"_s).size(), 1);
    }

    void newFilesInTheFolderArePlayed()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(QDir(sandbox.path(u"."_s)).mkpath(u"music"_s));
        QVERIFY(makeTone(sandbox, u"music/one.mp3"_s, 440, 2.5));
        QVERIFY(makeTone(sandbox, u"two.mp3"_s, 550, 2.5));
        station.setOwnMusic();
        QVERIFY(station.start());
        QTRY_COMPARE_WITH_TIMEOUT(title(station), u"one"_s, 10'000);
        QVERIFY(QDir(sandbox.path(u"."_s)).mkpath(u"music/new album"_s));
        QVERIFY(QFile::rename(sandbox.path(u"two.mp3"_s), sandbox.path(u"music/new album/two.mp3"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(title(station), u"two"_s, 30'000);
        // And what has gone is passed over, without a word from the stream.
        StreamListener listener(station.listenPort());
        QVERIFY(QFile::remove(sandbox.path(u"music/one.mp3"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(station.errors().contains("1 new in the music folder"), 10'000);
        QVERIFY(listener.hears(200'000, 30'000));
        QVERIFY(listener.isUnbroken());
        QVERIFY(station.end() == 0);
    }

    void jinglesFromAFolderOfTheirOwn()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(QDir(sandbox.path(u"."_s)).mkpath(u"music"_s));
        QVERIFY(QDir(sandbox.path(u"."_s)).mkpath(u"jingles"_s));
        QVERIFY(makeTone(sandbox, u"music/song.mp3"_s, 440, 4.5));
        QVERIFY(makeTone(sandbox, u"jingles/station id.mp3"_s, 880, 4.5));
        station.setOwnMusic();
        QVERIFY(station.start(
            RunningStation::settingsText("jingles { directory = \"jingles\", every_songs = 1 }\n")));
        QSet<QString> titles;
        QTRY_VERIFY_WITH_TIMEOUT((titles.insert(title(station)), titles.contains(u"station id"_s)), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(title(station), u"song"_s, 30'000);
        // A new one in the folder takes part without a word from anybody.
        QVERIFY(makeTone(sandbox, u"news.mp3"_s, 660, 4.5));
        QVERIFY(QFile::rename(sandbox.path(u"news.mp3"_s), sandbox.path(u"jingles/news.mp3"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(title(station), u"news"_s, 60'000);
        QCOMPARE(station.end(), 0);
    }

    void theOrderIsKeptForEverySettingsFile()
    {
        const Sandbox sandbox;
        RunningStation station(sandbox);
        QVERIFY(station.start(RunningStation::settingsText("playlist { shuffle = true }\n")));
        StreamListener listener(station.listenPort());
        QVERIFY(listener.hears(70'000));
        QCOMPARE(station.end(), 0);
        QString state = sandbox.environment().value(u"XDG_STATE_HOME"_s);
        const QStringList files = filesBelow(state + u"/cycast-desktop"_s, u"order-*.json"_s);
        QCOMPARE(files.size(), 1);
        const QByteArray json = contentOf(files.constFirst());
        QVERIFY2(json.contains("\"upcoming\"") && json.contains("\"history\""), json);
    }
};

QTEST_GUILESS_MAIN(TestCycastdProgramme)
#include "tst_cycastdprogramme.moc"
