// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/order/playlist.h"
#include "tests/support/computing.h"

#include "tests/core/playlist/rows.h"

#include <QSet>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;
using namespace cycast::test;

namespace
{

quint64 peek(Playlist &playlist)
{
    const auto entry = playlist.peekNext();
    return entry ? entry->id : 0;
}

} // namespace

class TestPlaylist : public QObject
{
    Q_OBJECT

private slots:
    void inOrderAndRepeat()
    {
        Playlist playlist(1);
        QCOMPARE(take(playlist), 0U);
        playlist.setEntries(rows(3));
        QCOMPARE(take(playlist, 4), Ids({1, 2, 3, 1}));
        playlist.setRepeat(false);
        QCOMPARE(take(playlist, 4), Ids({2, 3, 0, 0}));
        playlist.setRepeat(true);
        QCOMPARE(take(playlist), 1U);
    }

    void problemsArePassedOver()
    {
        Playlist playlist(1);
        playlist.setEntries(rows(4));
        playlist.setProblem(2, Sentence(u"gone"_s));
        playlist.setProblem(1, Sentence(u"gone"_s));
        QCOMPARE(take(playlist, 3), Ids({3, 4, 3}));
        playlist.setProblem(2, Sentence());
        QCOMPARE(take(playlist, 3), Ids({4, 2, 3}));
        for (quint64 id = 1; id <= 4; ++id)
            playlist.setProblem(id, Sentence(u"gone"_s));
        QCOMPARE(take(playlist), 0U);
        QVERIFY(!playlist.peekNext());
        playlist.setProblem(77, Sentence(u"not in the list"_s));
        QCOMPARE(playlist.entry(3)->problem, QStringLiteral("gone"));
        QCOMPARE(playlist.entry(77), nullptr);
    }

    void askingForTheNextChangesNothing()
    {
        // The same list twice; one of them is asked all the time.
        for (const bool shuffles : {false, true}) {
            for (quint32 seed = 1; seed < 40; ++seed) {
                Playlist quiet(seed);
                Playlist asked(seed);
                for (Playlist *playlist : {&quiet, &asked}) {
                    playlist->setEntries(rows(5));
                    playlist->setShuffle(shuffles);
                }
                for (int turn = 0; turn < 12; ++turn) {
                    for (Playlist *playlist : {&quiet, &asked}) {
                        if (turn == 4) {
                            playlist->setProblem(3, Sentence(u"gone"_s));
                            playlist->jumpTo(3);
                        }
                    }
                    const quint64 said = peek(asked);
                    if (turn == 4) { // the disk is back before its turn
                        quiet.setProblem(3, Sentence());
                        asked.setProblem(3, Sentence());
                    }
                    const quint64 taken = take(asked);
                    QCOMPARE(taken, take(quiet));
                    if (turn != 4)
                        QCOMPARE(taken, said);
                }
            }
        }
    }

    void placeIsKeptWhenTheListChanges()
    {
        Playlist playlist(1);
        auto list = rows(5);
        playlist.setEntries(list);
        take(playlist, 2);
        list.move(1, 4); // 1 3 4 5 2: the current one is last now
        playlist.setEntries(list);
        QCOMPARE(peek(playlist), 1U);
        list = rows(5);
        playlist.setEntries(list);
        QCOMPARE(peek(playlist), 3U);
        list.removeAt(1); // the current one leaves
        playlist.setEntries(list);
        QCOMPARE(peek(playlist), 3U);
        list.removeAt(1); // and its follower
        playlist.setEntries(list);
        QCOMPARE(take(playlist), 4U);
        playlist.setEntries(rows(2)); // it and all behind it leave: after 1, the last before it
        QCOMPARE(take(playlist), 2U);
        playlist.setEntries(rows(3, 100));
        QCOMPARE(take(playlist), 100U);
    }

    void firstEntryRemoved()
    {
        Playlist playlist(1);
        auto list = rows(3);
        playlist.setEntries(list);
        QCOMPARE(take(playlist), 1U);
        list.removeFirst();
        playlist.setEntries(list);
        QCOMPARE(take(playlist), 2U);
    }

