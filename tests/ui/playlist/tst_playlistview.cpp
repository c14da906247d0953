// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exampledata.h"
#include "fakestation.h"

#include "ui/look/elidedlabel.h"
#include "ui/playlist/jingleeditor.h"
#include "ui/playlist/jinglesview.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/playlist/playlistmime.h"
#include "ui/playlist/playlisttable.h"
#include "ui/playlist/playlistview.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDropEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

struct Desk {
    FakeStation control{FakeStation::Answers::AtOnce};
    QUndoStack undo;
    PlaylistEditor editor{control, undo};
    PlaylistView view{editor};

    explicit Desk(const QList<PlaylistEntry> &rows = {})
    {
        fakeCalls().clear();
        editor.restore(rows);
        view.resize(500, 600);
        view.show();
        QApplication::setActiveWindow(&view);
        fakeCalls().clear();
    }

    PlaylistModel &model() { return editor.model(); }

    /// As a file manager or the table itself would: enter, move, drop.
    bool drop(QWidget *target, const QPoint &at, const QMimeData &data)
    {
        QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(target, &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent event(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(target, &event);
        return event.isAccepted() && event.dropAction() == Qt::CopyAction;
    }

    QPoint above(int row) { return {20, view.table()->rowViewportPosition(row) + 2}; }
};

QStringList titles(const EntryList &entries)
{
    QStringList result;
    for (const PlaylistEntry &entry : entries)
        result.append(entry.track.title);
    return result;
}

} // namespace

class TestPlaylistView : public QObject
{
    Q_OBJECT

private slots:
    /// The station answers later, as the real one does: what the first wanted is not undone by the second.
    void twoWishesOfOneTurnAreBothKept()
    {
        fakeCalls().clear();
        FakeStation control;
        QUndoStack undo;
        PlaylistEditor editor(control, undo);
        QVERIFY(control.settings().playlist.shuffle && control.settings().playlist.repeat);
        editor.setShuffle(false);
        editor.setRepeat(false);
        QCOMPARE(fakeCalls().applied.size(), 0);
        QTRY_COMPARE(fakeCalls().applied.size(), 2);
        QVERIFY(!control.settings().playlist.shuffle);
        QVERIFY(!control.settings().playlist.repeat);
        // There and back in one turn ends where it began.
        editor.setShuffle(true);
        editor.setShuffle(false);
        QTRY_COMPARE(fakeCalls().applied.size(), 4);
        QVERIFY(!control.settings().playlist.shuffle);
    }

    void filesDroppedBetweenRowsComeThere()
    {
        Desk desk(manyTracks(5));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(u"/music/x.m3u"_s), QUrl::fromLocalFile(u"/music/folder"_s)});
        QVERIFY(desk.drop(desk.view.table()->viewport(), desk.above(2), data));
        QCOMPARE(fakeCalls().imports, QList({QStringList({u"/music/x.m3u"_s, u"/music/folder"_s})}));

