// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What was asked for next, jingles, artists apart, a bag that goes on after a restart.
#include "core/playlist/order/artistspread.h"
#include "core/playlist/order/playlist.h"
#include "tests/core/playlist/rows.h"

#include <QSet>
#include <QTest>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

QList<PlaylistEntry> rowsBy(const QStringList &artists)
{
    QList<PlaylistEntry> entries = rows(static_cast<int>(artists.size()));
    for (int i = 0; i < entries.size(); ++i)
        entries[i].track.artist = artists.at(i);
    return entries;
}

int neighbours(const QList<int> &order, const QList<int> &groups, int before)
{
    int found = 0;
    for (const int item : order) {
        found += groups.at(item) == before ? 1 : 0;
        before = groups.at(item);
    }
    return found;
}

} // namespace

class TestOrder : public QObject
{
    Q_OBJECT

private slots:
    void artistsAreSpread_data()
    {
        QTest::addColumn<QList<int>>("tracksOfArtist");
        QTest::addColumn<int>("unavoidable");
        QTest::newRow("one each") << QList<int>{1, 1, 1, 1, 1} << 0;
        QTest::newRow("just half") << QList<int>{5, 1, 1, 1, 2} << 0;
        QTest::newRow("half and one") << QList<int>{6, 5} << 0;
        QTest::newRow("two alternate") << QList<int>{20, 20} << 0;
        QTest::newRow("too many of one") << QList<int>{10, 3} << 6;
        QTest::newRow("nobody else") << QList<int>{7} << 6;
        QTest::newRow("usual") << QList<int>{40, 1, 7, 13, 25, 2, 2, 9} << 0;
    }
    void artistsAreSpread()
    {
        QFETCH(const QList<int>, tracksOfArtist);
        QFETCH(const int, unavoidable);
        QList<int> groups;
        for (int artist = 0; artist < tracksOfArtist.size(); ++artist)
            groups += QList<int>(tracksOfArtist.at(artist), artist);
        for (quint32 seed = 1; seed <= 300; ++seed) {
            std::mt19937 random(seed);
            const QList<int> order = spreadArtists(groups, -1, random);
            QCOMPARE(QSet<int>(order.begin(), order.end()).size(), groups.size());
            QCOMPARE(order.size(), groups.size());
            QCOMPARE(neighbours(order, groups, -1), unavoidable);
            std::mt19937 same(seed);
            QCOMPARE(spreadArtists(groups, -1, same), order);
        }
    }

    void whatPlayedBeforeCounts()
    {
        for (quint32 seed = 1; seed <= 300; ++seed) {
            std::mt19937 random(seed);
            const QList<int> groups{0, 0, 0, 1, 1, 1, 2};
            QCOMPARE(neighbours(spreadArtists(groups, 1, random), groups, 1), 0);
        }
    }

    void tracksOfAnArtistLieFarApart()
    {
        QList<int> groups;
        for (int i = 0; i < 1000; ++i)
            groups.append(i < 10 ? 0 : i);
        std::mt19937 random(4);
        const QList<int> order = spreadArtists(groups, -1, random);
        int last = -1;
        for (int place = 0; place < order.size(); ++place) {
            if (groups.at(order.at(place)) != 0)
                continue;
            QVERIFY(last < 0 || place - last > 30); // 100 on average
            last = place;
        }
    }

    void artistKeys()
    {
        QCOMPARE(artistKey(u" The  CURE "_s), artistKey(u"the cure"_s));
        QCOMPARE(artistKey(u"Moby feat. Somebody"_s), u"moby"_s);
        QCOMPARE(artistKey(u"Feat. Nobody"_s), u"feat. nobody"_s);
        QVERIFY(artistKey({}).isEmpty());
    }

