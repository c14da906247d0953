// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/demomusic.h"
#include "core/playlist/library/library.h"
#include "core/playlist/library/mediainfo.h"
#include "core/playlist/reader/passthroughreader.h"

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

class TestDemoMusic : public QObject
{
    Q_OBJECT

private slots:
    void installsWhatIsMissing()
    {
        QTemporaryDir dir;
        const QString folder = dir.filePath(u"Music/Demo"_s);
        const auto first = installDemoMusic(folder);
        QVERIFY(first);
        QCOMPARE(*first, 4);
        const auto files = filesBelow(folder, {u".mp3"_s});
        QCOMPARE(files.size(), 4);
        QVERIFY(QFile::remove(files.at(1)));
        QFile mine(files.at(2));
        QVERIFY(mine.open(QIODevice::WriteOnly | QIODevice::Truncate));
        mine.write("mine");
        mine.close();
        QCOMPARE(installDemoMusic(folder).value(), 1);
        QVERIFY(mine.open(QIODevice::ReadOnly));
        QCOMPARE(mine.readAll(), QByteArray("mine"));
        QCOMPARE(installDemoMusic(folder).value(), 0);
    }

    void tracksAreTaggedAndPlayable()
    {
        QTemporaryDir dir;
        QVERIFY(installDemoMusic(dir.path()));
        qint64 bytes = 0;
        for (const QString &path : filesBelow(dir.path(), {u".mp3"_s})) {
            PlaylistEntry entry;
            entry.path = path;
            entry = withMediaInfo(entry);
            QCOMPARE(entry.problem, QString());
            QCOMPARE(entry.track.artist, u"Cycast Ensemble"_s);
            QCOMPARE(entry.track.album, u"Demo Tape"_s);
            QCOMPARE(entry.format, u"MP3 112"_s);
            QVERIFY(entry.track.durationMs > 13'000 && entry.track.durationMs < 20'000);
            const auto reader = PassThroughReader::open(path);
            QVERIFY(reader);
            QCOMPARE((*reader)->format().sampleRate, 44'100);
            QCOMPARE((*reader)->format().channels, 2);
            bytes += QFileInfo(path).size();
        }
        QVERIFY(bytes < 900'000);
    }

    void refusesWithASentence()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"taken"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto result = installDemoMusic(file.fileName() + u"/below"_s);
        QVERIFY(!result);
        QVERIFY(result.error().contains("taken"_L1));
    }
};

QTEST_GUILESS_MAIN(TestDemoMusic)
#include "tst_demomusic.moc"
