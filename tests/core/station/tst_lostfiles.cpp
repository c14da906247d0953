// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The window's list: rows whose disk was not there, or went, are played again when it is back.
#include "core/base/filename.h"
#include "core/playlist/library/mediainfo.h"
#include "core/station/threadedstation.h"
#include "tests/data/odd/oddfiles.h"
#include "tests/support/comingdisk.h"
#include "tests/support/stampedframes.h"
#include "tests/support/stationfixture.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

#include <cstdio>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

/// A list as the window keeps it: what the signals say is done to its rows.
class Desk
{
public:
    QTemporaryDir folder;
    ThreadedStation control{StationOptions{
        .portRule = PortRule::AnyAllowed,
        .baseDirectory = folder.path(),
        .folderPace = {
            .settleMs = 100, .slowLookMs = 500, .verySlowLookMs = 1500}}}; // ten times as fast as usual
    QHash<QString, PlaylistEntry> rows;

    Desk()
    {
        const auto take = [this](const QList<PlaylistEntry> &entries) {
            for (const PlaylistEntry &entry : entries)
                rows[entry.path] = entry;
        };
        QObject::connect(&control, &StationControl::tagsRead, &control, take);
        QObject::connect(&control, &StationControl::filesVanished, &control,
                         [this](const QStringList &paths) {
                             for (const QString &path : paths) {
                                 if (rows.contains(path))
                                     rows[path].fault = EntryFault::Missing;
                             }
                         });
        QObject::connect(&control, &StationControl::filesAppeared, &control,
                         [this](const QList<PlaylistEntry> &entries) { control.readTags(entries); });
        QObject::connect(&control, &StationControl::filesFound, &control,
                         [take](quint64, const QList<PlaylistEntry> &entries) { take(entries); });
        Settings settings;
        settings.server.sourcePort = 0;
        settings.server.listenPort = 0;
        settings.server.sourcePassword = u"lantern"_s;
        settings.playlist.directory = u"usb"_s;
        control.applySettings(settings);
    }

    QString path(const QString &name) const { return folder.filePath(name); }
    PlaylistEntry row(const QString &name)
    {
        PlaylistEntry entry;
        entry.id = newEntryId();
        entry.path = path(name);
        entry.track.title = name;
        entry.track.entryId = entry.id;
        entry.tagsRead = true;
        rows[entry.path] = entry;
        return entry;
    }
    EntryFault fault(const QString &name) const { return rows.value(path(name)).fault; }
};

} // namespace

class TestLostFiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QFile demo(u":/demo/night-tram.mp3"_s);
        QVERIFY(demo.open(QIODevice::ReadOnly));
        m_music = demo.readAll();
    }

    void rowsOfADiskThatComesLater_data()
    {
        QTest::addColumn<bool>("isMounted");
        QTest::addColumn<bool>("isWatched"); ///< its folder was in the session, too
        QTest::newRow("mounted, watched") << true << true;
        QTest::newRow("renamed, watched") << false << true;
        QTest::newRow("mounted, single files") << true << false;
        QTest::newRow("renamed, single files") << false << false;
    }

    void rowsOfADiskThatComesLater()
    {
        QFETCH(const bool, isMounted);
        QFETCH(const bool, isWatched);
        Desk desk;
        ComingDisk disk(desk.path(u"usb"_s), desk.path(u"store"_s),
                        isMounted ? ComingDisk::Way::Mounted : ComingDisk::Way::Renamed);
        QVERIFY(disk.write(u"album/a.mp3"_s, m_music) && disk.write(u"thrown out.mp3"_s, m_music));
        QSignalSpy watched(&desk.control, &StationControl::foldersWatched);
        QSignalSpy appeared(&desk.control, &StationControl::filesAppeared);
        // As a session is restored.
        const EntryList rows{desk.row(u"usb/album/a.mp3"_s)};
        desk.control.setPlaylist(rows);
        desk.control.lookForFiles(rows);
        if (isWatched)
            desk.control.watchFolders({desk.path(u"usb/album"_s)}, QDateTime::currentDateTime());
        QTRY_COMPARE(desk.fault(u"usb/album/a.mp3"_s), EntryFault::Missing);
        if (isWatched) // though it is not there: the next session has it as well
            QTRY_COMPARE(watched.count(), 1);

        QVERIFY(disk.insert());
        QTRY_COMPARE_WITH_TIMEOUT(desk.fault(u"usb/album/a.mp3"_s), EntryFault::None, 30'000);
        QCOMPARE(desk.rows.value(desk.path(u"usb/album/a.mp3"_s)).problem, QString());
        QVERIFY(disk.pull());
        if (!isWatched)
            return;
        QTRY_COMPARE_WITH_TIMEOUT(desk.fault(u"usb/album/a.mp3"_s), EntryFault::Missing, 30'000);
        QVERIFY(disk.insert());
        QTRY_COMPARE_WITH_TIMEOUT(desk.fault(u"usb/album/a.mp3"_s), EntryFault::None, 30'000);
        QVERIFY(appeared.isEmpty()); // nothing of this is news, not even what was thrown out of the list
    }

    void theFirstImportOfAMusicFolderThatIsNotThereYet()
    {
        Desk desk;
        QSignalSpy finished(&desk.control, &StationControl::importFinished);
        QSignalSpy watched(&desk.control, &StationControl::foldersWatched);
        desk.control.importPaths({desk.path(u"usb"_s)});
        QTRY_COMPARE(finished.count(), 1);
        QTRY_COMPARE(watched.count(), 1);
        ComingDisk disk(desk.path(u"x"_s), desk.path(u"store"_s), ComingDisk::Way::Renamed);
        QVERIFY(disk.write(u"a.mp3"_s, m_music));
        QVERIFY(QDir().rename(desk.path(u"store"_s), desk.path(u"usb"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(desk.rows.contains(desk.path(u"usb/a.mp3"_s)), 30'000);
        // Another folder that is not there is a slip, not a promise.
        desk.control.importPaths({desk.path(u"no such folder"_s)});
        QTRY_COMPARE(finished.count(), 2);
        desk.control.watchFolders({desk.path(u"store"_s)}); // an answer comes after all before it
        QTRY_COMPARE(watched.count(), 2);
        QCOMPARE(watched.constLast().constFirst().toStringList(),
                 QStringList({desk.path(u"usb"_s), desk.path(u"store"_s)}));
    }

    void tagsThatFindNothingAreEnough()
    {
        // A row that nobody has looked for: its tags are read, and it is missing then.
        Desk desk;
        const QString name = pathFromBytes("Bj\xF6rk.mp3");
        const EntryList rows{desk.row(name)};
        desk.control.setPlaylist(rows);
        desk.control.readTags(rows.mid(0));
        QTRY_COMPARE(desk.fault(name), EntryFault::Missing);
        QVERIFY2(desk.rows.value(desk.path(name)).problem.contains(u"“Björk.mp3” is not there"),
                 qPrintable(desk.rows.value(desk.path(name)).problem));
        FILE *file = std::fopen(pathBytes(desk.path(name)).constData(), "wb");
        QVERIFY(file && std::fwrite(m_music.constData(), 1, static_cast<size_t>(m_music.size()), file) > 0);
        QCOMPARE(std::fclose(file), 0);
        QTRY_COMPARE_WITH_TIMEOUT(desk.fault(name), EntryFault::None, 30'000);
        QCOMPARE(std::remove(pathBytes(desk.path(name)).constData()), 0);
    }

    /// It was imported while half of it was copied, or it was damaged; then it is whole, in place or by
    /// rename.
    void aBrokenFileThatIsWholeAgain_data()
    {
        QTest::addColumn<bool>("isRenamed");
        QTest::newRow("in place") << false;
        QTest::newRow("by rename") << true;
    }

    void aBrokenFileThatIsWholeAgain()
    {
        QFETCH(const bool, isRenamed);
        Desk desk;
        const PlaylistEntry row = desk.row(u"song.mp3"_s);
        const auto write = [](const QString &path, const QByteArray &bytes) {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        };
        QVERIFY(write(row.path, QByteArray(50'000, 'x')));
        desk.control.setPlaylist(EntryList{row});
        desk.control.readTags({row});
        QTRY_COMPARE(desk.fault(u"song.mp3"_s), EntryFault::Unreadable);
        QSignalSpy watching(&desk.control, &StationControl::foldersWatched);
        desk.control.watchFolders({desk.folder.path()}, QDateTime::currentDateTime());
        QTRY_COMPARE(watching.count(), 1); // what it was then has been noted before
        QVERIFY(write(isRenamed ? row.path + u".part"_s : row.path, m_music));
        if (isRenamed)
            QVERIFY(QFile::remove(row.path) && QFile::rename(row.path + u".part"_s, row.path));
        QTRY_COMPARE_WITH_TIMEOUT(desk.fault(u"song.mp3"_s), EntryFault::None, 40'000);
        QCOMPARE(desk.rows.value(row.path).problem, QString());
        QVERIFY(desk.rows.value(row.path).track.durationMs > 1000);
    }

    /// Another program writes other tags into a file, or puts another sound under its name: the row says what
    /// is there now, when a session is restored and at the latest when it is played.
    void changedFilesAreReadAgain_data()
    {
        QTest::addColumn<bool>("isRenamed");
        QTest::addColumn<QByteArray>("tag");
        QTest::addColumn<int>("frames");
        QTest::addColumn<QString>("title");
        const QByteArray other = odd::id3("Other", "Somebody");
        QTest::newRow("by rename") << true << other << 80 << u"Other"_s;
        QTest::newRow("in place, of the same size") << false << other << 80 << u"Other"_s;
        QTest::newRow("in place, longer") << false << odd::id3("Other", "Somebody", 5000) << 80 << u"Other"_s;
        QTest::newRow("another sound") << true << other << 50 << u"Other"_s;
        QTest::newRow("another sound, without tags") << true << QByteArray() << 50 << u"track1"_s;
        QTest::newRow("tags taken out in place") << false << QByteArray() << 80 << u"track1"_s;
    }

    void changedFilesAreReadAgain()
    {
        QFETCH(const bool, isRenamed);
        QFETCH(const QByteArray, tag);
        QFETCH(const int, frames);
        QFETCH(const QString, title);
        StationFixture station;
        QList<PlaylistEntry> rows;
        for (int i = 1; i <= 2; ++i)
            rows.append(
                station.addFile(odd::id3("Song " + QByteArray::number(i), "A") + stampedFrames(i, 80)));
        for (PlaylistEntry &row : rows) {
            row.id = row.track.entryId = newEntryId(); // other rows than those of the start
            row.track.title.clear();
            row.track.artist.clear();
            row = withMediaInfo(row);
        }
        QCOMPARE(rows[0].track.title, u"Song 1"_s);
        station.settings.buffer.sizeMb = 1; // a few seconds are read ahead
        QVERIFY(station.start());
        station.control().setPlaylist(rows);
        QTRY_COMPARE_WITH_TIMEOUT(station.status().current.title, u"Song 2"_s, 20'000);

        const QByteArray bytes = tag + stampedFrames(1, frames);
        const QString written = isRenamed ? rows[0].path + u".new"_s : rows[0].path;
        QFile file(written);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.setFileTime(QDateTime::currentDateTime().addSecs(3), QFileDevice::FileModificationTime);
        file.close();
        if (isRenamed)
            QVERIFY(std::rename(written.toUtf8().constData(), rows[0].path.toUtf8().constData()) == 0);
        const auto shows = [&](const PlaylistEntry &row) {
            return row.track.title == title &&
                   row.track.artist == (tag.isEmpty() ? QString() : u"Somebody"_s) &&
                   qAbs(row.track.durationMs - qRound64(frames * stampedFrameSeconds * 1000)) < 60;
        };
        // When a session is restored.
        PlaylistEntry told;
        QObject::connect(&station.control(), &StationControl::tagsRead, &station.control(),
                         [&](const QList<PlaylistEntry> &entries) {
                             for (const PlaylistEntry &entry : entries) {
                                 if (entry.id == rows[0].id)
                                     told = entry;
                             }
                         });
        {
            StationFixture later;
            QSignalSpy read(&later.control(), &StationControl::tagsRead);
            later.control().setPlaylist(rows);
            later.control().lookForFiles(rows);
            QTRY_VERIFY(!read.isEmpty());
            const auto entries = read.constFirst().constFirst().value<QList<PlaylistEntry>>();
            QCOMPARE(entries.size(), 1); // the other one has not changed
            QVERIFY2(shows(entries.constFirst()), qPrintable(entries.constFirst().track.title));
        }
        // When its turn comes: the window's row, and, behind what was read ahead, listeners.
        QTRY_VERIFY2_WITH_TIMEOUT(shows(told), qPrintable(told.track.title), 30'000);
        if (isRenamed && !tag.isEmpty())
            QTRY_COMPARE_WITH_TIMEOUT(station.status().current.title, title, 60'000);
    }

private:
    QByteArray m_music;
};

CYCAST_TEST_IN_ROOM(TestLostFiles, ComingDisk::prepare(); CYCAST_TEST_APPLICATION(QCoreApplication))
#include "tst_lostfiles.moc"