    void theBagKeepsArtistsApart()
    {
        for (quint32 seed = 1; seed <= 50; ++seed) {
            Playlist playlist(seed);
            playlist.setShuffle(true);
            const QList<PlaylistEntry> list = rowsBy(
                {u"A"_s, u"A"_s, u"A"_s, u"A"_s, u"B"_s, u"b"_s, u"B"_s, u"C"_s, QString(), QString()});
            playlist.setEntries(list);
            QString last = u"?"_s;
            for (int turn = 0; turn < 40; ++turn) { // over four bags
                const auto entry = playlist.takeNext();
                const QString artist = artistKey(entry->track.artist);
                QVERIFY2(artist.isEmpty() || artist != last, qPrintable(artist));
                last = artist;
            }
        }
    }

    void artistsLearnedLaterAreKeptApartToo()
    {
        for (quint32 seed = 1; seed <= 50; ++seed) {
            Playlist playlist(seed);
            playlist.setShuffle(true);
            playlist.setEntries(rows(9)); // before their tags
            take(playlist);
            playlist.setEntries(
                rowsBy({u"A"_s, u"A"_s, u"A"_s, u"B"_s, u"B"_s, u"B"_s, u"C"_s, u"C"_s, u"C"_s}));
            QString last;
            int same = 0;
            for (int turn = 0; turn < 6; ++turn) {
                const QString artist = playlist.takeNext()->track.artist;
                same += artist == last ? 1 : 0;
                last = artist;
            }
            QCOMPARE(same, 0);
        }
    }

    void playNextInOrder()
    {
        Playlist playlist(1);
        playlist.setEntries(rows(6));
        QCOMPARE(take(playlist, 2), Ids({1, 2}));
        playlist.playNext({5, 1});
        QCOMPARE(playlist.peekNext()->id, 5U);
        QCOMPARE(take(playlist), 5U);
        playlist.playNext({6, 77, 6}); // before the rest of what was asked for earlier
        QCOMPARE(take(playlist, 5), Ids({6, 1, 3, 4, 5}));
    }

    void playNextInABag()
    {
        Playlist playlist(3);
        playlist.setShuffle(true);
        playlist.setEntries(rows(8));
        const quint64 first = take(playlist);
        const quint64 wanted = first == 5 ? 6 : 5;
        playlist.playNext({wanted});
        QList<quint64> bag{first, take(playlist)};
        QCOMPARE(bag.constLast(), wanted);
        bag += take(playlist, 6);
        QCOMPARE(QSet<quint64>(bag.begin(), bag.end()).size(), 8); // its turn was taken with that
    }

    void rewindGivesBackWhatWasAskedFor()
    {
        for (const bool shuffle : {false, true}) {
            Playlist playlist(2);
            playlist.setShuffle(shuffle);
            playlist.setEntries(rows(6));
            const quint64 heard = take(playlist);
            playlist.playNext({heard == 4 ? 3U : 4U, heard == 6 ? 2U : 6U});
            const QList<quint64> ahead = take(playlist, 4);
            playlist.rewindTo(heard, 4);
            QCOMPARE(take(playlist, 4), ahead);
            playlist.rewindTo(ahead.at(1), 2); // one that was asked for is heard
            QCOMPARE(take(playlist, 2), ahead.mid(2));
        }
    }

    void removedFromTheListRemovedFromTheQueue()
    {
        Playlist playlist(1);
        playlist.setEntries(rows(6));
        take(playlist);
        playlist.playNext({5, 6});
        playlist.setEntries(rows(5));
        QCOMPARE(take(playlist, 2), Ids({5, 2}));
    }

    void aJingleEveryFewSongs()
    {
        Playlist playlist(1);
        playlist.setEntries(rows(10));
        playlist.setJingles(rows(2, 100));
        playlist.setJingleRule({2, 0});
        QCOMPARE(take(playlist, 9), Ids({1, 2, 100, 3, 4, 101, 5, 6, 100}));
        QVERIFY(playlist.isJingle(100) && !playlist.isJingle(1));
        QCOMPARE(playlist.entry(101)->id, 101U);
        playlist.setProblem(101, Sentence(u"gone"_s));
        QCOMPARE(take(playlist, 3), Ids({7, 8, 100}));
        playlist.setJingleRule({});
        QCOMPARE(take(playlist, 3), Ids({9, 10, 1}));
    }

