// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A name is bytes: whatever they are, they come out as they went in, and are shown as something to read.
#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "tests/support/oddfiles.h"

#include <QDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

class TestFileName : public QObject
{
    Q_OBJECT

private slots:
    void bytesComeBack_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("shown");
        QTest::newRow("ASCII") << QByteArray("/a/b.mp3") << u"/a/b.mp3"_s;
        QTest::newRow("UTF-8") << QByteArray("/Bj\xC3\xB6rk/\xF0\x9F\x8E\xB5.mp3") << u"/Björk/🎵.mp3"_s;
        QTest::newRow("Latin-1") << QByteArray("/M\xFCnchen/Bj\xF6rk.mp3") << u"/München/Björk.mp3"_s;
        QTest::newRow("Windows-1252") << QByteArray("/It\x92s \x96 1.mp3") << u"/It’s – 1.mp3"_s;
        QTest::newRow("both") << QByteArray("/D\xC3\xB6ner/Bj\xF6rk") << u"/Döner/Björk"_s;
        QTest::newRow("cut off") << QByteArray("/x\xF0\x9F\x8E") << u"/xðŸŽ"_s;
        QTest::newRow("overlong") << QByteArray("/\xC0\xAF") << u"/À¯"_s;
        QTest::newRow("half a pair") << QByteArray("/\xED\xB3\xB6") << u"/í³¶"_s;
        QTest::newRow("beyond") << QByteArray("/\xF4\x90\x80\x80") << QString::fromUtf8("/ô\uFFFD€€");
        QTest::newRow("mark") << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBFx") << u"\uFEFF\uFEFFx"_s;
        QTest::newRow("none") << QByteArray("") << QString();
    }

    void bytesComeBack()
    {
        QFETCH(const QByteArray, bytes);
        const QString path = pathFromBytes(bytes);
        QCOMPARE(pathBytes(path), bytes);
        QCOMPARE(hasForeignBytes(path), !bytes.isValidUtf8());
        QCOMPARE(pathFromStored(storedPath(path)), path);
        QVERIFY(storedPath(path).isValidUtf16());
        if (!bytes.startsWith('/'))
            return;
        QCOMPARE(pathOfUrl(fileUrl(path)), path);
        QCOMPARE(pathOfUrl(QUrl(QString::fromLatin1(fileUrl(path).toEncoded()))), path);
        QTEST(shownPath(path), "shown");
    }

    void everyPairOfBytes()
    {
        for (int first = 1; first < 256; ++first) {
            for (int second = 1; second < 256; ++second) {
                const QByteArray bytes{QByteArray(1, static_cast<char>(first)) + static_cast<char>(second) +
                                       "\xA9"
                                       "x"};
                QCOMPARE(pathBytes(pathFromBytes(bytes)), bytes);
            }
        }
    }

    void placesAsPeopleWriteThem_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("expected");
        const QString home = QDir::cleanPath(QDir::homePath());
        QTest::newRow("home") << u"~"_s << home;
        QTest::newRow("below") << u"~/Music"_s << home + u"/Music"_s;
        QTest::newRow("blanks") << u" ~/Music/ "_s << home + u"/Music"_s;
        QTest::newRow("no user") << u"~no-such-user/x"_s << u"/base/~no-such-user/x"_s;
        QTest::newRow("a name") << u"~old"_s << u"/base/~old"_s;
        QTest::newRow("inside") << u"a/~/b"_s << u"/base/a/~/b"_s;
        QTest::newRow("relative") << u"./music"_s << u"/base/music"_s;
        QTest::newRow("absolute") << u"/srv/music/"_s << u"/srv/music"_s;
        QTest::newRow("url") << u"file:///srv/My%20Music"_s << u"/srv/My Music"_s;
        QTest::newRow("url, host") << u"FILE://localhost/srv/x"_s << u"/srv/x"_s;
        QTest::newRow("url, one slash") << u"file:/srv/x"_s << u"/srv/x"_s;
        QTest::newRow("url, home") << u"file:///~/x"_s << home + u"/x"_s;
        QTest::newRow("url, bytes") << u"file:///M%FCnchen"_s << pathFromBytes("/M\xFCnchen");
        QTest::newRow("url, relative") << u"file:music"_s << u"/base/music"_s;
        QTest::newRow("percent") << u"/srv/100%25"_s << u"/srv/100%25"_s;
        QTest::newRow("another address") << u"smb://nas/music"_s << u"smb://nas/music"_s;
        QTest::newRow("empty") << QString() << QString();
    }

    void placesAsPeopleWriteThem()
    {
        QFETCH(const QString, written);
        QTEST(absolutePath(written, u"/base"_s), "expected");
    }

    void homeWithoutItsVariable()
    {
        const QByteArray before = qgetenv("HOME");
        QVERIFY(qputenv("HOME", "/home/of my own"));
        QCOMPARE(absolutePath(u"~/x"_s, u"/"_s), u"/home/of my own/x"_s);
        qunsetenv("HOME");
        const QString known = homeFolder();
        qputenv("HOME", before);
        QVERIFY2(known.size() > 1 && known.startsWith(u'/'), qPrintable(known)); // a service has none
    }

    void theDiskIsAskedWithTheBytes()
    {
        const OddFolder dir;
        const QByteArray folder = pathBytes(dir.path()) + "/M\xFCnchen";
        QCOMPARE(::mkdir(folder.constData(), 0777), 0);
        const int file = ::open((folder + "/Bj\xF6rk.mp3").constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0666);
        QVERIFY(file >= 0);
        QCOMPARE(::write(file, "music", 5), 5);
        ::close(file);
        QCOMPARE(::symlink("M\xFCnchen", (pathBytes(dir.path()) + "/li\xF1k").constData()), 0);
        QCOMPARE(::symlink("nowhere", (folder + "/lost").constData()), 0);

        QStringList names;
        QVERIFY(listFolder(dir.path(), [&names](const FolderItem &item) {
            names.append(item.name);
            return true;
        }));
        names.sort();
        QCOMPARE(names, QStringList({pathFromBytes("M\xFCnchen"), pathFromBytes("li\xF1k")}));
        const QString path = dir.path() + pathFromBytes("/M\xFCnchen/Bj\xF6rk.mp3");
        const auto facts = factsOf(path);
        QVERIFY(facts && facts->isFile && facts->size == 5 && facts->number != 0);
        QVERIFY(!factsOf(dir.path() + u"/München/Björk.mp3"_s));
        QVERIFY(isFolderThere(dir.path() + pathFromBytes("/li\xF1k")));
        QCOMPARE(realPath(dir.path() + pathFromBytes("/li\xF1k/Bj\xF6rk.mp3")), realPath(path));
        QVERIFY(isNameTaken(dir.path() + pathFromBytes("/M\xFCnchen/lost")));
        QVERIFY(!isThere(dir.path() + pathFromBytes("/M\xFCnchen/lost")));
        QVERIFY(!isThere(dir.path() + QChar(QChar::Null) + u"x"_s));
        QVERIFY(!listFolder(path, [](const FolderItem &) { return true; }));
    }
};

QTEST_GUILESS_MAIN(TestFileName)
#include "tst_filename.moc"
