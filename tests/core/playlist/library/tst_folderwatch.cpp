// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/folderwatch.h"
#include "tests/support/slack.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

class Watched
{
public:
    QTemporaryDir folder;
    FolderWatch watch;
    QSignalSpy watching{&watch, &FolderWatch::watching};
    QSignalSpy appeared{&watch, &FolderWatch::appeared};
    QSignalSpy vanished{&watch, &FolderWatch::vanished};

    Watched() { watch.setExtensions({u".mp3"_s, u".flac"_s}); }

    QString path(const QString &name) const { return QDir(folder.path()).canonicalPath() + u'/' + name; }
    QString root() const { return QDir(folder.path()).canonicalPath(); }

    bool write(const QString &name, const QByteArray &bytes = "music")
    {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly | QIODevice::Append) && file.write(bytes) == bytes.size();
    }

    bool begin()
    {
        watch.addFolders({root()}, {});
        return test::waitUntil([this] { return watching.count() > 0; }, 10'000);
    }

    static QStringList all(const QSignalSpy &spy)
    {
        QStringList paths;
        for (const QList<QVariant> &one : spy)
            paths += one.constFirst().toStringList();
        paths.sort();
        return paths;
    }
};

} // namespace

class TestFolderWatch : public QObject
{
    Q_OBJECT

private slots:
    void filesComeAndGo()
    {
        Watched w;
        QVERIFY(w.write(u"old.mp3"_s) && w.write(u"sub/deep/old.flac"_s));
        QVERIFY(w.begin());
        QVERIFY(w.write(u"new.MP3"_s) && w.write(u"notes.txt"_s) && w.write(u"sub/deep/new.flac"_s));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared),
                                  QStringList({w.path(u"new.MP3"_s), w.path(u"sub/deep/new.flac"_s)}),
                                  15'000);
        QCOMPARE(w.vanished.count(), 0);
        QVERIFY(QFile::remove(w.path(u"old.mp3"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.vanished), QStringList{w.path(u"old.mp3"_s)}, 15'000);
        // Back again: it is new again.
        w.appeared.clear();
        QVERIFY(w.write(u"old.mp3"_s));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared), QStringList{w.path(u"old.mp3"_s)}, 15'000);
    }

    void aFolderThatIsMovedInCounts()
    {
        Watched w;
        QVERIFY(w.begin());
        QTemporaryDir elsewhere;
        QVERIFY(QDir(elsewhere.path()).mkpath(u"album/cd1"_s));
        QFile file(elsewhere.filePath(u"album/cd1/one.mp3"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("music") == 5);
        file.close();
        QVERIFY(QFile::rename(elsewhere.filePath(u"album"_s), w.path(u"album"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared), QStringList{w.path(u"album/cd1/one.mp3"_s)},
                                  15'000);
        QVERIFY(QDir(w.path(u"album"_s)).removeRecursively());
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.vanished), QStringList{w.path(u"album/cd1/one.mp3"_s)},
                                  15'000);
    }

    void aFileThatIsStillCopiedWaits()
    {
        Watched w;
        QVERIFY(w.begin());
        // It grows at every look for a while, and is told once, whole.
        QVERIFY(w.write(u"empty.mp3"_s, {}));
        QVERIFY(w.write(u"done.mp3"_s));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared), QStringList{w.path(u"done.mp3"_s)}, 15'000);
        QVERIFY(w.write(u"empty.mp3"_s));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared).size(), 2, 15'000);
    }

    void whatCameWhileNobodyLooked()
    {
        Watched w;
        QVERIFY(w.write(u"a.mp3"_s));
        w.watch.addFolders({w.root(), u"/no/such/folder"_s, w.path(u"a.mp3"_s)},
                           QDateTime::currentDateTime().addSecs(-3600));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared), QStringList{w.path(u"a.mp3"_s)}, 15'000);
        QCOMPARE(w.watching.constLast().constFirst().toStringList(), QStringList{w.root()});
        // Inside of what is watched already.
        QVERIFY(QDir(w.root()).mkdir(u"sub"_s));
        w.watch.addFolders({w.path(u"sub"_s)}, {});
        w.watch.setFolders({w.path(u"sub"_s)});
        QTRY_COMPARE(w.watching.constLast().constFirst().toStringList(), QStringList{w.path(u"sub"_s)});
    }

    void switchedOffNothingIsTold()
    {
        Watched w;
        QVERIFY(w.begin());
        w.watch.setEnabled(false);
        QVERIFY(w.write(u"unseen.mp3"_s));
        w.watch.setEnabled(true); // what came meanwhile is known, not new
        const QTemporaryDir other;
        const auto told = w.watching.count();
        w.watch.addFolders({other.path()}, {});
        QTRY_VERIFY(w.watching.count() > told); // and so it has looked
        QVERIFY(w.write(u"seen.mp3"_s));
        QTRY_VERIFY_WITH_TIMEOUT(Watched::all(w.appeared).contains(w.path(u"seen.mp3"_s)), 15'000);
        QVERIFY(!Watched::all(w.appeared).contains(w.path(u"unseen.mp3"_s)));
        QVERIFY(w.vanished.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFolderWatch)
#include "tst_folderwatch.moc"