    void aJingleEveryFewMinutes()
    {
        Playlist playlist(1);
        QList<PlaylistEntry> list = rows(6); // a minute each
        list[3].track.durationMs = 600'000;
        playlist.setEntries(list);
        playlist.setJingles(rows(1, 100));
        playlist.setJingleRule({0, 3});
        QCOMPARE(take(playlist, 7), Ids({1, 2, 3, 100, 4, 100, 5}));
        // Whichever comes first.
        playlist.setJingleRule({2, 3});
        QCOMPARE(take(playlist, 3), Ids({6, 100, 1}));
    }

    void jinglesAreTheSameAfterARewind()
    {
        for (const bool shuffle : {false, true}) {
            Playlist playlist(5);
            playlist.setShuffle(shuffle);
            playlist.setEntries(rows(7));
            playlist.setJingles(rows(3, 100));
            playlist.setJingleRule({2, 0});
            const QList<quint64> turns = take(playlist, 12);
            for (int heard = 11; heard >= 0; --heard) {
                playlist.rewindTo(turns.at(heard), 11 - heard);
                QCOMPARE(take(playlist, 11 - heard), turns.mid(heard + 1));
            }
        }
    }

    void noJingleWithoutMusic()
    {
        Playlist playlist(1);
        playlist.setJingles(rows(1, 100));
        playlist.setJingleRule({1, 0});
        QCOMPARE(take(playlist), 0U);
        playlist.setEntries(rows(1));
        playlist.setRepeat(false);
        QCOMPARE(take(playlist, 3), Ids({1, 0, 0}));
        // A jump goes where it was asked to, at once.
        playlist.jumpTo(1);
        QCOMPARE(take(playlist), 1U);
    }

    void aBagGoesOnAfterARestart()
    {
        for (quint32 seed = 1; seed <= 20; ++seed) {
            Playlist before(seed);
            before.setShuffle(true);
            before.setEntries(rows(20));
            QList<quint64> heard = take(before, 7);
            take(before, 3); // read ahead only
            BagState bag = before.bagAfter(heard.constLast(), 3);
            QCOMPARE(bag.last, heard.constLast());
            QCOMPARE(bag.upcoming.size(), 13);
            bag.had = QSet<quint64>(heard.begin(), heard.end());

            Playlist after(seed + 1000);
            after.setShuffle(true);
            QList<PlaylistEntry> list = rows(22); // two are new
            list.removeAt(static_cast<qsizetype>(bag.upcoming.at(4)) - 1);
            after.setEntries(list);
            after.restoreBag(bag);
            const QList<quint64> rest = take(after, 14);
            heard += rest;
            QCOMPARE(QSet<quint64>(heard.begin(), heard.end()).size(), 21); // nothing twice, nothing left out
            QList<quint64> old = rest;
            old.removeAll(21);
            old.removeAll(22);
            bag.upcoming.removeAt(4);
            QCOMPARE(old, bag.upcoming);
            QVERIFY(take(after) != 0); // and then a new one
        }
    }

    void inOrderThereIsNoBag()
    {
        Playlist playlist(1);
        playlist.setEntries(rows(5));
        take(playlist, 2);
        QCOMPARE(playlist.bagAfter(2, 0), BagState());
        playlist.restoreBag({{5, 4}, 3, {}});
        QCOMPARE(take(playlist), 3U);
    }

    void hundredThousandAreQuick()
    {
        QList<PlaylistEntry> list = rows(100'000);
        for (qsizetype i = 0; i < list.size(); ++i)
            list[i].track.artist = u"Artist %1"_s.arg(i % 997);
        Playlist playlist(1);
        playlist.setShuffle(true);
        playlist.setEntries(list);
        QString last;
        for (int turn = 0; turn < 1000; ++turn) {
            const QString artist = playlist.takeNext()->track.artist;
            QVERIFY(artist != last);
            last = artist;
        }
    }
};

QTEST_GUILESS_MAIN(TestOrder)
#include "tst_order.moc"
