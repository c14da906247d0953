// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What was heard, and what is kept of it and of the shuffle bag over a restart.
#include "core/station/orderstore.h"
#include "core/station/playhistory.h"
#include "tests/support/slowdisk.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

const QDateTime noon(QDate(2026, 5, 1), QTime(12, 0));

TrackInfo track(quint64 id, const QString &title)
{
    TrackInfo info;
    info.entryId = id;
    info.title = title;
    return info;
}

QStringList titles(const QList<PlayedTrack> &played)
{
    QStringList all;
    for (const PlayedTrack &one : played)
        all.append(one.track.title);
    return all;
}

QList<PlaylistEntry> rows(const QStringList &paths)
{
    QList<PlaylistEntry> entries;
    for (const QString &path : paths) {
        PlaylistEntry entry;
        entry.id = newEntryId();
        entry.path = path;
        entries.append(entry);
    }
    return entries;
}

} // namespace

class TestOrderStore : public QObject
{
    Q_OBJECT

private slots:
    void historyIsNewestFirstWithoutTheCurrent()
    {
        PlayHistory history;
        history.headChanged({}, ProgrammeKind::Silence, false, noon);
        history.headChanged(track(1, u"One"_s), ProgrammeKind::Playlist, false, noon);
        QVERIFY(history.played().isEmpty());
        QCOMPARE(titles(history.playedAndPlaying()), QStringList{u"One"_s});
        history.headChanged(track(9, u"Jingle"_s), ProgrammeKind::Playlist, true, noon.addSecs(10));
        QCOMPARE(titles(history.played()), QStringList{u"One"_s});
        history.headChanged(track(2, u"Two"_s), ProgrammeKind::Playlist, false, noon.addSecs(20));
        history.headChanged(track(0, u"Show"_s), ProgrammeKind::Live, false, noon.addSecs(30));
        history.headChanged(track(0, u"Show"_s), ProgrammeKind::Live, false, noon.addSecs(40)); // sent again
        history.headChanged({}, ProgrammeKind::Silence, false, noon.addSecs(50));
        history.headChanged(track(2, u"Two"_s), ProgrammeKind::Playlist, false, noon.addSecs(60));
        QCOMPARE(titles(history.played()), QStringList({u"Show"_s, u"Two"_s, u"One"_s}));
        QCOMPARE(history.played().constFirst().startedAt, noon.addSecs(30));
        QCOMPARE(history.played().constFirst().kind, ProgrammeKind::Live);
        history.headChanged(track(2, u"Two"_s), ProgrammeKind::Playlist, false, noon.addSecs(70));
        QCOMPARE(history.played().size(), 4); // a list of one track plays it again
        history.ended();
        QCOMPARE(history.played().size(), 5);
    }

    void historyIsShort()
    {
        PlayHistory history;
        QList<PlayedTrack> old;
        for (int i = 0; i < 30; ++i) {
            history.headChanged(track(1, QString::number(i)), ProgrammeKind::Playlist, false, noon);
            old.append({track(0, u"old"_s), noon, ProgrammeKind::Live});
        }
        QCOMPARE(history.played().size(), 20);
        QCOMPARE(history.played().constFirst().track.title, u"28"_s);
        PlayHistory restored;
        restored.headChanged(track(1, u"New"_s), ProgrammeKind::Playlist, false, noon);
        restored.ended();
        restored.restore(old);
        QCOMPARE(restored.played().size(), 20);
        QCOMPARE(restored.played().constFirst().track.title, u"New"_s);
    }

    void theOrderFindsItsFilesAgain()
    {
        const QStringList paths{u"/m/a.mp3"_s, u"/m/b.mp3"_s, u"/m/\u00e9.mp3"_s, u"/m/b.mp3"_s,
                                u"/m/d.mp3"_s};
        const QList<PlaylistEntry> before = rows(paths);
        OrderState order;
        order.bag.upcoming = {before[4].id, before[1].id};
        order.bag.last = before[2].id;
        order.history = {{track(0, u"Heard"_s), noon, ProgrammeKind::Playlist}};
        order.history[0].track.artist = u"Who"_s;
        order.history[0].track.durationMs = 1234;
        const QByteArray json = orderToJson(before, order);

        const QList<PlaylistEntry> after = rows(paths + QStringList{u"/m/new.mp3"_s}); // ids are others now
        const OrderState found = orderFromJson(json, after);
        QCOMPARE(found.bag.upcoming.size(), 2);
        QCOMPARE(found.bag.upcoming.at(0), after[4].id);
        QCOMPARE(found.bag.last, after[2].id);
        QCOMPARE(found.history, order.history);
        // One of the two rows with the same file is to come, the other one has had its turn.
        QCOMPARE(found.bag.had.size(), 3);
        QVERIFY(found.bag.had.contains(after[0].id) && found.bag.had.contains(after[2].id));
        QVERIFY(!found.bag.had.contains(after[5].id));
        QVERIFY(!found.bag.had.contains(found.bag.upcoming.at(1)));
    }

    void oddFilesGiveAnEmptyOrder_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no json") << QByteArray("order");
        QTest::newRow("another version") << QByteArray(R"({"version":2,"last":"AAAAAAAAAAA="})");
        QTest::newRow("odd values") << QByteArray(
            R"({"version":1,"upcoming":7,"had":"AAA","last":[],"history":[3,{"title":""},{}]})");
    }
    void oddFilesGiveAnEmptyOrder()
    {
        QFETCH(const QByteArray, json);
        QCOMPARE(orderFromJson(json, rows({u"/a.mp3"_s})), OrderState());
    }

    void itIsKeptOnDisk()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"state/cycast/order.json"_s);
        const QList<PlaylistEntry> list = rows({u"/a.mp3"_s, u"/b.mp3"_s});
        OrderState order;
        order.bag.last = list[0].id;
        for (int i = 0; i < 50; ++i) {
            OrderStore store(path);
            order.bag.upcoming = {list[i % 2].id};
            store.save(list, {});
            store.save(list, order);
        } // ends with what was saved last
        QCOMPARE(OrderStore(path).load(list).bag.upcoming, order.bag.upcoming);
        QCOMPARE(OrderStore({}).load(list), OrderState());
        OrderStore({}).save(list, order);
    }

    // A state folder that hangs is left to itself: the program ends.
    void aDeadFolderDoesNotHangTheEnd()
    {
        const test::SlowDisk disk;
        QElapsedTimer clock;
        clock.start();
        {
            FileWriter files(disk.write());
            OrderStore store(u"/dead/order.json"_s, files);
            store.save({}, {});
            QVERIFY(disk.waitUntilAsked());
        }
        QVERIFY2(clock.elapsed() < 3 * FileWriter::endLimit.count(), QByteArray::number(clock.elapsed()));
        disk.goOn();
    }

    void everySettingsFileHasItsOwn()
    {
        qputenv("XDG_STATE_HOME", "/somewhere/state");
        const QString one = OrderStore::defaultPath(u"/etc/one.hcl"_s);
        QVERIFY2(one.startsWith(u"/somewhere/state/cycast-desktop/order-"_s), qPrintable(one));
        QCOMPARE(OrderStore::defaultPath(u"/etc/one.hcl"_s), one);
        QVERIFY(OrderStore::defaultPath(u"/etc/two.hcl"_s) != one);
    }
};

QTEST_GUILESS_MAIN(TestOrderStore)
#include "tst_orderstore.moc"