    void shuffleBag_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {1, 2, 3, 4, 10, 257})
            QTest::addRow("%d", count) << count;
    }
    void shuffleBag()
    {
        QFETCH(int, count);
        for (quint32 seed = 0; seed < 40; ++seed) {
            Playlist playlist(seed);
            playlist.setEntries(rows(count));
            playlist.setShuffle(true);
            quint64 last = 0;
            for (int round = 0; round < 5; ++round) {
                QSet<quint64> heard;
                for (int i = 0; i < count; ++i) {
                    const quint64 expected = peek(playlist);
                    const quint64 id = take(playlist);
                    QCOMPARE(id, expected);
                    QVERIFY2(!heard.contains(id), "twice in one bag");
                    QVERIFY2(count == 1 || id != last, "the same twice in a row");
                    heard.insert(id);
                    last = id;
                }
            }
        }
    }

    void shuffleIsNotTheListsOrderAndDependsOnTheSeed()
    {
        QSet<QList<quint64>> orders;
        for (quint32 seed = 0; seed < 20; ++seed) {
            Playlist playlist(seed);
            playlist.setShuffle(true);
            playlist.setEntries(rows(20));
            orders.insert(take(playlist, 20));
        }
        QCOMPARE(orders.size(), 20);
    }

    void everyFirstIsEquallyLikely()
    {
        QHash<quint64, int> firsts;
        Playlist playlist(7);
        playlist.setEntries(rows(5));
        playlist.setShuffle(true);
        for (int i = 0; i < 5000; ++i) {
            ++firsts[take(playlist)];
            take(playlist, 4);
        }
        for (const int count : std::as_const(firsts))
            QVERIFY2(count > 800 && count < 1200, qPrintable(QString::number(count)));
    }

    void editsWithinABag()
    {
        for (quint32 seed = 0; seed < 50; ++seed) {
            Playlist playlist(seed);
            playlist.setShuffle(true);
            playlist.setEntries(rows(10));
            QList<quint64> heard = take(playlist, 4);
            auto list = rows(12); // two more, and one leaves that was not heard yet
            quint64 leaving = 1;
            while (heard.contains(leaving))
                ++leaving;
            list.removeIf([leaving](const PlaylistEntry &e) { return e.id == leaving; });
            playlist.setEntries(list);
            heard += take(playlist, 7);
            QCOMPARE(QSet<quint64>(heard.cbegin(), heard.cend()).size(), 11);
            QVERIFY(!heard.contains(leaving));
        }
    }

    void problemClearedWithinABag()
    {
        for (quint32 seed = 0; seed < 30; ++seed) {
            Playlist playlist(seed);
            playlist.setEntries(rows(6));
            playlist.setShuffle(true);
            playlist.setProblem(3, Sentence(u"gone"_s));
            QList<quint64> heard = take(playlist, 4);
            QVERIFY(!heard.contains(3));
            playlist.setProblem(3, Sentence());
            heard += take(playlist, 2);
            QCOMPARE(QSet<quint64>(heard.cbegin(), heard.cend()).size(), 6);
        }
    }

    void shuffleSwitched()
    {
        Playlist playlist(3);
        playlist.setEntries(rows(6));
        take(playlist, 2);
        playlist.setShuffle(true);
        const auto heard = take(playlist, 5); // the one playing has had its turn
        QVERIFY(!heard.contains(2));
        QCOMPARE(QSet<quint64>(heard.cbegin(), heard.cend()).size(), 5);
        playlist.setShuffle(false);
        QCOMPARE(take(playlist), heard.last() % 6 + 1);
    }

    void shuffleWithoutRepeatEnds()
    {
        Playlist playlist(3);
        playlist.setRepeat(false);
        playlist.setShuffle(true);
        playlist.setEntries(rows(4));
        take(playlist, 4);
        QCOMPARE(take(playlist), 0U);
        playlist.setEntries(rows(5)); // a new one is still to come
        QCOMPARE(take(playlist, 2), Ids({5, 0}));
    }

    void jump()
    {
        Playlist playlist(1);
        playlist.setEntries(rows(6));
        playlist.jumpTo(4);
        QCOMPARE(peek(playlist), 4U);
        QCOMPARE(take(playlist, 2), Ids({4, 5}));
        playlist.jumpTo(99);
        QCOMPARE(take(playlist), 6U);
        playlist.jumpTo(2);
        auto list = rows(6);
        list.removeAt(1);
        playlist.setEntries(list);
        QCOMPARE(take(playlist), 1U);
        playlist.setProblem(4, Sentence(u"gone"_s));
        playlist.jumpTo(4); // cannot: the one behind it
        QCOMPARE(take(playlist), 5U);
    }

    void jumpTakesTheTurnInTheBag()
    {
        Playlist playlist(5);
        playlist.setEntries(rows(8));
        playlist.setShuffle(true);
        QList<quint64> heard = take(playlist, 2);
        quint64 wished = 1;
        while (heard.contains(wished))
            ++wished;
        playlist.jumpTo(wished);
        heard += take(playlist, 6);
        QCOMPARE(QSet<quint64>(heard.cbegin(), heard.cend()).size(), 8);
    }

    void rewindInOrder()
    {
        Playlist playlist(1);
        playlist.setEntries(rows(6));
        take(playlist, 5);
        playlist.rewindTo(2);
        QCOMPARE(take(playlist, 3), Ids({3, 4, 5}));
        playlist.rewindTo(3);
        auto list = rows(6);
        list.move(5, 3); // 1 2 3 6 4 5: the new order counts
        playlist.setEntries(list);
        QCOMPARE(take(playlist, 2), Ids({6, 4}));
    }

    void rewindKeepsAJump()
    {
        Playlist playlist(1);
        playlist.setEntries(rows(9));
        take(playlist, 1);
        playlist.jumpTo(7);
        take(playlist, 2);
        playlist.rewindTo(1);
        QCOMPARE(take(playlist, 2), Ids({7, 8}));
        playlist.rewindTo(1);
        playlist.jumpTo(4); // a new wish is stronger
        QCOMPARE(take(playlist, 2), Ids({4, 5}));
    }

    void rewindToWhatHasLeftTheList()
    {
        Playlist playlist(1);
        auto list = rows(6);
        playlist.setEntries(list);
        take(playlist, 4);
        list.removeAt(1);
        list.removeAt(1); // 2 (being heard) and 3 leave
        playlist.setEntries(list);
        playlist.rewindTo(2);
        QCOMPARE(take(playlist, 2), Ids({4, 5}));
        playlist.rewindTo(1234); // never heard of
        QCOMPARE(take(playlist), 6U);
    }

    void rewindInABag()
    {
        for (quint32 seed = 0; seed < 30; ++seed) {
            for (const int count : {2, 3, 5, 40}) {
                Playlist playlist(seed);
                playlist.setEntries(rows(count));
                playlist.setShuffle(true);
                const auto first = take(playlist, 6);
                const quint64 after = peek(playlist);
                playlist.rewindTo(first.at(1), 4); // possibly over the seam of two bags
                QCOMPARE(take(playlist, 4), first.mid(2));
                QCOMPARE(peek(playlist), after);
                playlist.rewindTo(first.last(), 0);
                QCOMPARE(peek(playlist), after);
            }
        }
    }

    void rewindInABagAfterRemoval()
    {
        Playlist playlist(11);
        auto list = rows(10);
        playlist.setEntries(list);
        playlist.setShuffle(true);
        const auto first = take(playlist, 5);
        list.removeIf([&](const PlaylistEntry &e) { return e.id == first.at(2); });
        playlist.setEntries(list);
        playlist.rewindTo(first.at(0));
        QCOMPARE(take(playlist, 3), Ids({first.at(1), first.at(3), first.at(4)}));
    }

    void shuffleSwitchedOverTheReadAhead()
    {
        Playlist playlist(2);
        playlist.setEntries(rows(7));
        take(playlist, 4); // heard: 1; 2 to 4 are read ahead
        playlist.setShuffle(true);
        playlist.rewindTo(1);
        const auto heard = take(playlist, 6);
        QVERIFY(!heard.contains(1));
        QCOMPARE(QSet<quint64>(heard.cbegin(), heard.cend()).size(), 6);
    }

    /// Any sequence of changes to a list of pieces leaves the same rows as it does to a plain one, and
    /// whoever has a copy keeps what he had.
    void listsInPiecesAreLists()
    {
        std::mt19937 random(5);
        const auto upTo = [&random](qsizetype limit) {
            return static_cast<qsizetype>(random() % static_cast<quint32>(limit + 1));
        };
        EntryList list;
        QList<PlaylistEntry> plain;
        quint64 next = 1;
        for (int step = 0; step < 120; ++step) {
            const EntryList copy = list;
            const QList<PlaylistEntry> before = plain;
            const qsizetype at = upTo(plain.size());
            const qsizetype count = upTo(step % 10 == 0 ? 1500 : 60);
            if (step % 3 == 2) {
                list.remove(at, count);
                plain.remove(at, std::min(count, plain.size() - at));
            } else {
                const auto added = rows(static_cast<int>(count), std::exchange(next, next + 2000));
                list.insert(at, added);
                plain = plain.first(at) + added + plain.sliced(at);
            }
            if (!plain.isEmpty()) {
                const qsizetype row = upTo(plain.size() - 1);
                list[row].track.title = plain[row].track.title = QString::number(step);
                const auto moved = list.mid(row, 700);
                list.replace(row, moved);
                QCOMPARE(moved, plain.mid(row, 700));
            }
            QCOMPARE(list, EntryList(plain));
            QCOMPARE(list.size(), plain.size());
            for (const qsizetype row : {qsizetype{0}, plain.size() / 3, plain.size() - 1}) {
                if (row >= 0 && row < plain.size())
                    QCOMPARE(list.at(row), plain.at(row));
            }
            QCOMPARE(copy.mid(0), before);
        }
        QVERIFY(next > 2000);
    }

    void tagsChangeRowsAndNotTheOrder()
    {
        Playlist playlist(3);
        playlist.setShuffle(true);
        auto list = rows(20);
        list[7].problem = Sentence(u"not there"_s);
        playlist.setEntries(list);
        Playlist same = playlist;
        list[4].track.artist = u"Somebody"_s;
        list[4].track.durationMs = 1000;
        QVERIFY(!playlist.updateEntries({list[4], rows(1, 999).first()}));
        QCOMPARE(playlist.entry(5)->track.artist, u"Somebody"_s);
        QCOMPARE(take(playlist, 10), take(same, 10));
        // What can be played now takes part in what is left of this round; what no longer can is passed over.
        list[7].problem = {};
        const quint64 next = playlist.peekNext()->id;
        auto gone = *playlist.entry(next);
        gone.problem = Sentence(u"gone"_s);
        QVERIFY(playlist.updateEntries({list[7], gone}));
        const auto rest = take(playlist, 9);
        QVERIFY(rest.contains(8));
        QVERIFY(!rest.contains(next));
        QCOMPARE(QSet<quint64>(rest.cbegin(), rest.cend()).size(), 9);
    }

    void turnsAreGivenBackByTheirNumbers_data()
    {
        QTest::addColumn<bool>("shuffles");
        QTest::newRow("in order") << false;
        QTest::newRow("in a bag") << true;
    }
    /// A short list, in which the same entry is taken many times: the number tells which turn is meant.
    void turnsAreGivenBackByTheirNumbers()
    {
        QFETCH(bool, shuffles);
        Playlist playlist(3);
        playlist.setShuffle(shuffles);
        playlist.setEntries(rows(3));
        TrackSource &source = playlist;
        QCOMPARE(source.turn(), 0U);
        QList<quint64> turns;
        Ids taken;
        for (int i = 0; i < 10; ++i) {
            const quint64 told = source.peek()->id;
            taken.append(source.take()->id);
            QCOMPARE(taken.constLast(), told);
            turns.append(source.turn());
            QVERIFY(i == 0 || turns.at(i) > turns.at(i - 1));
        }
        source.rewind(turns.at(9)); // nothing was taken since
        QCOMPARE(source.turn(), turns.at(9));
        source.rewind(turns.at(4));
        QCOMPARE(source.turn(), turns.at(4));
        for (int i = 5; i < 10; ++i)
            QCOMPARE(source.take()->id, taken.at(i));
        QVERIFY(source.turn() > turns.at(9)); // numbers never come again
        // Before anything was.
        source.rewind(0);
        QCOMPARE(source.turn(), 0U);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(source.take()->id, taken.at(i));
        // What was asked for is still asked for.
        const quint64 last = source.turn();
        playlist.playNext({2, 1});
        QCOMPARE(source.take()->id, 2U);
        QCOMPARE(source.take()->id, 1U);
        source.rewind(last);
        QCOMPARE(source.take()->id, 2U);
        QCOMPARE(source.take()->id, 1U);
    }

    void manyEntries()
    {
        Playlist playlist(1);
        playlist.setShuffle(true);
        const auto list = rows(100'000);
        const test::ComputingTime clock;
        playlist.setEntries(list);
        for (int i = 0; i < 10; ++i) {
            auto edited = list;
            edited.move(0, 50'000 + i);
            playlist.setEntries(edited);
        }
        QSet<quint64> heard;
        for (int i = 0; i < 100'000; ++i)
            heard.insert(take(playlist));
        QCOMPARE(heard.size(), 100'000);
        QVERIFY2(clock.elapsed() < test::computingMs(10'000), qPrintable(QString::number(clock.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestPlaylist)
#include "tst_playlist.moc"
