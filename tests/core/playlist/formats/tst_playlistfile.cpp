// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/playlistfile.h"
#include "core/playlist/formats/playlistloader.h"
#include "core/playlist/formats/playlistlocation.h"
#include "core/playlist/formats/textencoding.h"
#include "core/playlist/formats/trackfromfilename.h"
#include "tests/support/computing.h"
#include "tests/support/mutations.h"

#include <QStringEncoder>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

ParsedPlaylist parsed(QByteArrayView bytes, const QString &name = u"list.m3u"_s)
{
    const auto result = parsePlaylist(bytes, name, u"/home/dj/lists"_s);
    return result ? *result : ParsedPlaylist{{}, {Sentence(u"refused: "_s + result.error())}};
}

QStringList paths(const ParsedPlaylist &list)
{
    QStringList all;
    for (const PlaylistEntry &entry : list.entries)
        all.append(entry.path);
    return all;
}

} // namespace

class TestPlaylistFile : public QObject
{
    Q_OBJECT

private slots:
    void places_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("path");
        QTest::newRow("relative") << QByteArray("a.mp3") << u"/home/dj/lists/a.mp3"_s;
        QTest::newRow("parent") << QByteArray("../Music/./a.mp3") << u"/home/dj/Music/a.mp3"_s;
        QTest::newRow("absolute") << QByteArray("/srv/a b.mp3") << u"/srv/a b.mp3"_s;
        QTest::newRow("spaces around") << QByteArray("  a.mp3 \t") << u"/home/dj/lists/a.mp3"_s;
        QTest::newRow("quoted") << QByteArray("\"a.mp3\"") << u"/home/dj/lists/a.mp3"_s;
        QTest::newRow("backslashes") << QByteArray("..\\Music\\a.mp3") << u"/home/dj/Music/a.mp3"_s;
        QTest::newRow("backslash in a name") << QByteArray("/srv/a\\b.mp3") << u"/srv/a\\b.mp3"_s;
        QTest::newRow("file url") << QByteArray("file:///srv/a%20b%C3%A9.mp3") << u"/srv/a bé.mp3"_s;
        QTest::newRow("file url, Latin-1") << QByteArray("file:///srv/%E9.mp3") << u"/srv/é.mp3"_s;
        QTest::newRow("file url, host") << QByteArray("FILE://localhost/srv/a.mp3") << u"/srv/a.mp3"_s;
        QTest::newRow("file url, one slash") << QByteArray("file:/srv/a.mp3") << u"/srv/a.mp3"_s;
        QTest::newRow("percent stays")
            << QByteArray("100% live%20.mp3") << u"/home/dj/lists/100% live%20.mp3"_s;
        QTest::newRow("colon in a name")
            << QByteArray("Suite: No. 1.mp3") << u"/home/dj/lists/Suite: No. 1.mp3"_s;
        QTest::newRow("UTF-8") << QByteArray("\xC3\x84rger.mp3") << u"/home/dj/lists/Ärger.mp3"_s;
        QTest::newRow("Windows-1252")
            << QByteArray("\xC4rger \x96 x.mp3") << u"/home/dj/lists/Ärger – x.mp3"_s;
    }
    void places()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, path);
        const ParsedPlaylist list = parsed(line);
        QCOMPARE(englishOf(list.problems), QStringList());
        QCOMPARE(paths(list), QStringList{path});
        QCOMPARE(list.entries.first().problem, QString());
        QVERIFY(list.entries.first().id != 0);
        QCOMPARE(list.entries.first().track.entryId, list.entries.first().id);
    }

    void windowsPlacesAreRowsWithAProblem()
    {
        const ParsedPlaylist list =
            parsed("C:\\Music\\Abba\\a.mp3\r\nd:/x.mp3\r\n\\\\server\\share\\b.mp3\r\nfile:///C:/Music/"
                   "c%20d.mp3\r\n");
        QCOMPARE(paths(list), QStringList({u"C:\\Music\\Abba\\a.mp3"_s, u"d:/x.mp3"_s,
                                           u"\\\\server\\share\\b.mp3"_s, u"C:/Music/c d.mp3"_s}));
        for (const PlaylistEntry &entry : list.entries)
            QVERIFY(entry.problem.contains("Windows"_L1));
        QCOMPARE(list.entries.at(0).track.title, u"a"_s);
        QCOMPARE(windowsTails(u"C:\\Music\\..\\Abba\\a.mp3"_s),
                 QStringList({u"Music/Abba/a.mp3"_s, u"Abba/a.mp3"_s, u"a.mp3"_s}));
        QCOMPARE(windowsTails(u"/srv/a.mp3"_s), QStringList());
    }

    void refusedLines()
    {
        const ParsedPlaylist list = parsed("a.mp3\n\nhttp://radio.example/stream\nb.mp3\nrtsp://x/y\n");
        QCOMPARE(list.entries.size(), 2);
        QCOMPARE(list.problems.size(), 2);
        QVERIFY2(list.problems.at(0).english().startsWith("line 3: "_L1), qPrintable(list.problems.at(0)));
        QVERIFY(list.problems.at(0).contains("http://radio.example/stream"_L1));
        QVERIFY(list.problems.at(1).english().startsWith("line 5: "_L1));
    }

    void extInf()
    {
        const ParsedPlaylist list = parsed("#EXTM3U\n"
                                           "#EXTINF:123,Artist - Title\na.mp3\n"
                                           "#EXTINF:-1 logo=\"a, b\" x=\"y\",Only title\nb.mp3\n"
                                           "#extinf:61.5,The Who - Who's Next - Live\nc.mp3\n"
                                           "#PLAYLIST:My list\n#EXTART:AC - DC\n#EXTALB:Back\n"
                                           "#EXTINF:5,AC - DC - Hells\nd.mp3\n"
                                           "03 - Someone - Else.mp3\n"
                                           "#EXTINF:9,\ne.mp3\n"
                                           "#EXTINF:broken\nf.mp3\n");
        QCOMPARE(englishOf(list.problems), QStringList());
        QCOMPARE(list.entries.size(), 7);
        const auto track = [&](int i) { return list.entries.at(i).track; };
        QCOMPARE(track(0).artist, u"Artist"_s);
        QCOMPARE(track(0).title, u"Title"_s);
        QCOMPARE(track(0).durationMs, 123'000);
        QCOMPARE(track(1).artist, QString());
        QCOMPARE(track(1).title, u"Only title"_s);
        QCOMPARE(track(1).durationMs, 0);
        QCOMPARE(track(2).title, u"Who's Next - Live"_s);
        QCOMPARE(track(2).durationMs, 61'500);
        QCOMPARE(track(3).artist, u"AC - DC"_s);
        QCOMPARE(track(3).title, u"Hells"_s);
        QCOMPARE(track(3).album, u"Back"_s);
        QCOMPARE(track(4).artist, u"Someone"_s); // nothing announced any more: from the name
        QCOMPARE(track(4).title, u"Else"_s);
        QCOMPARE(track(4).album, QString());
        QCOMPARE(track(5).title, u"e"_s);
        QCOMPARE(track(6).title, u"broken"_s);
    }

    void encodings()
    {
        const QString text = u"#EXTM3U\n#EXTINF:5,Ж - Ü\nБ.mp3\n"_s;
        const QString expected = u"/home/dj/lists/Б.mp3"_s;
        QCOMPARE(paths(parsed("\xEF\xBB\xBF" + text.toUtf8())), QStringList{expected});
        for (const auto encoding : {QStringEncoder::Utf16LE, QStringEncoder::Utf16BE}) {
            QStringEncoder encode(encoding, QStringEncoder::Flag::WriteBom);
            const QByteArray bytes = encode(text);
            QCOMPARE(paths(parsed(bytes)), QStringList{expected});
            QCOMPARE(parsed(bytes).entries.first().track.artist, u"Ж"_s);
        }
        QCOMPARE(paths(parsed("#EXTENC:UTF-8\r\n" + expected.toUtf8())), QStringList{expected});
        QCOMPARE(paths(parsed("#EXTENC: ISO-8859-1\r\n/caf\xE9.mp3")), QStringList{u"/café.mp3"_s});
        QCOMPARE(paths(parsed("#EXTENC:no-such-thing\r\n/caf\xE9.mp3")), QStringList{u"/café.mp3"_s});
    }

    void lineEnds()
    {
        for (const QByteArray &end : {QByteArray("\n"), QByteArray("\r\n"), QByteArray("\r")}) {
            const ParsedPlaylist list =
                parsed("#EXTM3U" + end + "a.mp3" + end + end + "http://x/" + end + "b.mp3");
            QCOMPARE(list.entries.size(), 2);
            QVERIFY2(list.problems.value(0).english().startsWith("line 4:"_L1),
                     qPrintable(list.problems.value(0)));
        }
    }

    void large()
    {
        QByteArray bytes = "#EXTM3U\n";
        for (int i = 0; i < 50'000; ++i)
            bytes += "#EXTINF:200,Artist - Title\nfolder/track" + QByteArray::number(i) + ".mp3\n";
        const test::ComputingTime clock;
        QCOMPARE(parsed(bytes).entries.size(), 50'000);
        QVERIFY2(clock.elapsed() < test::computingMs(10'000), qPrintable(QString::number(clock.elapsed())));

        const ParsedPlaylist oneLine = parsed(QByteArray(1'000'000, 'a') + "\nb.mp3\n");
        QCOMPARE(oneLine.entries.size(), 1);
        QVERIFY(oneLine.problems.value(0).contains("too long"_L1));
        QCOMPARE(parsed("#" + QByteArray(1'000'000, 'a') + "\nb.mp3\n").entries.size(), 1);
    }

    void notAPlaylist()
    {
        QVERIFY(!parsePlaylist(QByteArray("ID3\x04\0\0\0", 7), u"a.m3u"_s, u"/"_s));
        const auto hls = parsePlaylist("#EXTM3U\n#EXT-X-TARGETDURATION:9\na.ts\n", u"a.m3u8"_s, u"/"_s);
        QVERIFY(!hls);
        QVERIFY(hls.error().contains("HLS"_L1));
        QVERIFY(parsed("").entries.isEmpty());
        QVERIFY(isPlaylistFile(u"/x/A.M3U8"_s));
        QVERIFY(isPlaylistFile(u"a.xspf"_s));
        QVERIFY(!isPlaylistFile(u"a.mp3"_s));
    }

    void pls()
    {
        const ParsedPlaylist list =
            parsed("[playlist]\r\nNumberOfEntries=9\r\n"
                   "File2=sub\\b.mp3\r\nLength2=-1\r\n"
                   "Title1=Artist - First\r\nfile1=file:///srv/a%20a.mp3\r\nLENGTH1=90\r\n"
                   "File10=c.mp3\r\nFile3=http://x.example/\r\nTitle4=No file\r\n"
                   "; File5=commented.mp3\r\nFile2=again.mp3\r\nVersion=2\r\n",
                   u"x.pls"_s);
        QCOMPARE(paths(list),
                 QStringList({u"/srv/a a.mp3"_s, u"/home/dj/lists/sub/b.mp3"_s, u"/home/dj/lists/c.mp3"_s}));
        QCOMPARE(list.entries.at(0).track.title, u"First"_s);
        QCOMPARE(list.entries.at(0).track.artist, u"Artist"_s);
        QCOMPARE(list.entries.at(0).track.durationMs, 90'000);
        QCOMPARE(list.entries.at(1).track.durationMs, 0);
        QCOMPARE(list.problems.size(), 2); // the address and the second File2
        QVERIFY(englishOf(list.problems).join(u'\n').contains("line 9:"_L1));
    }

    void xspf()
    {
        const ParsedPlaylist list = parsed(R"(<?xml version="1.0" encoding="UTF-8"?>
<playlist version="1" xmlns="http://xspf.org/ns/0/" xmlns:v="http://www.videolan.org/vlc/playlist/ns/0/">
 <title>My list</title>
 <trackList>
  <track><location>file:///srv/a%20%26.mp3</location><title>One &amp; two</title><creator>Ä</creator>
   <album>Al</album><duration>61500</duration><extension application="x"><v:id>0</v:id></extension></track>
  <track><title>Nothing</title></track>
  <track><location>http://x.example/a</location><location>sub/b%C3%A9.mp3</location></track>
 </trackList>
</playlist>)",
                                           u"x.xspf"_s);
        QCOMPARE(paths(list), QStringList({u"/srv/a &.mp3"_s, u"/home/dj/lists/sub/bé.mp3"_s}));
        const TrackInfo track = list.entries.at(0).track;
        QCOMPARE(track.title, u"One & two"_s);
        QCOMPARE(track.artist, u"Ä"_s);
        QCOMPARE(track.album, u"Al"_s);
        QCOMPARE(track.durationMs, 61'500);
        QCOMPARE(list.entries.at(1).track.title, u"bé"_s);
        QCOMPARE(list.problems.size(), 1);
        QVERIFY2(list.problems.at(0).english().startsWith("line 7:"_L1), qPrintable(list.problems.at(0)));
    }

    void xspfDamaged()
    {
        const ParsedPlaylist cut = parsed("<playlist><trackList><track><location>/a.mp3</location></track>"
                                          "<track><location>/b.mp3</loc",
                                          u"x.xspf"_s);
        QVERIFY(cut.entries.size() >= 1);
        QCOMPARE(cut.entries.first().path, u"/a.mp3"_s);
        QCOMPARE(cut.problems.size(), 1);

        QByteArray bomb = "<?xml version=\"1.0\"?><!DOCTYPE p [<!ENTITY a0 \"aaaaaaaaaa\">";
        for (int i = 1; i < 12; ++i) {
            const QByteArray last = "&a" + QByteArray::number(i - 1) + ';';
            bomb += "<!ENTITY a" + QByteArray::number(i) + " \"" + last.repeated(10) + "\">";
        }
        bomb += "]><playlist><trackList><track><location>&a11;</location></track></trackList></playlist>";
        const test::ComputingTime clock;
        QVERIFY(!parsePlaylist(bomb, u"x.xspf"_s, u"/"_s));
        QVERIFY(clock.elapsed() < test::computingMs(2000));
        QVERIFY(!parsePlaylist("<html><body/></html>", u"x.xspf"_s, u"/"_s));
    }

    void everyPrefixAndManyMutations()
    {
        const QList<QPair<QString, QByteArray>> samples{
            {u"a.m3u"_s,
             "\xEF\xBB\xBF#EXTM3U\r\n#EXTENC:UTF-8\n#EXTINF:12 a=\"b\",A - B\rfile://h/%41%.mp3\nC:\\x\n"},
            {u"a.pls"_s, "[playlist]\nFile1=a.mp3\nTitle1=x\nLength1=99999999999\nFile99999999999=b\n"},
            {u"a.xspf"_s, "<?xml version=\"1.0\"?><playlist><trackList><track><location>a%2.mp3</location>"
                          "<duration>x</duration></track></trackList></playlist>"},
            {u"a.cue"_s,
             "PERFORMER \"A\"\nTITLE \"B\"\nFILE \"a.wav\" WAVE\n  TRACK 01 AUDIO\n    TITLE \"C\"\n"
             "    INDEX 01 00:00:00\nFILE b.mp3 MP3\n"},
            {u"a.m3u8"_s, "#EXTM3U\n#EXTENC: Shift_JIS\n#EXTINF:-1,\x83\x41 - \x83\x42\n\x83\x41.mp3\n"}};
        QRandomGenerator random(1);
        for (const auto &[name, bytes] : samples) {
            for (qsizetype i = 0; i <= bytes.size(); ++i)
                parsed(QByteArrayView(bytes).first(i), name);
            for (int i = 0; i < 3000; ++i) {
                for (const PlaylistEntry &entry : parsed(cycast::test::mutated(bytes, random), name).entries)
                    QVERIFY(!entry.path.isEmpty() && !entry.track.title.isEmpty());
            }
        }
    }

    void writtenListComesBack()
    {
        QList<PlaylistEntry> entries;
        const QStringList files{
            u"/home/dj/lists/a.mp3"_s,       u"/home/dj/Music/ä b.mp3"_s,  u"/srv/c.mp3"_s,
            u"/home/dj/lists/#d.mp3"_s,      u"/home/dj/lists/e\\f.mp3"_s, u"/home/dj/lists/g\nh.mp3"_s,
            u"/home/dj/lists/http:/i.mp3"_s, u"/home/dj/lists/ j.mp3"_s,   u"/home/dj/lists/k.mp3 "_s,
            u"/home/dj/lists/100%25.mp3"_s,  u"/home/dj/lists/C:/l.mp3"_s};
        for (const QString &path : files) {
            PlaylistEntry entry;
            entry.path = path;
            entry.track.title = u"Ti\ntle"_s;
            entry.track.artist = u"Artist"_s;
            entry.track.durationMs = 1600;
            entries.append(entry);
        }
        const QByteArray bytes = writeM3u8(entries, u"/home/dj/lists"_s);
        QVERIFY(bytes.startsWith("#EXTM3U\n#EXTINF:2,Artist - Ti tle\na.mp3\n"));
        QVERIFY(bytes.contains("\n../Music/ä b.mp3\n"));
        QVERIFY(bytes.contains("\n/srv/c.mp3\n"));
        const ParsedPlaylist back = parsed(bytes, u"x.m3u8"_s);
        QCOMPARE(paths(back), files);
        QCOMPARE(back.entries.at(0).track.artist, u"Artist"_s);
        QCOMPARE(back.entries.at(0).track.durationMs, 2000);
    }

    void lookedUpOnDisk()
    {
        QTemporaryDir dir;
        QVERIFY(QDir(dir.path()).mkpath(u"Abba"_s));
        const auto put = [&](const QString &name, const QByteArray &bytes) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        };
        put(u"Abba/a.mp3"_s, "x");
        put(u"b b.mp3"_s, "x");
        put(u"list.m3u"_s, "C:\\Users\\me\\Music\\Abba\\a.mp3\nb%20b.mp3\nmissing.mp3\nD:\\gone.mp3\n");
        const auto list = loadPlaylistFile(dir.filePath(u"list.m3u"_s));
        QVERIFY(list);
        QCOMPARE(list->entries.size(), 4);
        QCOMPARE(list->entries.at(0).path, dir.filePath(u"Abba/a.mp3"_s));
        QCOMPARE(list->entries.at(0).problem, QString());
        QCOMPARE(list->entries.at(1).path, dir.filePath(u"b b.mp3"_s));
        QCOMPARE(list->entries.at(1).track.title, u"b b"_s);
        QVERIFY(list->entries.at(2).problem.contains("not there"_L1));
        QVERIFY(list->entries.at(3).problem.contains("Windows"_L1));
        QVERIFY(!loadPlaylistFile(dir.filePath(u"none.m3u"_s)));
    }

    void tidiedText()
    {
        QCOMPARE(tidyText(u" a\t\u0000b\u001B[31m\r\nc "_s), u"a b [31m c"_s);
        QCOMPARE(tidyText(QString::fromLatin1("It\x92s")), u"It’s"_s);
        QCOMPARE(tidyText(QString::fromLatin1("Caf\xC3\xA9")), u"Café"_s);
        QCOMPARE(tidyText(u"Motörhead"_s), u"Motörhead"_s);
        QCOMPARE(tidyText(u"Café"_s), u"Café"_s);
        QCOMPARE(decodeText("Caf\xE9"), u"Café"_s);
        QCOMPARE(tidyText(QString(2000, u'x')).size(), 512);
        QCOMPARE(tidyText(QString(511, u'x') + u"😀"_s), QString(511, u'x'));
    }

    void namesOfFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("artist");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *name, const char *artist, const char *title) {
            QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(artist)
                                << QString::fromUtf8(title);
        };
        row("Artist - Title.mp3", "Artist", "Title");
        row("/x/Artist - A - B.mp3", "Artist", "A - B");
        row("03 Title.mp3", "", "Title");
        row("03. Title.mp3", "", "Title");
        row("03 - Title.mp3", "", "Title");
        row("03 - Artist - Title.mp3", "Artist", "Title");
        row("Artist - 03 - Title.mp3", "Artist", "Title");
        row("my_song_name.MP3", "", "my song name");
        row("1979.mp3", "", "1979");
        row("99 Luftballons.mp3", "", "99 Luftballons");
        row("50-50.mp3", "", "50-50");
        row("Vol. 2", "", "Vol. 2");
        row(".mp3", "", ".mp3");
        row("C:\\Music\\x.mp3", "", "x");
        row("___.mp3", "", "___.mp3");
        row("", "", "Track");
    }
    void namesOfFiles()
    {
        QFETCH(QString, name);
        const TrackInfo track = trackFromFileName(name);
        QTEST(track.artist, "artist");
        if (name == u"___.mp3"_s)
            QVERIFY(!track.title.isEmpty());
        else
            QTEST(track.title, "title");
    }
};

QTEST_GUILESS_MAIN(TestPlaylistFile)
#include "tst_playlistfile.moc"
