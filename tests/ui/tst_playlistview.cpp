// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exampledata.h"
#include "fakestationcontrol.h"

#include "ui/elidedlabel.h"
#include "ui/playlisteditor.h"
#include "ui/playlistmime.h"
#include "ui/playlisttable.h"
#include "ui/playlistview.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDropEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

struct Desk {
    StationControl control;
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

QStringList titles(const QList<PlaylistEntry> &entries)
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
        emit desk.control.importFinished(1, 0, {u"/gone is not there"_s, u"line 3: no file"_s});
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
        emit desk.control.entryProblem(desk.model().entries().at(2).id, u"The file is empty"_s);
        emit desk.control.entryProblem(desk.model().entries().at(6).id, u"No music in it"_s);
        QVERIFY(link->isVisible());
        QCOMPARE(link->text(), u"2 need attention"_s);
        desk.view.actions().selectProblems->trigger();
        QCOMPARE(desk.view.selectedRows(), QList({2, 6}));
        emit desk.control.entryProblem(desk.model().entries().at(2).id, {});
        QCOMPARE(link->text(), u"1 needs attention"_s);
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