        // The list is edited before the files have been found: they still come in front of the same row.
        desk.editor.remove({0});
        const QList<PlaylistEntry> found = manyTracks(4);
        emit desk.control.filesFound(1, found.mid(0, 3));
        emit desk.control.filesFound(1, found.mid(3));
        emit desk.control.filesFound(99, manyTracks(1)); // nobody asked for that
        emit desk.control.importFinished(1, 4, {});
        QCOMPARE(desk.model().rowCount(), 8);
        QCOMPARE(desk.model().entries().mid(1, 4), found);
        desk.undo.undo(); // one step for the whole import
        QCOMPARE(desk.model().rowCount(), 4);
        QVERIFY(desk.view.findChild<ElidedLabel *>(u"playlistNotice"_s)
                    ->fullText()
                    .contains(u"4 tracks added"_s));
    }

    void theEmptyCardTakesDropsToo()
    {
        Desk desk;
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(u"/music"_s)});
        QVERIFY(desk.drop(&desk.view, {50, 200}, data));
        QCOMPARE(fakeCalls().imports.size(), 1);
        QMimeData words;
        words.setText(u"hello"_s);
        QVERIFY(!desk.drop(&desk.view, {50, 200}, words));
        emit desk.control.filesFound(1, manyTracks(2));
        QCOMPARE(desk.model().rowCount(), 2);
        QVERIFY(desk.view.table()->isVisible());
    }

    void problemsOfAnImportAreToldAndLogged()
    {
        Desk desk;
        QSignalSpy logged(&desk.editor, &PlaylistEditor::logged);
        desk.editor.importPaths({u"/gone"_s});
        emit desk.control.importFinished(1, 0,
                                         {Sentence(u"/gone is not there"_s), Sentence(u"line 3: no file"_s)});
        QCOMPARE(logged.count(), 2);
        const auto *notice = desk.view.findChild<ElidedLabel *>(u"playlistNotice"_s);
        QVERIFY(notice->isVisible());
        QVERIFY(notice->fullText().contains(u"/gone is not there"_s));
        QVERIFY(!desk.editor.isImporting());
    }

    void rowsAreDraggedToAnotherPlace()
    {
        Desk desk(manyTracks(6));
        const std::unique_ptr<QMimeData> data(
            desk.model().mimeData({desk.model().index(4, 0), desk.model().index(1, 0)}));
        QVERIFY(desk.drop(desk.view.table()->viewport(), desk.above(0), *data));
        QCOMPARE(titles(desk.model().entries()), QStringList({u"Track 1"_s, u"Track 4"_s, u"Track 0"_s,
                                                              u"Track 2"_s, u"Track 3"_s, u"Track 5"_s}));
        desk.undo.undo();
        QCOMPARE(desk.model().entries().first().track.title, u"Track 0"_s);
        QVERIFY(fakeCalls().imports.isEmpty());
    }

    // A file manager gets copies: whatever it asks for, the files stay where they are.
    void rowsAreDraggedOutAsCopies()
    {
        QTemporaryDir folder;
        QList<PlaylistEntry> rows = manyTracks(3);
        for (PlaylistEntry &row : rows) {
            row.path = folder.filePath(u"a b #%1 \u00e4.mp3"_s.arg(row.id));
            QFile file(row.path);
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        Desk desk(rows);
        QCOMPARE(desk.model().supportedDragActions(), Qt::CopyAction);
        QCOMPARE(desk.view.table()->defaultDropAction(), Qt::CopyAction);
        for (const int column : {0, 1, 2}) {
            for (int row = 0; row < 3; ++row)
                QVERIFY(desk.model().flags(desk.model().index(row, column)) & Qt::ItemIsDragEnabled);
        }
        const std::unique_ptr<QMimeData> data(
            desk.model().mimeData({desk.model().index(2, 0), desk.model().index(0, 0)}));
        // text/uri-list as RFC 2483 has it: what every file manager reads.
        const QByteArray list = data->data(u"text/uri-list"_s);
        QCOMPARE(list, QUrl::fromLocalFile(rows[0].path).toEncoded() + "\r\n" +
                           QUrl::fromLocalFile(rows[2].path).toEncoded() + "\r\n");
        QCOMPARE(data->urls(), QList({QUrl::fromLocalFile(rows[0].path), QUrl::fromLocalFile(rows[2].path)}));
        for (const PlaylistEntry &row : rows)
            QVERIFY(QFile::exists(row.path));
        QCOMPARE(desk.model().rowCount(), 3);
    }

    void changesOfATurnReachTheStationOnce()
    {
        Desk desk(manyTracks(6));
        desk.editor.remove({0});
        desk.editor.remove({0});
        desk.editor.move({0}, 3);
        QVERIFY(fakeCalls().playlists.isEmpty());
        QTRY_COMPARE(fakeCalls().playlists.size(), 1);
        QCOMPARE(fakeCalls().playlists.first(), desk.model().entries());
        // Told to play a row that it does not know yet, the station gets the list first.
        fakeCalls().clear();
        desk.undo.undo();
        desk.editor.playFrom(1);
        QCOMPARE(fakeCalls().names, QStringList({u"setPlaylist"_s, u"playFrom"_s}));
        QCOMPARE(fakeCalls().playedFrom, QList({desk.model().entries().at(1).id}));
    }

    void keysRemoveUndoAndPlay()
    {
        Desk desk(manyTracks(6));
        desk.view.table()->setFocus();
        desk.view.selectRows({1, 2, 4});
        QTest::keyClick(desk.view.table(), Qt::Key_Delete);
        QCOMPARE(titles(desk.model().entries()), QStringList({u"Track 0"_s, u"Track 3"_s, u"Track 5"_s}));
        desk.view.actions().undo->trigger();
        QCOMPARE(desk.model().rowCount(), 6);
        desk.view.selectRows({3});
        fakeCalls().clear();
        QTest::keyClick(desk.view.table(), Qt::Key_Return);
        QCOMPARE(fakeCalls().playedFrom, QList({desk.model().entries().at(3).id}));
        QTest::mouseClick(desk.view.table()->viewport(), Qt::LeftButton, {}, desk.above(2));
        QTest::mouseDClick(desk.view.table()->viewport(), Qt::LeftButton, {}, desk.above(2));
        QCOMPARE(fakeCalls().playedFrom.size(), 2);
        QCOMPARE(fakeCalls().playedFrom.last(), desk.model().entries().at(2).id);
    }

    void theFilterFindsAndEveryActionMeansTheRowsShown()
    {
        Desk desk(exampleTracks());
        QAbstractItemModelTester tester(desk.view.table()->model());
        desk.view.actions().find->trigger();
        desk.view.filterField()->setText(u"massive mezz"_s);
        QCOMPARE(desk.view.table()->model()->rowCount(), 1);
        QVERIFY(desk.view.findChild<ElidedLabel *>(u"playlistFooter"_s)->fullText().startsWith(u"1 of 12"_s));
        desk.view.table()->selectAll();
        QCOMPARE(desk.view.selectedRows(), QList({1}));
        desk.view.actions().remove->trigger();
        QCOMPARE(desk.model().rowCount(), 11);
        QCOMPARE(desk.model().entries().at(1).track.title, u"Glory Box"_s);
        QTest::keyClick(desk.view.filterField(), Qt::Key_Escape);
        QCOMPARE(desk.view.table()->model()->rowCount(), 11);
    }

    void shuffleAndRepeatGoThroughTheSettings()
    {
        Desk desk;
        QVERIFY(desk.view.actions().shuffle->isChecked());
        desk.view.actions().shuffle->trigger();
        QCOMPARE(fakeCalls().applied.size(), 1);
        QVERIFY(!fakeCalls().applied.first().playlist.shuffle);
        QVERIFY(!desk.view.actions().shuffle->isChecked());
        // Refused: the button shows what is in force.
        fakeCalls().acceptsSettings = false;
        desk.view.actions().repeat->trigger();
        emit desk.control.settingsRejected({});
        QVERIFY(desk.view.actions().repeat->isChecked());
    }

    void whatNeedsAttentionIsCountedAndSelected()
    {
        Desk desk(manyTracks(8));
        const auto *link = desk.view.findChild<QToolButton *>(u"needAttention"_s);
        QVERIFY(!link->isVisible());
        emit desk.control.entryProblem(desk.model().entries().at(2).id, Sentence(u"The file is empty"_s));
        emit desk.control.entryProblem(desk.model().entries().at(6).id, Sentence(u"No music in it"_s));
        QVERIFY(link->isVisible());
        QCOMPARE(link->text(), u"2 need attention"_s);
        desk.view.actions().selectProblems->trigger();
        QCOMPARE(desk.view.selectedRows(), QList({2, 6}));
        emit desk.control.entryProblem(desk.model().entries().at(2).id, {});
        QCOMPARE(link->text(), u"1 needs attention"_s);
    }

    void theVerdictLeadsToTheReasons()
    {
        QList<PlaylistEntry> rows = manyTracks(8);
        rows[1].problem = Sentence(u"Gone"_s);
        rows[1].fault = EntryFault::Missing;
        rows[3].track.durationMs = 900; // plays, but may be a piece only
        rows[5].problem = Sentence(u"Bought"_s);
        rows[5].fault = EntryFault::Protected;
        Desk desk(rows);
        const auto *footer = desk.view.findChild<ElidedLabel *>(u"playlistFooter"_s);
        QVERIFY2(footer->fullText().startsWith(u"8 tracks \u00b7 21 min"_s), qPrintable(footer->fullText()));
        auto *link = desk.view.findChild<QToolButton *>(u"needAttention"_s);
        QCOMPARE(link->text(), u"3 need attention"_s);
        link->click();
        const QAbstractItemModel *shown = desk.view.table()->model();
        QCOMPARE(shown->rowCount(), 3);
        const auto reason = [shown](int row) {
            return shown->index(row, PlaylistModel::FormatColumn).data().toString();
        };
        QCOMPARE(QStringList({reason(0), reason(1), reason(2)}),
                 QStringList({u"Missing"_s, u"Very short"_s, u"Copy-protected"_s}));
        QVERIFY(shown->index(1, 0).data(Qt::ToolTipRole).toString().contains(u"0.9 s only"_s));
        QVERIFY2(footer->fullText().contains(u"1 missing"_s) &&
                     footer->fullText().contains(u"1 copy-protected"_s),
                 qPrintable(footer->fullText()));
        // One reason of its menu.
        auto *menu = desk.view.findChild<QMenu *>(u"attentionReasons"_s);
        emit menu->aboutToShow();
        QStringList reasons;
        for (const QAction *action : menu->actions())
            reasons.append(action->text());
        QVERIFY2(reasons.contains(u"Missing: 1 track"_s), qPrintable(reasons.join(u'|')));
        menu->actions().constFirst()->trigger();
        QCOMPARE(shown->rowCount(), 1);
        QCOMPARE(shown->index(0, 0).data().toString(), u"Track 1"_s);
        QTest::keyClick(desk.view.table(), Qt::Key_Escape);
        QCOMPARE(shown->rowCount(), 8);
        // When nothing is left to look at, all rows come back by themselves.
        desk.view.actions().showProblems->trigger();
        desk.editor.remove({1, 3, 5});
        QCOMPARE(shown->rowCount(), 5);
        QVERIFY(!desk.view.actions().showProblems->isChecked());
    }

    void playNextInTheOrderOfTheList()
    {
        Desk desk(manyTracks(6));
        desk.view.selectRows({4, 1});
        desk.view.actions().playNext->trigger();
        const auto id = [&](int row) { return desk.model().entries().at(row).id; };
        QCOMPARE(fakeCalls().playedNext, QList({QList<quint64>({id(1), id(4)})}));
        emit desk.control.entryProblem(id(2), Sentence(u"Broken"_s));
        desk.editor.playNext({2});
        QCOMPARE(fakeCalls().playedNext.size(), 1);
        // A row that the station does not know yet is made known first.
        fakeCalls().clear();
        desk.editor.remove({0});
        desk.editor.playNext({4});
        QCOMPARE(fakeCalls().names, QStringList({u"setPlaylist"_s, u"playNext"_s}));
    }

    void readingTagsCanBeStopped()
    {
        Desk desk(manyTracks(3));
        auto *cancel = desk.view.findChild<QToolButton *>(u"cancelImport"_s);
        QVERIFY(!cancel->isVisible());
        desk.view.showProgress(1200, 100'000);
        QVERIFY(cancel->isVisible());
        cancel->click();
        QCOMPARE(fakeCalls().count(u"cancelImport"_s), 1);
        desk.view.showProgress(1200, 1200);
        QVERIFY(!cancel->isVisible());
    }

    void watchedFoldersKeepTheListUpToDate()
    {
        QList<PlaylistEntry> rows = manyTracks(4);
        rows[0].path = u"/m/a/1.mp3"_s;
        rows[1].path = u"/m/a/2.mp3"_s;
        rows[2].path = u"/m/b/3.mp3"_s;
        rows[3].path = u"/other/4.mp3"_s;
        Desk desk;
        const QDateTime since(QDate(2026, 1, 1), QTime(12, 0));
        desk.editor.restore(rows, {u"/m"_s, u"/thrown/out"_s}, since);
        QCOMPARE(fakeCalls().watchedFolders, QList({QStringList({u"/m"_s, u"/thrown/out"_s})}));
        QCOMPARE(fakeCalls().watchedSince, QList({since}));
        QCOMPARE(fakeCalls().count(u"lookForFiles"_s), 1);
        emit desk.control.foldersWatched({u"/m"_s, u"/thrown/out"_s});
        QCOMPARE(desk.editor.watchedFolders().size(), 2);
        // Gone: greyed, not dropped, and the station knows.
        fakeCalls().clear();
        emit desk.control.filesVanished({u"/m/a/2.mp3"_s, u"/m/unknown.mp3"_s});
        QCOMPARE(desk.model().rowCount(), 4);
        QCOMPARE(desk.model().entries().at(1).fault, EntryFault::Missing);
        QCOMPARE(desk.model().problemCount(), 1);
        QTRY_COMPARE(fakeCalls().playlists.size(), 1);
        // New: behind the last one of its folder; back: read again; from where nothing is wanted: left out.
        fakeCalls().clear();
        QList<PlaylistEntry> found = manyTracks(3);
        found[0].path = u"/m/a/new.mp3"_s;
        found[1].path = u"/m/a/2.mp3"_s;
        found[2].path = u"/thrown/out/x.mp3"_s;
        emit desk.control.filesAppeared(found);
        QCOMPARE(desk.model().rowCount(), 5);
        QCOMPARE(desk.model().entries().at(2), found[0]);
        QCOMPARE(fakeCalls().tagReads.size(), 1);
        QCOMPARE(fakeCalls().tagReads.first().size(), 2);
        QCOMPARE(fakeCalls().tagReads.first().first().id, rows[1].id);
        desk.undo.undo();
        QCOMPARE(desk.model().rowCount(), 4);
    }

    void theHeaderSortsUpAndThenDown()
    {
        Desk desk(exampleTracks());
        QTest::mouseClick(desk.view.table()->horizontalHeader()->viewport(), Qt::LeftButton, {}, {20, 8});
        QCOMPARE(desk.model().entries().first().track.title, u"Archangel"_s);
        QTest::mouseClick(desk.view.table()->horizontalHeader()->viewport(), Qt::LeftButton, {}, {20, 8});
        QCOMPARE(desk.model().entries().first().track.title, u"Xtal"_s);
        desk.undo.undo();
        desk.undo.undo();
        QCOMPARE(desk.model().entries().first().track.title, u"J\u00f3ga"_s);
    }

    void theRowThatIsHeardIsMarked()
    {
        Desk desk(exampleTracks());
        const TrackInfo track = desk.model().entries().at(3).track;
        emit desk.control.statusChanged(exampleStatus(track, {}));
        QCOMPARE(desk.model().playing(), track.entryId);
        StationStatus live = exampleStatus(track, {});
        live.heard = ProgrammeKind::Live;
        emit desk.control.statusChanged(live);
        QCOMPARE(desk.model().playing(), quint64(0));
    }

    /// While 100,000 rows come and get their tags, nobody has to start over: the model grows by batches, the
    /// station gets the list now and then, and tags go to it by themselves.
    void manyRowsComeInBatches()
    {
        Desk desk(manyTracks(10));
        desk.editor.importPaths({u"/music"_s});
        QSignalSpy resets(&desk.model(), &QAbstractItemModel::modelReset);
        QSignalSpy layouts(&desk.model(), &QAbstractItemModel::layoutChanged);
        QSignalSpy inserted(&desk.model(), &QAbstractItemModel::rowsInserted);
        QSignalSpy changed(&desk.model(), &QAbstractItemModel::dataChanged);
        constexpr int batches = 50;
        constexpr int rowsPerBatch = 2000;
        QList<PlaylistEntry> found = manyTracks(batches * rowsPerBatch);
        for (int batch = 0; batch < batches; ++batch) {
            emit desk.control.filesFound(1, found.mid(batch * rowsPerBatch, rowsPerBatch));
            QCoreApplication::processEvents();
        }
        QVERIFY2(fakeCalls().playlists.size() < batches / 2,
                 qPrintable(QString::number(fakeCalls().playlists.size())));
        emit desk.control.importFinished(1, batches * rowsPerBatch, {});
        QTRY_COMPARE(fakeCalls().playlists.constLast().size(), 10 + batches * rowsPerBatch);
        QCOMPARE(inserted.count(), batches);
        QCOMPARE(desk.model().rowOf(found.constLast().id), 10 + batches * rowsPerBatch - 1);

        const auto lists = fakeCalls().playlists.size();
        for (int batch = 0; batch < batches; ++batch) {
            QList<PlaylistEntry> tagged = found.mid(batch * rowsPerBatch, rowsPerBatch);
            for (PlaylistEntry &entry : tagged)
                entry.track.title = u"With tags"_s;
            emit desk.control.tagsRead(tagged);
            QCoreApplication::processEvents();
        }
        QCOMPARE(changed.count(), batches);
        QCOMPARE(fakeCalls().playlists.size(), lists);
        QCOMPARE(desk.model().entries().last().track.title, u"With tags"_s);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(layouts.count(), 0);
        desk.undo.undo(); // all of them in one step, and with their tags when they come back
        QCOMPARE(desk.model().rowCount(), 10);
        desk.undo.redo();
        QCOMPARE(desk.model().entries().last().track.title, u"With tags"_s);
    }

    void whatIsMeasuredLaterShowsAtOnce()
    {
        Desk desk(manyTracks(3));
        const quint64 id = desk.model().entries().at(1).id;
        const auto text = [&](int role) {
            return desk.model().index(1, PlaylistModel::TitleColumn).data(role);
        };
        QCOMPARE(desk.model().problemCount(), 0);
        emit desk.control.entryMeasured(id, -14.0, 12'400);
        QCOMPARE(desk.model().problemCount(), 1);
        QVERIFY(text(Qt::ToolTipRole).toString().contains(u"ends with 12.4 s of silence"_s));
        QCOMPARE(desk.model().attentionCounts().value(AttentionKind::SilentEnd), 1);
        emit desk.control.entryMeasured(id, -3.5, 0);
        QVERIFY(text(Qt::ToolTipRole).toString().contains(u"far too loud (-3.5 LUFS)"_s));
        emit desk.control.entryMeasured(id, -14.0, 0);
        QCOMPARE(desk.model().problemCount(), 0);
        emit desk.control.entryMeasured(99'999'999, -14.0, 0); // gone meanwhile
    }

    void jinglesAreASecondList()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        fakeCalls().clear();
        QUndoStack undo;
        JingleEditor editor(control, undo);
        JinglesView view(editor);
        view.resize(500, 400);
        view.show();
        view.setOpen(true);
        const auto words = [&] { return view.findChild<ElidedLabel *>()->fullText(); };
        QCOMPARE(words(), u"none yet"_s);
        // Files dropped become rows, in front of the one they were dropped on, and the station has them.
        const QList<PlaylistEntry> found = manyTracks(4);
        editor.importPaths({u"/jingles/a.mp3"_s});
        QCOMPARE(fakeCalls().names, QStringList{u"importJingles"_s});
        emit control.filesFound(1, found.mid(0, 3));
        emit control.importFinished(1, 3, {});
        editor.importPaths({u"/jingles/b.mp3"_s}, 1);
        emit control.filesFound(2, found.mid(3));
        emit control.filesFound(77, manyTracks(5)); // for the playlist
        QCOMPARE(editor.model().rowCount(), 4);
        QCOMPARE(editor.model().entries().at(1), found.at(3));
        QTRY_COMPARE(fakeCalls().jingles.size(), 1);
        QCOMPARE(EntryList(fakeCalls().jingles.constLast()), editor.model().entries());
        // Dragged within.
        const std::unique_ptr<QMimeData> dragged(editor.model().mimeData({editor.model().index(3, 0)}));
        const QPoint top(20, view.table()->rowViewportPosition(0) + 2);
        QDragEnterEvent enter(top, Qt::CopyAction, dragged.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(view.table()->viewport(), &enter);
        QDropEvent drop(top, Qt::CopyAction, dragged.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(view.table()->viewport(), &drop);
        QCOMPARE(editor.model().entries().at(0), found.at(2));
        // A row of the playlist comes as its file.
        PlaylistModel playlist;
        playlist.setEntries(manyTracks(2));
        const std::unique_ptr<QMimeData> foreign(playlist.mimeData({playlist.index(1, 0)}));
        QDragEnterEvent again(top, Qt::CopyAction, foreign.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(view.table()->viewport(), &again);
        QDropEvent other(top, Qt::CopyAction, foreign.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(view.table()->viewport(), &other);
        QCOMPARE(fakeCalls().imports.constLast(), QStringList{playlist.entries().at(1).path});
        // Removed, and back.
        editor.remove({0, 1});
        QCOMPARE(editor.model().rowCount(), 2);
        undo.undo();
        QCOMPARE(editor.model().rowCount(), 4);
        // The rule is the settings' own.
        emit control.folderJinglesChanged(manyTracks(2));
        QVERIFY2(words().startsWith(u"6"_s) && words().contains(u"one every 4 songs"_s), qPrintable(words()));
        fakeCalls().applied.clear();
        view.findChild<QSpinBox *>(u"jingleSongs"_s)->setValue(3);
        view.findChild<QSpinBox *>(u"jingleMinutes"_s)->setValue(20);
        QCOMPARE(fakeCalls().applied.size(), 2);
        QCOMPARE(fakeCalls().applied.constLast().jingles.everySongs, 3);
        QCOMPARE(fakeCalls().applied.constLast().jingles.everyMinutes, 20);
        QVERIFY2(words().contains(u"one every 3 songs or 20 minutes"_s), qPrintable(words()));
        editor.setRule(0, 0);
        QVERIFY2(words().contains(u"never played"_s), qPrintable(words()));
    }

    void restoredRowsWithoutTagsAreReadAgain()
    {
        Desk desk;
        QList<PlaylistEntry> rows = manyTracks(3);
        rows[1].tagsRead = false;
        desk.editor.restore(rows);
        QCOMPARE(fakeCalls().tagReads, QList({QList({rows[1]})}));
        QCOMPARE(fakeCalls().playlists.size(), 1);
        QVERIFY(!desk.undo.canUndo());
    }
};

QTEST_MAIN(TestPlaylistView)
#include "tst_playlistview.moc"
