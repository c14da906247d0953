// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/folderwatch.h"
#include "tests/support/slack.h"

#include "core/base/filename.h"
#include "tests/support/comingdisk.h"
#include "tests/support/oddfiles.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

class Watched
{
public:
    OddFolder folder;
    FolderWatch watch{
        nullptr, {.settleMs = 100, .slowLookMs = 500, .verySlowLookMs = 1500}}; // ten times as fast as usual
    QSignalSpy watching{&watch, &FolderWatch::watching};
    QSignalSpy appeared{&watch, &FolderWatch::appeared};
    QSignalSpy vanished{&watch, &FolderWatch::vanished};
    QSignalSpy returned{&watch, &FolderWatch::returned};

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

    void aFolderThatComesLater()
    {
        Watched w;
        // Instead of all others, and not there yet; not even the one that it is to be in.
        w.watch.setFolders({w.path(u"media/usb"_s)});
        QTRY_COMPARE(w.watching.count(), 1);
        QVERIFY(w.write(u"media/usb/album/one.mp3"_s));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared), QStringList{w.path(u"media/usb/album/one.mp3"_s)},
                                  30'000);
        // From then on it is watched as any other.
        QVERIFY(w.write(u"media/usb/two.mp3"_s));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared).size(), 2, 15'000);
    }

    void disks_data()
    {
        QTest::addColumn<bool>("isMounted");
        QTest::addColumn<QString>("root");  ///< what is watched
        QTest::addColumn<QString>("place"); ///< where the disk comes
        for (const bool isMounted : {true, false}) {
            const QByteArray how = isMounted ? "mounted" : "renamed";
            QTest::newRow(how + " over the folder") << isMounted << u"usb"_s << u"usb"_s;
            QTest::newRow(how + " below it") << isMounted << u"music"_s << u"music/disks/usb"_s;
            QTest::newRow(how + " above it") << isMounted << u"usb/music"_s << u"usb"_s;
        }
    }

    void disks()
    {
        QFETCH(const bool, isMounted);
        QFETCH(const QString, root);
        QFETCH(const QString, place);
        Watched w;
        QVERIFY(w.write(u"other/own.mp3"_s));
        ComingDisk disk(w.path(place), w.path(u"store"_s),
                        isMounted ? ComingDisk::Way::Mounted : ComingDisk::Way::Renamed);
        QVERIFY(disk.write(u"music/one.mp3"_s, "music") && disk.write(u"music/album/two.mp3"_s, "music"));
        w.watch.setFolders({w.path(u"other"_s), w.path(root)});
        QTRY_COMPARE(w.watching.count(), 1);

        QVERIFY(disk.insert());
        const QStringList both{w.path(place + u"/music/album/two.mp3"_s),
                               w.path(place + u"/music/one.mp3"_s)};
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared), both, 30'000);
        QVERIFY(disk.pull());
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.vanished), both, 30'000);
        // Back at the same place, with something new: old files are no news, but they are back.
        QVERIFY(disk.write(u"music/three.mp3"_s, "music"));
        w.appeared.clear();
        QVERIFY(disk.insert());
        const bool isDisk = disk.way() == ComingDisk::Way::Mounted || place == root ||
                            root.startsWith(place); // else a folder like others
        if (isDisk) {
            QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.returned), both, 30'000);
            QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared),
                                      QStringList{w.path(place + u"/music/three.mp3"_s)}, 30'000);
        } else {
            QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared).size(), 3, 30'000);
        }
        QVERIFY(!Watched::all(w.vanished).contains(w.path(u"other/own.mp3"_s)));
    }

    /// A file that was of no use: half of it was copied, or another one lies under its name now.
    void filesThatHaveBecomeOthers()
    {
        const QTemporaryDir folder;
        const auto path = [&folder](const QString &name) { return folder.filePath(name); };
        const auto put = [&path](const QString &name, const QByteArray &bytes) {
            QFile file(path(name));
            return file.open(QIODevice::WriteOnly | QIODevice::Append) && file.write(bytes) == bytes.size();
        };
        for (const QString &name : {u"grows"_s, u"swapped"_s, u"goes"_s, u"stays"_s})
            QVERIFY(put(name, "half"));
        FolderWatch watch;
        QSignalSpy returned(&watch, &FolderWatch::returned);
        watch.lookForChange({path(u"grows"_s), path(u"swapped"_s), path(u"goes"_s), path(u"stays"_s)});
        QSignalSpy watching(&watch, &FolderWatch::watching);
        watch.addFolders({folder.path()}, {}); // behind it: what they are is noted
        QTRY_COMPARE(watching.count(), 1);
        QVERIFY(put(u"grows"_s, "and half"));
        QVERIFY(put(u"other"_s, "whole") && QFile::remove(path(u"swapped"_s)) &&
                QFile::rename(path(u"other"_s), path(u"swapped"_s)));
        QVERIFY(QFile::remove(path(u"goes"_s)));
        QStringList all;
        QTRY_VERIFY_WITH_TIMEOUT((all = Watched::all(returned)).size() >= 2,
                                 4 * FolderPace().slowLookMs + 5000);
        all.sort();
        QCOMPARE(all, QStringList({path(u"grows"_s), path(u"swapped"_s)}));
    }

    void filesThatAreLookedFor()
    {
        Watched w;
        ComingDisk disk(w.path(u"media/usb"_s), w.path(u"store"_s), ComingDisk::Way::Mounted);
        QVERIFY(disk.write(u"a/one.mp3"_s, "music"));
        const QString bytes = pathFromBytes("Bj\xF6rk.mp3");
        // Nothing of this is in a watched folder.
        w.watch.lookFor({w.path(u"media/usb/a/one.mp3"_s), w.path(u"media/usb/gone.mp3"_s), w.path(bytes)});
        QVERIFY(disk.insert());
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.returned), QStringList{w.path(u"media/usb/a/one.mp3"_s)},
                                  30'000);
        std::ofstream(pathBytes(w.path(bytes)).toStdString()) << "music";
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.returned).size(), 2, 30'000);
        // One that is there when it is looked for has come back in between.
        w.returned.clear();
        w.watch.lookFor({w.path(bytes)});
        QTRY_COMPARE(Watched::all(w.returned), QStringList{w.path(bytes)});
        QVERIFY(w.appeared.isEmpty() && w.vanished.isEmpty());
    }

    void linksMakeNoSecondRow()
    {
        Watched w;
        const QString sound = w.path(u"sound"_s);
        QVERIFY(w.write(u"sound"_s));
        QVERIFY(makeOdd(u"links.sh"_s, w.path(u"l"_s), sound));
        w.watch.addFolders({w.path(u"l/music"_s)}, QDateTime::currentDateTime().addSecs(-3600));
        const auto inMusic = [&w](const QStringList &names) {
            QStringList paths;
            for (const QString &name : names)
                paths.append(w.path(u"l/music/"_s + name));
            paths.sort();
            return paths;
        };
        // The same names as the first search finds (tst_foldersearch).
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared),
                                  inMusic({u"linked.mp3"_s, u"one.mp3"_s, u"beside/five.mp3"_s,
                                           u"outside/seven.mp3"_s, u"shown/four.mp3"_s, u"x/two.mp3"_s,
                                           u"x/out/elsewhere/six.mp3"_s, u"z/eight.mp3"_s, u"z/nine.mp3"_s}),
                                  15'000);
        w.appeared.clear();
        QVERIFY(w.write(u"l/music/new.mp3"_s) && w.write(u"l/musi/new.mp3"_s) &&
                w.write(u"l/elsewhere/deep/new.mp3"_s) && w.write(u"l/music/z/new.mp3"_s));
        QVERIFY(QFile::link(w.path(u"l/music/one.mp3"_s), w.path(u"l/music/z/one again.mp3"_s)));
        const QStringList fresh =
            inMusic({u"new.mp3"_s, u"beside/new.mp3"_s, u"outside/new.mp3"_s, u"z/new.mp3"_s});
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared).size(), fresh.size(), 15'000);
        // And no more of them after the next one.
        QVERIFY(w.write(u"l/music/last.mp3"_s));
        QTRY_VERIFY_WITH_TIMEOUT(Watched::all(w.appeared).contains(w.path(u"l/music/last.mp3"_s)), 15'000);
        QStringList all = fresh + QStringList{w.path(u"l/music/last.mp3"_s)};
        all.sort();
        QCOMPARE(Watched::all(w.appeared), all);
        QCOMPARE(Watched::all(w.vanished).join(u" "), QString());
    }

    void aLinkToADiskThatComesLater()
    {
        Watched w;
        QVERIFY(w.write(u"music/one.mp3"_s));
        QVERIFY(QFile::link(w.path(u"media/usb/album"_s), w.path(u"music/usb"_s)));
        w.watch.addFolders({w.path(u"music"_s)}, {});
        QTRY_COMPARE(w.watching.count(), 1);
        QVERIFY(w.write(u"media/usb/album/two.mp3"_s));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared), QStringList{w.path(u"music/usb/two.mp3"_s)},
                                  30'000);
    }

    void foldersThatAreNoUtf8()
    {
        Watched w;
        const QByteArray root = pathBytes(w.root());
        QVERIFY(std::filesystem::create_directory((root + "/M\xFCnchen").toStdString()));
        QVERIFY(w.begin());
        std::ofstream((root + "/M\xFCnchen/Bj\xF6rk.mp3").toStdString()) << "music";
        const QString path = w.path(pathFromBytes("M\xFCnchen/Bj\xF6rk.mp3"));
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared), QStringList{path}, 15'000);
        std::filesystem::rename((root + "/M\xFCnchen").toStdString(), (root + "/M\xDCNCHEN").toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.vanished), QStringList{path}, 15'000);
        QTRY_COMPARE_WITH_TIMEOUT(Watched::all(w.appeared).size(), 2, 15'000);
        QVERIFY(Watched::all(w.appeared).contains(w.path(pathFromBytes("M\xDCNCHEN/Bj\xF6rk.mp3"))));
    }
};

CYCAST_TEST_IN_ROOM(TestFolderWatch, ComingDisk::prepare(); CYCAST_TEST_APPLICATION(QCoreApplication))
#include "tst_folderwatch.moc"
