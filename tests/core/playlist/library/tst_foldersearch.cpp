// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A music folder as it lies on real disks: links in every direction, names of every age, addresses instead of
// paths.
#include "core/base/filename.h"
#include "core/playlist/library/foldersearch.h"
#include "core/playlist/library/library.h"
#include "core/playlist/library/libraryimport.h"
#include "tests/support/oddfiles.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

namespace
{

struct Imported {
    QStringList paths;
    QStringList titles;
    QStringList problems;
};

Imported import(const QStringList &paths)
{
    Imported all;
    const ImportSink sink{[] { return false; },
                          [&all](const QList<PlaylistEntry> &rows) {
                              for (const PlaylistEntry &row : rows) {
                                  all.paths.append(row.path);
                                  all.titles.append(row.track.title);
                              }
                          }};
    all.problems = englishOf(importAll(paths, {u".mp3"_s, u".flac"_s}, sink).problems);
    return all;
}

} // namespace

class TestFolderSearch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QFile sound(m_dir.filePath(u"sound"_s));
        QVERIFY(sound.open(QIODevice::WriteOnly) && sound.write("music") == 5);
        sound.close();
        m_root = QDir(m_dir.path()).canonicalPath();
        QVERIFY(makeOdd(u"links.sh"_s, m_root + u"/links"_s, sound.fileName()));
        QVERIFY(makeOdd(u"names.sh"_s, m_root + u"/odd"_s, sound.fileName()));
    }

    void oneRowForEachFile()
    {
        const QString music = m_root + u"/links/music"_s;
        const QStringList found = filesBelow(music, {u".mp3"_s});
        QStringList names;
        for (const QString &path : found) {
            QVERIFY(path.startsWith(music + u'/'));
            names.append(path.mid(music.size() + 1));
        }
        // By their own names where they have one here, by the first link where they have none.
        QCOMPARE(names, QStringList({u"linked.mp3"_s, u"one.mp3"_s, u"beside/five.mp3"_s,
                                     u"outside/seven.mp3"_s, u"shown/four.mp3"_s, u"x/two.mp3"_s,
                                     u"x/out/elsewhere/six.mp3"_s, u"z/eight.mp3"_s, u"z/nine.mp3"_s}));
    }

    void aLinkToTheMusicIsTheMusic()
    {
        const QString link = m_root + u"/shortcut"_s;
        QVERIFY(QFile::link(m_root + u"/links/music/z"_s, link));
        QCOMPARE(filesBelow(link, {u".mp3"_s}), QStringList({link + u"/eight.mp3"_s, link + u"/nine.mp3"_s}));
        // Both at once: once.
        const Imported both = import({m_root + u"/links/music/z"_s, link});
        QCOMPARE(both.paths.size(), 2);
    }

    void namesThatAreNoUtf8()
    {
        const Imported raw = import({m_root + u"/odd/raw"_s});
        QCOMPARE(raw.problems, QStringList());
        QCOMPARE(raw.titles, QStringList({u"Björk"_s, u"plain"_s, u"Straße"_s}));
        const QByteArray folder = pathBytes(m_root) + "/odd/raw/";
        QCOMPARE(pathBytes(raw.paths.at(0)), folder + "Bj\xF6rk.mp3");
        QCOMPARE(pathBytes(raw.paths.at(2)), folder + "M\xFCnchen/Stra\xDF"
                                                      "e.mp3");
        // Each by itself as well, a folder and a file and a list.
        QCOMPARE(import({pathFromBytes(folder + "M\xFCnchen")}).titles, QStringList(u"Straße"_s));
        QCOMPARE(import({pathFromBytes(folder + "Bj\xF6rk.mp3")}).titles, QStringList(u"Björk"_s));
        QCOMPARE(import({pathFromBytes(folder + "bytes.m3u")}).paths.size(), 3);
    }

    void addressesInsteadOfPaths()
    {
        const QString file = m_root + u"/odd/raw/plain.mp3"_s;
        QCOMPARE(import({u"file://"_s + file}).paths, QStringList(file));
        QCOMPARE(import({u"file:"_s + file}).paths, QStringList(file));
        QCOMPARE(import({u"file://localhost"_s + m_root + u"/odd/raw/Bj%F6rk.mp3"_s}).titles,
                 QStringList(u"Björk"_s));
        const Imported refused = import({u"smb://nas/music"_s, u"https://example.org/a.mp3"_s, file});
        QCOMPARE(refused.paths, QStringList(file));
        QCOMPARE(refused.problems.size(), 2);
        QVERIFY2(refused.problems.at(0).contains(u"“smb://nas/music” is on another computer"),
                 qPrintable(refused.problems.at(0)));
        QVERIFY2(refused.problems.at(1).contains(u"save it on this computer"),
                 qPrintable(refused.problems.at(1)));
    }

    void whatIsNotThereIsNamedReadably()
    {
        const Imported gone = import({pathFromBytes("/nowhere/Bj\xF6rk.mp3")});
        QCOMPARE(gone.problems.size(), 1);
        QVERIFY2(gone.problems.first().contains(u"“/nowhere/Björk.mp3” is not there"),
                 qPrintable(gone.problems.first()));
    }

private:
    OddFolder m_dir;
    QString m_root;
};

QTEST_GUILESS_MAIN(TestFolderSearch)
#include "tst_foldersearch.moc"
