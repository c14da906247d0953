// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exampledata.h"

#include "core/base/filename.h"
#include "tests/support/computing.h"
#include "ui/playlist/playlistcommands.h"
#include "ui/playlist/playlistmime.h"
#include "ui/playlist/playlistmodel.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>
#include <QUrl>

#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

class TestPlaylistModel : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatTheRowsHold()
    {
        PlaylistModel model;
        QList<PlaylistEntry> rows = exampleTracks();
        rows[1].problem = Sentence(u"The <b>file</b> is empty"_s);
        rows[2].track.title.clear();
        rows[2].track.durationMs = 0;
        model.setEntries(rows);
        const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, PlaylistModel::LengthColumn), u"5:05"_s);
        QCOMPARE(text(0, PlaylistModel::FormatColumn), u"MP3 128"_s);
        QCOMPARE(text(1, PlaylistModel::FormatColumn), u"Cannot play"_s); // a word, not only a colour
        QCOMPARE(text(2, PlaylistModel::TitleColumn), u"Portishead - Glory Box"_s);
        QCOMPARE(text(2, PlaylistModel::LengthColumn), QString());
        const QString tip = model.index(1, 0).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(u"&lt;b&gt;file&lt;/b&gt;"_s));
        QVERIFY(!tip.contains(u"<b>"_s));
        QVERIFY(model.index(1, 0).data(Qt::AccessibleTextRole).toString().contains(u"cannot play"_s));
        QCOMPARE(model.problemCount(), 1);

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setPlaying(rows[3].id);
        model.setPlaying(rows[3].id);
        QCOMPARE(changed.count(), 1);
        QVERIFY(model.index(3, 0).data(Qt::AccessibleTextRole).toString().contains(u"playing"_s));
        model.setProblem(rows[1].id, {});
        QCOMPARE(model.problemCount(), 0);
    }

    void rowsSayWhetherTheyAreSentAsTheyAre()
    {
        PlaylistModel model;
        QList<PlaylistEntry> rows = exampleTracks();
        rows.resize(3);
        rows[0].sound = {u"mp3"_s, u"mp3"_s, 44100, 2, 128, 0.0, 0.0};
        rows[1].format = u"FLAC 900"_s;
        rows[1].sound = {u"flac"_s, u"flac"_s, 44100, 2, 900, 0.0, 0.0};
        rows[2].sound = {u"mp3"_s, u"mp3"_s, 48000, 2, 128, 0.0, 0.0};
        model.setEntries(rows);
        const auto format = [&](int row) {
            return model.index(row, PlaylistModel::FormatColumn).data().toString();
        };
        const auto tip = [&](int row) { return model.index(row, 0).data(Qt::ToolTipRole).toString(); };
        QCOMPARE(format(0), u"MP3 128"_s);
        QVERIFY(tip(0).contains(u"bit for bit"_s));
        QCOMPARE(format(1), u"FLAC 900 → MP3"_s);
        QVERIFY(tip(1).contains(u"Encoded anew: the stream is MP3"_s));
        QVERIFY(tip(2).contains(u"48 kHz instead of 44.1 kHz"_s));
        Settings settings;
        settings.encoder.sampleRate = 48000;
        settings.encoder.crossfadeSeconds = 0.0;
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setEncoder(settings);
        QCOMPARE(changed.count(), 1);
        QVERIFY(tip(0).contains(u"44.1 kHz instead of 48 kHz"_s));
        QVERIFY(tip(2).contains(u"bit for bit"_s));
        // Levelled: in its frames, unless it needs nothing.
        settings.encoder.loudness = true;
        settings.encoder.targetLufs = -16.0;
        model.setEncoder(settings);
        QVERIFY(tip(2).contains(u"but for the gain in its frames"_s));
        model.setMeasured(rows[2].id, -15.9, 0);
        QVERIFY(tip(2).contains(u"bit for bit"_s));
        // Opus has no gain in its packets.
        rows[2].format = u"Opus 96"_s;
        rows[2].sound = {u"opus"_s, u"ogg"_s, 48000, 2, 96, 0.0, 0.0, true};
        model.setEntries(rows);
        settings.encoder.format = u"opus"_s;
        model.setEncoder(settings);
        QVERIFY(tip(2).contains(u"Encoded anew: its loudness is not known yet"_s));
        QCOMPARE(format(2), u"Opus 96 → OPUS"_s);
        model.setMeasured(rows[2].id, -12.0, 0);
        QVERIFY(tip(2).contains(u"Encoded anew: it is made as loud as the others"_s));
        model.setMeasured(rows[2].id, -16.7, 0);
        QVERIFY(tip(2).contains(u"bit for bit"_s));
        QCOMPARE(format(2), u"Opus 96"_s);
    }

    void tagsReachTheirRowsAndTheTotals()
    {
        PlaylistModel model;
        QAbstractItemModelTester tester(&model);
        QList<PlaylistEntry> rows = manyTracks(10);
        model.setEntries(rows);
        QCOMPARE(model.totalMs(), 1'800'000);
        rows[4].track.durationMs = 61'000;
        rows[5].track.title = u"New"_s;
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.updateTags({rows[5], rows[4], manyTracks(1).first()});
        QCOMPARE(changed.count(), 1); // neighbours in one step, the stranger ignored
        QCOMPARE(model.totalMs(), 1'681'000);
        QCOMPARE(model.index(5, 0).data().toString(), u"New"_s);
    }

    /// Any sequence of steps, all the way back and forth again, leaves the same lists behind.
    void undoAndRedoLeadBackExactly()
    {
        PlaylistModel model;
        QAbstractItemModelTester tester(&model);
        QUndoStack undo;
        std::mt19937 random(7);
        QList<EntryList> states{model.entries()};
        for (int step = 0; step < 120; ++step) {
            const int size = model.rowCount();
            const auto upTo = [&random](int limit) {
                return static_cast<int>(random() % static_cast<unsigned>(std::max(1, limit)));
            };
            QList<int> some;
            for (int row = 0; row < size; ++row) {
                if (random() % 3 == 0)
                    some.append(row);
            }
            if (size < 5 || step % 4 == 0)
                undo.push(new InsertTracks(model, upTo(size + 1), manyTracks(1 + upTo(40)), 0));
            else if (step % 4 == 1 && !some.isEmpty())
                undo.push(new RemoveTracks(model, some));
            else if (step % 4 == 2)
                undo.push(new ReorderTracks(
                    model, orderByColumn(model.entries(), step % 3, Qt::DescendingOrder), {}));
            else if (const QList<int> order = orderAfterMove(size, some, upTo(size + 1)); !order.isEmpty())
                undo.push(new ReorderTracks(model, order, {}));
            else
                continue;
            states.append(model.entries());
        }
        for (qsizetype i = states.size() - 2; i >= 0; --i) {
            undo.undo();
            QCOMPARE(model.entries(), states[i]);
        }
        QCOMPARE(model.totalMs(), 0);
        for (qsizetype i = 1; i < states.size(); ++i) {
            undo.redo();
            QCOMPARE(model.entries(), states[i]);
        }
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.rowOf(model.entries().at(row).id), row);
    }

    void batchesOfOneImportAreOneStep()
    {
        PlaylistModel model;
        QUndoStack undo;
        const QList<PlaylistEntry> rows = manyTracks(7);
        undo.push(new InsertTracks(model, 0, rows.mid(0, 3), 5));
        undo.push(new InsertTracks(model, 3, rows.mid(3, 2), 5));
        undo.push(new InsertTracks(model, 5, rows.mid(5), 6));
        QCOMPARE(undo.count(), 2);
        undo.undo();
        QCOMPARE(model.rowCount(), 5);
        undo.undo();
        QCOMPARE(model.rowCount(), 0);
        undo.redo();
        QCOMPARE(model.entries(), rows.mid(0, 5));
    }

    void removedRowsComeBackWithTheTagsReadMeanwhile()
    {
        PlaylistModel model;
        QUndoStack undo;
        QList<PlaylistEntry> rows = manyTracks(3);
        undo.push(new InsertTracks(model, 0, rows, 1));
        rows[1].track.title = u"Read later"_s;
        model.updateTags({rows[1]});
        undo.undo();
        undo.redo();
        QCOMPARE(model.index(1, 0).data().toString(), u"Read later"_s);
    }

    void moves_data()
    {
        QTest::addColumn<QList<int>>("rows");
        QTest::addColumn<int>("to");
        QTest::addColumn<QList<int>>("order");
        QTest::newRow("down") << QList{0, 1} << 4 << QList{2, 3, 0, 1, 4};
        QTest::newRow("up") << QList{3} << 0 << QList{3, 0, 1, 2, 4};
        QTest::newRow("scattered to the end") << QList{0, 2} << 5 << QList{1, 3, 4, 0, 2};
        QTest::newRow("gathered in between") << QList{0, 4} << 2 << QList{1, 0, 4, 2, 3};
        QTest::newRow("onto itself") << QList{1, 2} << 2 << QList<int>();
        QTest::newRow("behind itself") << QList{1, 2} << 3 << QList<int>();
        QTest::newRow("nothing") << QList<int>() << 3 << QList<int>();
    }

    void moves()
    {
        QFETCH(QList<int>, rows);
        QFETCH(int, to);
        QFETCH(QList<int>, order);
        QCOMPARE(orderAfterMove(5, rows, to), order);
    }

    void sortsAsPeopleDo()
    {
        QList<PlaylistEntry> rows = manyTracks(4);
        const QStringList names{u"track 10"_s, u"Track 9"_s, u"\u00c9lan"_s, {}};
        for (int i = 0; i < 4; ++i)
            rows[i].track.title = names[i];
        QCOMPARE(orderByColumn(rows, PlaylistModel::TitleColumn, Qt::AscendingOrder), QList({2, 1, 0, 3}));
        QCOMPARE(orderByColumn(rows, PlaylistModel::TitleColumn, Qt::DescendingOrder), QList({0, 1, 2, 3}));
        rows[0].track.durationMs = 0;
        rows[1].track.durationMs = 5;
        QCOMPARE(orderByColumn(rows, PlaylistModel::LengthColumn, Qt::AscendingOrder), QList({1, 2, 3, 0}));
    }

    void selectionsFollowTheirRows()
    {
        PlaylistModel model;
        model.setEntries(manyTracks(5));
        const QPersistentModelIndex third(model.index(2, 0));
        model.reorder({4, 3, 2, 0, 1});
        QCOMPARE(third.row(), 2);
        model.reorder({2, 0, 1, 3, 4});
        QCOMPARE(third.row(), 0);
        QCOMPARE(third.data().toString(), u"Track 2"_s);
    }

    /// The window must stay smooth: each of these happens in the GUI thread.
    void hundredThousandRows()
    {
        PlaylistModel model;
        const QList<PlaylistEntry> rows = manyTracks(100'000);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QUndoStack undo;
        undo.push(new InsertTracks(model, 0, rows, 1));
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.rowOf(rows.last().id), 99'999);

        QList<int> everyThird;
        for (int row = 0; row < 100'000; row += 3)
            everyThird.append(row);
        const test::ComputingTime timer;
        undo.push(new RemoveTracks(model, everyThird));
        undo.undo();
        undo.push(new ReorderTracks(model, orderAfterMove(100'000, everyThird, 50'000), {}));
        undo.undo();
        QCOMPARE(model.entries(), rows);
        // Quadratic work would take minutes here.
        QVERIFY2(timer.elapsed() < test::computingMs(3000), qPrintable(QString::number(timer.elapsed())));
    }

    void dragsCarryRowsAndFiles()
    {
        PlaylistModel model;
        model.setEntries(exampleTracks());
        const std::unique_ptr<QMimeData> data(
            model.mimeData({model.index(2, 0), model.index(2, 1), model.index(0, 0)}));
        QCOMPARE(draggedRows(data.get()),
                 QList<quint64>({model.entries().at(0).id, model.entries().at(2).id}));
        QCOMPARE(data->urls().size(), 2);
        QCOMPARE(data->urls().first().toLocalFile(), model.entries().at(0).path);
    }

    void draggedWithTheirBytes()
    {
        PlaylistEntry entry;
        entry.id = newEntryId();
        entry.path = pathFromBytes("/music/M\xFCnchen/Bj\xF6rk.mp3");
        const std::unique_ptr<QMimeData> data(mimeOfEntries({entry}));
        QCOMPARE(data->data(u"text/uri-list"_s).trimmed(), QByteArray("file:///music/M%FCnchen/Bj%F6rk.mp3"));
        QCOMPARE(droppedPaths(data.get()), QStringList(entry.path));
    }

    void takesPathsFromWhateverDropsThem()
    {
        QMimeData urls;
        urls.setUrls({QUrl::fromLocalFile(u"/music/a b.mp3"_s), QUrl(u"https://example.org/x.mp3"_s),
                      QUrl::fromLocalFile(u"/music/folder"_s)});
        // An address goes on to the station, which says what to do instead.
        QCOMPARE(droppedPaths(&urls),
                 QStringList({u"/music/a b.mp3"_s, u"https://example.org/x.mp3"_s, u"/music/folder"_s}));
        QMimeData list;
        list.setData(u"text/uri-list"_s, "file:///music/%C3%A9t%C3%A9.mp3\r\n");
        QCOMPARE(droppedPaths(&list), QStringList(u"/music/\u00e9t\u00e9.mp3"_s));
        list.setData(u"text/uri-list"_s, "file:///music/Bj%F6rk.mp3\r\nfile://localhost/music/a.mp3\r\n");
        QCOMPARE(droppedPaths(&list), QStringList({pathFromBytes("/music/Bj\xF6rk.mp3"), u"/music/a.mp3"_s}));
        QMimeData text;
        text.setText(u"/music/one.mp3\nfile:///music/two.mp3\nwords\n"_s);
        QCOMPARE(droppedPaths(&text), QStringList({u"/music/one.mp3"_s, u"/music/two.mp3"_s}));
        QMimeData other;
        other.setData(u"application/x-cycast-playlist-rows"_s, "garbage");
        QVERIFY(draggedRows(&other).isEmpty());
        QVERIFY(droppedPaths(nullptr).isEmpty());
    }
};

QTEST_MAIN(TestPlaylistModel)
#include "tst_playlistmodel.moc"
