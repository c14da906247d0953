// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exampledata.h"
#include "fakestation.h"

#include "core/base/filename.h"
#include "tests/support/slowdisk.h"
#include "tests/support/written.h"
#include "ui/desktop/sessionstore.h"
#include "ui/listeners/banlist.h"
#include "ui/settings/userpresets.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

Session example()
{
    Session session;
    session.entries = exampleTracks();
    session.jingles = manyTracks(2);
    session.entries[3].tagsRead = false;
    session.entries[4].loudnessLufs = -9.5F;
    session.entries[4].silentEndMs = 7000;
    session.entries[5].stamp = {1234, 1'700'000'000'123, 18'000'000'000'000'000'000ULL};
    session.entries[5].isTagged = true;
    session.folders = {u"/music"_s, u"/more music"_s};
    session.savedAt = QDateTime(QDate(2026, 3, 4), QTime(5, 6, 7, 89), Qt::UTC);
    session.currentRow = 2;
    session.positionMs = 61'500;
    session.geometry = QByteArray("\x00\x01\xff", 3);
    session.windowState = "state";
    session.columns = "columns";
    session.rows = "rows";
    return session;
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip()
    {
        const Session before = example();
        Result<Session> after = sessionFromJson(sessionToJson(before));
        QVERIFY(after.has_value());
        QCOMPARE(after->entries.size(), 12);
        for (int row = 0; row < 12; ++row) {
            PlaylistEntry entry = after->entries[row];
            QVERIFY(entry.id != before.entries[row].id); // ids belong to one process
            QCOMPARE(entry.track.entryId, entry.id);
            entry.id = before.entries[row].id;
            entry.track.entryId = entry.id;
            QCOMPARE(entry, before.entries[row]);
        }
        after->entries = before.entries;
        QCOMPARE(after->jingles.size(), 2);
        QCOMPARE(after->jingles[1].path, before.jingles[1].path);
        QVERIFY(after->jingles[1].id != before.jingles[1].id);
        after->jingles = before.jingles;
        QCOMPARE(*after, before);
    }

    void namesThatAreNoUtf8()
    {
        Session session;
        PlaylistEntry entry;
        entry.id = newEntryId();
        entry.path = pathFromBytes("/music/M\xFCnchen/Bj\xF6rk.mp3");
        session.entries = QList<PlaylistEntry>{entry};
        session.jingles = {entry};
        session.folders = {pathFromBytes("/music/M\xFCnchen")};
        const QByteArray json = sessionToJson(session);
        QVERIFY(json.isValidUtf8());
        const Result<Session> read = sessionFromJson(json);
        QVERIFY(read);
        QCOMPARE(pathBytes(read->entries.at(0).path), QByteArray("/music/M\xFCnchen/Bj\xF6rk.mp3"));
        QCOMPARE(read->jingles.first().path, entry.path);
        QCOMPARE(read->folders, session.folders);
    }

    void problemsAreLookedAtAgain()
    {
        Session session = example();
        session.entries[0].problem = Sentence(u"The drive is not there"_s);
        session.entries[0].fault = EntryFault::Missing;
        const Result<Session> after = sessionFromJson(sessionToJson(session));
        QVERIFY(!after->entries.first().tagsRead);
        QCOMPARE(after->entries.first().problem, u"The drive is not there"_s);
        QCOMPARE(after->entries.first().fault, EntryFault::Missing);
    }

    void oddValuesBecomeDefaults()
    {
        const Result<Session> session = sessionFromJson(
            R"({"version":1,"currentRow":2,"positionMs":-5,"geometry":7,
                "playlist":[3,{"path":""},{"path":"/a.mp3","ms":-1,"title":[]}]})");
        QVERIFY(session.has_value());
        QCOMPARE(session->entries.size(), 1);
        QCOMPARE(session->currentRow, 0); // the row that it was, now the first
        QCOMPARE(session->positionMs, 0);
        QCOMPARE(session->entries.first().track.durationMs, 0);
    }

    void everyPrefixIsAnErrorAndNoCrash()
    {
        Session session = example();
        session.entries.remove(2, session.entries.size() - 2);
        const QByteArray json = sessionToJson(session);
        for (qsizetype length = 0; length < json.size(); ++length)
            QVERIFY(!sessionFromJson(json.left(length)).has_value());
        QVERIFY(!sessionFromJson("[]").has_value());
        QVERIFY(!sessionFromJson(R"({"version":2,"playlist":[]})").has_value());
    }

    void savesAndLoads()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"deep/session.json"_s);
        Session session = example();
        {
            SessionStore store(path, [&session] { return session; });
            QVERIFY(store.load().entries.isEmpty());
            store.saveLater();
            QTRY_VERIFY(QFile::exists(path));
            session.positionMs = 99'000;
            store.saveNow();
        }
        QVERIFY(test::everythingIsWritten());
        SessionStore store(path, [] { return Session(); });
        QCOMPARE(store.load().positionMs, 99'000);
    }

    void aBrokenFileIsPutAside()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"session.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{ half a sess");
        file.close();
        SessionStore store(path, [] { return Session(); });
        QSignalSpy noticed(&store, &SessionStore::noticed);
        QVERIFY(store.load().entries.isEmpty());
        QCOMPARE(noticed.count(), 1);
        QVERIFY(!QFile::exists(path));
        QVERIFY(QFile::exists(path + u".broken"_s));
    }

    void aFolderThatCannotBeMadeIsTold()
    {
        SessionStore store(u"/dev/null/session.json"_s, [] { return Session(); });
        QSignalSpy noticed(&store, &SessionStore::noticed);
        store.saveNow();
        QTRY_COMPARE(noticed.count(), 1);
    }

    // Written to in the window's thread, this one would hold it up for ever.
    void aDeadFolderHoldsUpNobody()
    {
        const test::SlowDisk disk;
        QElapsedTimer clock;
        FakeStation control{FakeStation::Answers::AtOnce};
        {
            FileWriter files(disk.write());
            BanList bans(control, u"/dead/bans.json"_s, files);
            UserPresets presets(u"/dead/presets.json"_s, files);
            SessionStore store(
                u"/dead/session.json"_s, [] { return Session(); }, files);
            bans.add({u"192.0.2.7"_s, {}, {}, {}});
            presets.save(userPresetOf(u"Mine"_s, Settings()));
            store.saveLater();
            QVERIFY(disk.waitUntilAsked());
            // The end: each of them lets it wait, but not one after the other.
            clock.start();
            store.saveNow();
        }
        QVERIFY2(clock.elapsed() < 3 * FileWriter::endLimit.count(), QByteArray::number(clock.elapsed()));
        disk.goOn();
    }

    void theDefaultPlaceFollowsXdg()
    {
        qputenv("XDG_STATE_HOME", "/somewhere/state");
        QCOMPARE(SessionStore::defaultPath(), u"/somewhere/state/cycast-desktop/session.json"_s);
        qputenv("XDG_STATE_HOME", "relative");
        QVERIFY(SessionStore::defaultPath().endsWith(u"/.local/state/cycast-desktop/session.json"_s));
        qunsetenv("XDG_STATE_HOME");
    }
};

QTEST_MAIN(TestSession)
#include "tst_session.moc"
