// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What is written as M3U, M3U8, PLS and XSPF is read again as it was.
#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/base/replacefile.h"
#include "core/playlist/formats/playlistfile.h"
#include "core/playlist/formats/playlistloader.h"
#include "core/playlist/library/library.h"

#include "tests/support/oddfiles.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

PlaylistEntry row(const QString &path, const QString &artist, const QString &title, qint64 ms = 0)
{
    PlaylistEntry entry;
    entry.id = newEntryId();
    entry.path = path;
    entry.track = {entry.id, title, artist, {}, ms};
    return entry;
}

QList<PlaylistEntry> oddRows()
{
    return {row(u"/music/list/a.mp3"_s, u"Bj\u00f6rk"_s, u"J\u00f3ga"_s, 305'000),
            row(u"/music/list/sub folder/b & c 100%.mp3"_s, u"A <b>"_s, u"5 > 4 \"quoted\""_s, 1'000),
            row(u"/music/other/\u65e5\u672c\u8a9e #1.flac"_s, u"\u30a2"_s, u"\u65e5"_s),
            row(u"/srv/elsewhere/x;y=z?.ogg"_s, {}, u"No artist"_s, 59'000),
            row(u"/music/list/#hash.mp3"_s, {}, u"Hash"_s),
            row(u"/music/list/a:b.mp3"_s, {}, u"Colon"_s),
            row(u"/music/list/%41.mp3"_s, {}, u"Percent"_s),
            row(u"/music/list/back\\slash.mp3"_s, {}, u"Backslash"_s),
            row(u"/music/list/ space .mp3"_s, {}, u"Spaces"_s),
            row(u"/music/list/line\nbreak.mp3"_s, {}, u"Break"_s),
            row(u"/music/list/"_s + QString(200, u'n') + u".mp3"_s, {}, u"Long"_s)};
}

} // namespace

class TestPlaylistWriters : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"list.m3u", "list.m3u8", "list.pls", "list.xspf", "LIST.XSPF", "list"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void roundTrip()
    {
        QFETCH(const QString, name);
        const QList<PlaylistEntry> before = oddRows();
        const QByteArray bytes = writePlaylist(before, name, u"/music/list"_s);
        const auto after = parsePlaylist(bytes, name, u"/music/list"_s);
        QVERIFY2(after.has_value(), after ? "" : qPrintable(after.error()));
        QVERIFY2(after->problems.isEmpty(), qPrintable(englishOf(after->problems).join(u'\n')));
        QCOMPARE(after->entries.size(), before.size());
        for (qsizetype i = 0; i < before.size(); ++i) {
            const PlaylistEntry &entry = after->entries.at(i);
            QCOMPARE(entry.path, before.at(i).path);
            QCOMPARE(entry.track.title, before.at(i).track.title);
            QCOMPARE(entry.track.artist, before.at(i).track.artist);
            QCOMPARE(entry.track.durationMs, before.at(i).track.durationMs);
            QVERIFY(entry.problem.isEmpty());
        }
        // And once more: nothing changes any more.
        QCOMPARE(writePlaylist(after->entries, name, u"/music/list"_s), bytes);
    }

    void placesAreRelativeAndFormatsTheirOwn()
    {
        const QList<PlaylistEntry> rows{oddRows().mid(0, 3)};
        const QByteArray m3u8 = writePlaylist(rows, u"x.m3u8"_s, u"/music/list"_s);
        QVERIFY(m3u8.startsWith("#EXTM3U\n#EXTINF:305,Bj\xc3\xb6rk - J\xc3\xb3ga\na.mp3\n"));
        QVERIFY(m3u8.contains("\nsub folder/b & c 100%.mp3\n"));
        QVERIFY(m3u8.contains("\n../other/"));
        const QByteArray pls = writePlaylist(rows, u"x.PLS"_s, u"/music/list"_s);
        QVERIFY(pls.startsWith("[playlist]\nFile1=a.mp3\nTitle1="));
        QVERIFY(pls.contains("\nLength1=305\n") && pls.contains("\nLength3=-1\n"));
        QVERIFY(pls.endsWith("NumberOfEntries=3\nVersion=2\n"));
        const QByteArray xspf = writePlaylist(rows, u"x.xspf"_s, u"/music/list"_s);
        QVERIFY(xspf.contains("<location>sub%20folder/b%20%26%20c%20100%25.mp3</location>"));
        QVERIFY(xspf.contains("<duration>305000</duration>"));
        QVERIFY(xspf.contains("<title>5 &gt; 4"));
    }

    void traditionalM3uIsLatin1WhereThatIsEnough()
    {
        const PlaylistEntry latin = row(u"/m/a.mp3"_s, u"Bj\u00f6rk"_s, u"J\u00f3ga"_s, 1000);
        QCOMPARE(writePlaylist({latin}, u"x.m3u"_s, u"/m"_s),
                 QByteArray("#EXTM3U\n#EXTINF:1,Bj\xf6rk - J\xf3ga\na.mp3\n"));
        const PlaylistEntry more = row(u"/m/\u0416.mp3"_s, {}, u"\u0416"_s);
        QVERIFY(writePlaylist({latin, more}, u"x.m3u"_s, u"/m"_s).startsWith("#EXTM3U\n#EXTENC: UTF-8\n"));
        // Latin-1 that would be taken for UTF-8.
        const PlaylistEntry trap = row(u"/m/\u00c3\u00a9.mp3"_s, {}, u"trap"_s);
        const auto read = parsePlaylist(writePlaylist({trap}, u"x.m3u"_s, u"/m"_s), u"x.m3u"_s, u"/m"_s);
        QCOMPARE(read->entries.constFirst().path, trap.path);
    }

    void placesOnOtherComputersStay()
    {
        PlaylistEntry windows = row(u"C:\\Music\\\u00e4 b.mp3"_s, {}, u"There"_s);
        for (const QString &name : {u"x.m3u8"_s, u"x.m3u"_s, u"x.pls"_s, u"x.xspf"_s}) {
            const auto read = parsePlaylist(writePlaylist({windows}, name, u"/m"_s), name, u"/m"_s);
            QCOMPARE(read->entries.size(), 1);
            QCOMPARE(QString(read->entries.constFirst().path).replace(u'\\', u'/'),
                     u"C:/Music/\u00e4 b.mp3"_s);
            QVERIFY(!read->entries.constFirst().problem.isEmpty());
        }
    }

    void cueSheetsNameTheirFiles()
    {
        const QByteArray sheet =
            "\xEF\xBB\xBFREM DATE 1999\r\nPERFORMER \"The Band\"\r\nTITLE \"The Album\"\r\n"
            "FILE \"01 one.mp3\" MP3\r\n  TRACK 01 AUDIO\r\n    TITLE \"One\"\r\n"
            "    INDEX 01 00:00:00\r\nFILE ..\\x\\two words.wav WAVE\r\n  TRACK 02 AUDIO\r\n"
            "    TITLE \"Two\"\r\n    PERFORMER Guest\r\nFILE \"http://a/b\" MP3\r\nFILE \"rest.flac\" "
            "WAVE\r\n"
            "  TRACK 03 AUDIO\r\n    TITLE \"Three\"\r\n  TRACK 04 AUDIO\r\n    TITLE \"Four\"\r\n";
        QVERIFY(isPlaylistFile(u"/m/Album.CUE"_s));
        const auto parsed = parsePlaylist(sheet, u"Album.CUE"_s, u"/m"_s);
        QVERIFY(parsed.has_value());
        QCOMPARE(parsed->problems.size(), 1);
        QVERIFY(parsed->problems.constFirst().english().startsWith(u"line 12: "_s));
        QCOMPARE(parsed->entries.size(), 3);
        const auto check = [&](int i, const QString &path, const QString &artist, const QString &title) {
            const PlaylistEntry &entry = parsed->entries.at(i);
            return entry.path == path && entry.track.artist == artist && entry.track.title == title &&
                   entry.track.album == u"The Album"_s;
        };
        QVERIFY(check(0, u"/m/01 one.mp3"_s, u"The Band"_s, u"One"_s));
        QVERIFY(check(1, u"/x/two words.wav"_s, u"Guest"_s, u"Two"_s));
        QVERIFY(check(2, u"/m/rest.flac"_s, u"The Band"_s, u"rest"_s)); // a row for all of it
    }

    void missingFilesStayRows()
    {
        QTemporaryDir folder;
        QFile list(folder.filePath(u"x.m3u8"_s));
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.write("#EXTM3U\n#EXTINF:9,Who - What\ngone.mp3\n");
        list.close();
        const auto loaded = loadPlaylistFile(list.fileName());
        QVERIFY(loaded.has_value());
        QCOMPARE(loaded->entries.size(), 1);
        QCOMPARE(loaded->entries.constFirst().fault, EntryFault::Missing);
        QVERIFY(!loaded->entries.constFirst().problem.isEmpty());
        QCOMPARE(loaded->entries.constFirst().track.title, u"What"_s);
    }

    void theLibraryWritesOnItsPool()
    {
        QTemporaryDir folder;
        Library library;
        QSignalSpy exported(&library, &Library::playlistExported);
        library.exportPlaylist(oddRows(), folder.filePath(u"saved.xspf"_s));
        library.exportPlaylist(oddRows(), folder.filePath(u"no such folder/saved.pls"_s));
        QTRY_COMPARE(exported.count(), 2);
        for (const QList<QVariant> &one : exported)
            QCOMPARE(one.at(1).toString().isEmpty(), one.at(0).toString().endsWith("saved.xspf"_L1));
        QCOMPARE(readPlaylistFile(folder.filePath(u"saved.xspf"_s))->entries.size(), oddRows().size());
    }

    /// A folder from an old disk, as it is and as a dialog of Qt's names it.
    void intoAFolderThatIsNoUtf8()
    {
        const OddFolder folder;
        const QString deep = pathFromBytes(folder.path().toUtf8() + "/M\xFCnchen");
        QVERIFY(makeFolder(deep));
        QVERIFY(replaceFile(deep + u"/song.mp3"_s, "sound"));
        Library library;
        QSignalSpy exported(&library, &Library::playlistExported);
        library.exportPlaylist({row(deep + u"/song.mp3"_s, u"Song"_s, {})}, deep + u"/list.m3u8"_s);
        library.exportPlaylist({row(deep + u"/song.mp3"_s, u"Song"_s, {})},
                               folder.path() + u"/M\uFFFDnchen/other.pls"_s);
        QTRY_COMPARE(exported.count(), 2);
        for (const QList<QVariant> &one : exported)
            QCOMPARE(one.at(1).toString(), QString());
        for (const QString &name : {u"/list.m3u8"_s, u"/other.pls"_s}) {
            const auto list = readPlaylistFile(deep + name);
            QVERIFY(list);
            QCOMPARE(list->entries.size(), 1);
            QCOMPARE(pathBytes(list->entries.constFirst().path), pathBytes(deep) + "/song.mp3");
        }
        QSignalSpy found(&library, &Library::filesFound);
        library.importPaths({folder.path() + u"/M\uFFFDnchen/song.mp3"_s}, {u".mp3"_s});
        QTRY_COMPARE(found.count(), 1);
        const auto rows = found.constFirst().at(1).value<QList<PlaylistEntry>>();
        QCOMPARE(pathBytes(rows.constFirst().path), pathBytes(deep) + "/song.mp3");
    }

    void theLibraryTellsWhatIsMissing()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"here.mp3"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Library library;
        QSignalSpy missing(&library, &Library::filesMissing);
        const QString gone = folder.filePath(u"gone.mp3"_s);
        library.lookForFiles({row(file.fileName(), {}, {}), row(gone, {}, {})});
        QTRY_COMPARE(missing.count(), 1);
        QCOMPARE(missing.constFirst().constFirst().toStringList(), QStringList{gone});
        PlaylistEntry entry = row(gone, {}, {});
        Library::markMissing(entry);
        QCOMPARE(entry.fault, EntryFault::Missing);
    }
};

QTEST_GUILESS_MAIN(TestPlaylistWriters)
#include "tst_playlistwriters.moc"
