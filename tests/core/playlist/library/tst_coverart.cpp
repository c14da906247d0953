// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of tracks, and what is wrong with files that cannot be played.
#include "core/codec/loudnesscache.h"
#include "core/playlist/library/coverart.h"
#include "core/playlist/library/library.h"
#include "core/playlist/library/mediafaults.h"
#include "core/playlist/library/mediainfo.h"
#include "tests/core/playlist/library/mediafiles.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace cycast;
using namespace mediafiles;

namespace
{

PlaylistEntry read(const QString &path)
{
    PlaylistEntry entry;
    entry.id = newEntryId();
    entry.path = path;
    return withMediaInfo(entry);
}

/// The smallest file that calls itself protected: `from` with another name for its sample entry.
bool renameSampleEntry(const QString &from, const QString &to, const QByteArray &name)
{
    QByteArray bytes = contentOf(from);
    const qsizetype table = bytes.indexOf("stsd");
    const qsizetype at = table < 0 ? -1 : bytes.indexOf("mp4a", table);
    return at > 0 && write(to, bytes.replace(at, 4, name));
}

} // namespace

class TestCoverArt : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("XDG_CACHE_HOME", path(u"cache"_s).toUtf8()); // nobody's own
        QCOMPARE(run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s, u"testsrc=s=320x320"_s,
                                   u"-frames:v"_s, u"1"_s, path(u"art.png"_s)}),
                 QByteArray());
        m_picture = contentOf(path(u"art.png"_s));
        QVERIFY(m_picture.size() > 1000);
    }

    void insideTheFile_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("mp3") << u"in.mp3"_s;
        QTest::newRow("m4a") << u"in.m4a"_s;
        QTest::newRow("flac") << u"in.flac"_s;
    }
    void insideTheFile()
    {
        QFETCH(const QString, name);
        QVERIFY(QDir(m_folder.path()).mkpath(u"in"_s));
        const QString plain = path(u"plain-"_s + name);
        QCOMPARE(encode(plain, {}, 1.0), QByteArray());
        QVERIFY(coverOf(plain).isEmpty());
        const QString with = path(u"in/"_s + name);
        QCOMPARE(run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-i"_s, plain, u"-i"_s, path(u"art.png"_s),
                                   u"-map"_s, u"0:a"_s, u"-map"_s, u"1:v"_s, u"-c"_s, u"copy"_s,
                                   u"-disposition:v:0"_s, u"attached_pic"_s, with}),
                 QByteArray());
        QCOMPARE(coverOf(with), m_picture);
    }

    void besideTheFile()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(u"album"_s));
        QVERIFY(write(path(u"album/track.mp3"_s), "no music at all"));
        QVERIFY(coverOf(path(u"album/track.mp3"_s)).isEmpty());
        QVERIFY(write(path(u"album/Folder.jpg"_s), "jpeg"));
        QCOMPARE(coverOf(path(u"album/track.mp3"_s)), QByteArray("jpeg"));
        QVERIFY(write(path(u"album/cover.png"_s), m_picture));
        QCOMPARE(coverOf(path(u"album/track.mp3"_s)), m_picture);
        QVERIFY(coverOf(path(u"no/such/file.mp3"_s)).isEmpty());
    }

    void hugePicturesAreLeftAlone()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(u"huge"_s));
        QFile huge(path(u"huge/cover.jpg"_s));
        QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(maxCoverBytes + 1));
        huge.close();
        QVERIFY(coverOf(path(u"huge/x.mp3"_s)).isEmpty());
        // Ten megabytes are a picture still.
        QVERIFY(huge.open(QIODevice::ReadWrite) && huge.resize(10 * 1024 * 1024));
        huge.close();
        QCOMPARE(coverOf(path(u"huge/x.mp3"_s)).size(), 10 * 1024 * 1024);
    }

    void theLibraryReadsThemOnItsPool()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(u"pool"_s));
        QVERIFY(write(path(u"pool/cover.png"_s), m_picture));
        Library library;
        QSignalSpy covers(&library, &Library::coverRead);
        library.readCover(7, path(u"pool/x.mp3"_s));
        library.readCover(8, path(u"x.mp3"_s));
        QTRY_COMPARE(covers.count(), 2);
        for (const QList<QVariant> &one : covers)
            QCOMPARE(one.at(1).toByteArray(), one.at(0).toULongLong() == 7 ? m_picture : QByteArray());
    }

    void faultsAreNamed()
    {
        QCOMPARE(read(path(u"gone.mp3"_s)).fault, EntryFault::Missing);
        QVERIFY(write(path(u"words.mp3"_s), QByteArray(5000, 'w')));
        QCOMPARE(read(path(u"words.mp3"_s)).fault, EntryFault::Unreadable);
        QCOMPARE(encode(path(u"fine.mp3"_s), {u"-b:a"_s, u"128k"_s}, 1.0), QByteArray());
        QCOMPARE(read(path(u"fine.mp3"_s)).fault, EntryFault::None);
        QVERIFY(read(path(u"fine.mp3"_s)).problem.isEmpty());
    }

    void copyProtectionIsRecognised()
    {
        QCOMPARE(encode(path(u"bought.m4a"_s), {u"-c:a"_s, u"aac"_s}, 1.0), QByteArray());
        QVERIFY(read(path(u"bought.m4a"_s)).fault != EntryFault::Protected);
        for (const QByteArray &name : {QByteArray("drms"), QByteArray("enca")}) {
            QVERIFY(renameSampleEntry(path(u"bought.m4a"_s), path(u"bought.m4p"_s), name));
            const PlaylistEntry entry = read(path(u"bought.m4p"_s));
            QCOMPARE(entry.fault, EntryFault::Protected);
            QVERIFY2(entry.problem.contains(u"copy-protected"_s), qPrintable(entry.problem));
        }
    }

    void loudnessThatIsKnownIsAFactOfTheRow()
    {
        const QString loud = path(u"loud.flac"_s);
        QCOMPARE(encode(loud, {u"-metadata"_s, u"REPLAYGAIN_TRACK_GAIN=-14.00 dB"_s}, 1.0), QByteArray());
        // ReplayGain 2.0 aims at -18 LUFS.
        QCOMPARE(qRound(withKnownLoudness(read(loud)).loudnessLufs * 10), -40);
        QCOMPARE(encode(path(u"untagged.flac"_s), {}, 1.0), QByteArray());
        QCOMPARE(withKnownLoudness(read(path(u"untagged.flac"_s))).loudnessLufs, 0.0F);
        LoudnessCache::shared().insert(path(u"untagged.flac"_s), 2, Loudness{-9.0, -1.0});
        QCOMPARE(withKnownLoudness(read(path(u"untagged.flac"_s))).loudnessLufs, -9.0F);
    }

    void videosWithoutSoundAreRecognised()
    {
        QCOMPARE(run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s,
                                   u"testsrc=s=64x64:d=1"_s, u"-c:v"_s, u"mpeg4"_s, path(u"silent.mp4"_s)}),
                 QByteArray());
        const PlaylistEntry entry = read(path(u"silent.mp4"_s));
        QCOMPARE(entry.fault, EntryFault::NoSound);
        QVERIFY2(entry.problem.contains(u"video without sound"_s), qPrintable(entry.problem));
    }

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QByteArray m_picture;
};

QTEST_GUILESS_MAIN(TestCoverArt)
#include "tst_coverart.moc"
