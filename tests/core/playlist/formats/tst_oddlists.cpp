// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Lists from other systems name files in other ways: in the other normal form, in old bytes, with other
// capitals, with another ending. What is meant is found where one name fits, and written back with the file's
// own bytes.
#include "core/base/filename.h"
#include "core/playlist/formats/playlistloader.h"
#include "tests/support/oddfiles.h"

#include <QFile>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

namespace
{

const QStringList &endings()
{
    static const QStringList all{u".mp3"_s, u".flac"_s, u".ogg"_s};
    return all;
}

QList<QByteArray> bytesOf(const QStringList &paths)
{
    QList<QByteArray> bytes;
    for (const QString &path : paths)
        bytes.append(pathBytes(path));
    return bytes;
}

} // namespace

class TestOddLists : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QFile sound(m_dir.filePath(u"sound"_s));
        QVERIFY(sound.open(QIODevice::WriteOnly) && sound.write("music") == 5);
        sound.close();
        QVERIFY(makeOdd(u"names.sh"_s, m_dir.filePath(u"odd"_s), sound.fileName()));
    }

    void everyFileIsFound_data()
    {
        QTest::addColumn<QString>("list");
        QTest::addColumn<QList<QByteArray>>("files");
        const QByteArray bjork = "raw/Bj\xF6rk.mp3";
        const QByteArray strasse = "raw/M\xFCnchen/Stra\xDF"
                                   "e.mp3";
        const auto row = [](const char *list, const QList<QByteArray> &files) {
            QTest::newRow(list) << QString::fromLatin1(list) << files;
        };
        row("raw/bytes.m3u", {bjork, strasse, "raw/plain.mp3"});
        row("raw/utf8.m3u8", {bjork, strasse});
        row("raw/mixed.m3u8", {bjork});
        row("raw/bytes.pls", {bjork, strasse});
        row("raw/bytes.xspf", {bjork, strasse});
        row("raw/bytes.cue", {bjork});
        row("raw/url.m3u", {bjork});
        for (const char *kind : {"m3u", "m3u8", "pls", "xspf", "cue"}) {
            row(QByteArray("nfc/l.") + kind, {"nfc/Caf\xC3\xA9/\xC3\x85ngstr\xC3\xB6m.mp3"});
            row(QByteArray("nfd/l.") + kind, {"nfd/Cafe\xCC\x81/A\xCC\x8Angstro\xCC\x88m.mp3"});
        }
        for (const char *list : {"caps/dos.m3u", "caps/drive.m3u", "caps/slash.m3u", "caps/both.m3u"})
            row(list, {"caps/John John/Third.mp3"});
        row("caps/album.cue", {"caps/album.flac"});
        row("caps/ALBUM.CUE.m3u", {"caps/album.flac"});
    }

    void everyFileIsFound()
    {
        QFETCH(const QString, list);
        QFETCH(QList<QByteArray>, files);
        const auto loaded = loadPlaylistFile(m_dir.filePath(u"odd/"_s + list), endings());
        QVERIFY(loaded);
        QCOMPARE(englishOf(loaded->problems), QStringList());
        QStringList paths;
        for (const PlaylistEntry &entry : loaded->entries) {
            paths.append(entry.path);
            QCOMPARE(entry.problem, QString());
            QCOMPARE(entry.fault, EntryFault::None);
            QVERIFY(!hasForeignBytes(entry.track.title));
        }
        for (QByteArray &file : files)
            file.prepend(pathBytes(m_dir.filePath(u"odd/"_s)));
        QCOMPARE(bytesOf(paths), files);
    }

    void shownReadably()
    {
        const auto loaded = loadPlaylistFile(m_dir.filePath(u"odd/raw/bytes.m3u"_s), endings());
        QVERIFY(loaded && loaded->entries.size() == 3);
        QCOMPARE(loaded->entries.at(0).track.title, u"Björk"_s);
        QCOMPARE(loaded->entries.at(1).track.title, u"Straße"_s);
        const auto mixed = loadPlaylistFile(m_dir.filePath(u"odd/raw/mixed.m3u8"_s), endings());
        QVERIFY(mixed && mixed->entries.size() == 1);
        QCOMPARE(mixed->entries.first().track.artist, u"Döner"_s);
        QCOMPARE(mixed->entries.first().track.title, u"Björk"_s);
    }

    void twoThatFitAreNone()
    {
        const auto loaded = loadPlaylistFile(m_dir.filePath(u"odd/two/l.m3u"_s), endings());
        QVERIFY(loaded && loaded->entries.size() == 2);
        for (const PlaylistEntry &entry : loaded->entries) {
            QCOMPARE(entry.fault, EntryFault::Missing);
            QVERIFY(entry.problem.contains(u"is not there"));
        }
    }

    void writtenWithTheirBytes_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"a.m3u", "a.m3u8", "a.pls", "a.xspf"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void writtenWithTheirBytes()
    {
        QFETCH(const QString, name);
        const QString folder = m_dir.filePath(u"odd/raw"_s);
        const auto first = loadPlaylistFile(folder + u"/bytes.m3u"_s, endings());
        QVERIFY(first);
        const QByteArray written = writePlaylist(first->entries, name, folder);
        if (!name.endsWith(u"xspf"))
            QVERIFY2(written.contains("Bj\xF6rk.mp3\n") && written.contains("Bj\xC3\xB6rk\n"), written);
        else
            QVERIFY2(written.contains("Bj%F6rk.mp3"), written);
        QFile list(folder + u'/' + name);
        QVERIFY(list.open(QIODevice::WriteOnly) && list.write(written) == written.size());
        list.close();
        const auto second = loadPlaylistFile(list.fileName(), endings());
        QVERIFY(second);
        QCOMPARE(second->entries.size(), first->entries.size());
        for (qsizetype i = 0; i < first->entries.size(); ++i) {
            QCOMPARE(pathBytes(second->entries.at(i).path), pathBytes(first->entries.at(i).path));
            QCOMPARE(second->entries.at(i).track.title, first->entries.at(i).track.title);
        }
    }

    void gapsBelongToTheFileOfTheirMusic()
    {
        // As EAC writes it with "gaps appended": the gap of a track lies at the end of the file before it.
        const auto parsed =
            parsePlaylist("PERFORMER \"Band\"\r\nTITLE \"Album\"\r\n"
                          "FILE \"01.wav\" WAVE\r\n"
                          "  TRACK 01 AUDIO\r\n    TITLE \"One\"\r\n    INDEX 01 00:00:00\r\n"
                          "  TRACK 02 AUDIO\r\n    TITLE \"Two\"\r\n    PERFORMER \"Guest\"\r\n"
                          "    INDEX 00 03:10:00\r\n"
                          "FILE \"02.wav\" WAVE\r\n    INDEX 01 00:00:00\r\n"
                          "  TRACK 03 AUDIO\r\n    TITLE \"Three\"\r\n    INDEX 00 02:00:00\r\n"
                          "FILE \"03.wav\" WAVE\r\n    INDEX 01 00:00:00\r\n",
                          u"a.cue"_s, u"/m"_s);
        QVERIFY(parsed);
        QStringList titles;
        QStringList artists;
        for (const PlaylistEntry &entry : parsed->entries) {
            titles.append(entry.track.title);
            artists.append(entry.track.artist);
        }
        QCOMPARE(titles, QStringList({u"One"_s, u"Two"_s, u"Three"_s}));
        QCOMPARE(artists, QStringList({u"Band"_s, u"Guest"_s, u"Band"_s}));
    }

    void addressesAreAnsweredWithTheCure_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("cure");
        QTest::newRow("http") << QByteArray("http://h/a.mp3") << u"save it on this computer"_s;
        QTest::newRow("icy") << QByteArray("ICY://h/a") << u"save it on this computer"_s;
        QTest::newRow("smb") << QByteArray("smb://nas/music/a.mp3") << u"mount it"_s;
        QTest::newRow("mtp") << QByteArray("mtp://phone/Music/a.mp3") << u"mount it"_s;
    }

    void addressesAreAnsweredWithTheCure()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QString, cure);
        const QList<std::pair<QByteArray, QString>> lists{
            {line + "\n", u"a.m3u"_s},
            {"[playlist]\nFile1=" + line + "\n", u"a.pls"_s},
            {"<playlist><trackList><track><location>" + line + "</location></track></trackList></playlist>",
             u"a.xspf"_s},
            {"FILE \"" + line + "\" MP3\n", u"a.cue"_s}};
        for (const auto &[text, name] : lists) {
            const auto parsed = parsePlaylist(text, name, u"/m"_s);
            // Where nothing else was in it, an XSPF is refused as a whole, with the same words.
            const QString said = parsed ? parsed->problems.value(0) : parsed.error();
            QVERIFY(!parsed || parsed->entries.isEmpty());
            QVERIFY2(said.contains(cure), qPrintable(said));
        }
    }

private:
    OddFolder m_dir;
};

QTEST_GUILESS_MAIN(TestOddLists)
#include "tst_oddlists.moc"
