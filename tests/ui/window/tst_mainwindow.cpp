// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exampledata.h"
#include "fakestation.h"

#include "tests/support/written.h"
#include "ui/look/theme.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/onairbar.h"
#include "ui/playlist/jingleeditor.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/playlist/playlisttable.h"
#include "ui/playlist/playlistview.h"
#include "ui/window/mainwindow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDesktopServices>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

class TestMainWindow : public QObject
{
    Q_OBJECT

public slots:
    void rememberUrl(const QUrl &url) { m_opened.append(url); }

private slots:
    void initTestCase()
    {
        ThemeKeeper::install(*qApp);
        qputenv("PULSE_SERVER", "unix:/nonexistent/sound");
        QDesktopServices::setUrlHandler(u"http"_s, this, "rememberUrl");
    }

    void cleanupTestCase() { QDesktopServices::unsetUrlHandler(u"http"_s); }

    void init() { fakeCalls().clear(); }

    /// Drop, Go on air, Listen: three actions, no dialog in between.
    void theFirstMinute()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, {});
        window.show();
        QVERIFY(window.isPlaylistEmpty());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(u"/music"_s)});
        QDragEnterEvent enter({600, 400}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({600, 400}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &drop);
        const QList<PlaylistEntry> tracks = exampleTracks();
        emit control.filesFound(1, tracks);
        emit control.importFinished(1, 12, {});
        QTRY_COMPARE(fakeCalls().playlists.size(), 2); // the empty one at the start, and this
        QCOMPARE(fakeCalls().playlists.last(), tracks);

        QTest::mouseClick(window.onAirBar()->airButton(), Qt::LeftButton);
        QCOMPARE(fakeCalls().count(u"goOnAir"_s), 1);
        const StationStatus status = exampleStatus(tracks[0].track, tracks[1].track);
        emit control.onAir(status.addresses);
        emit control.statusChanged(status);
        QVERIFY(window.windowTitle().startsWith(u"ON AIR"_s));

        window.broadcast().listen()->trigger();
        // Without a sound device: the page.
        QTRY_COMPARE(m_opened, QList({QUrl(u"http://192.168.1.20:8001/"_s)}));
        QVERIFY(QApplication::activeModalWidget() == nullptr);
        QCOMPARE(window.editor().model().playing(), tracks[0].id);
    }

    void everyControlHasAName()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, {});
        window.editor().restore(exampleTracks());
        window.show();
        emit control.onAir(exampleStatus({}, {}).addresses);
        window.broadcast().share()->trigger();
        QStringList nameless;
        const QList<QWidget *> widgets = window.findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            const bool isControl = qobject_cast<const QAbstractButton *>(widget) != nullptr ||
                                   qobject_cast<const QLineEdit *>(widget) != nullptr ||
                                   qobject_cast<const QComboBox *>(widget) != nullptr ||
                                   qobject_cast<const QAbstractSpinBox *>(widget) != nullptr ||
                                   qobject_cast<const QAbstractItemView *>(widget) != nullptr ||
                                   qobject_cast<const QAbstractSlider *>(widget) != nullptr;
            const bool isPartOfAnother =
                widget->objectName().startsWith(u"qt_"_s) ||
                qobject_cast<const QScrollBar *>(widget) != nullptr || widget->inherits("QHeaderView") ||
                widget->inherits("QTableCornerButton") ||
                qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()) != nullptr ||
                qobject_cast<const QLineEdit *>(widget->parentWidget()) != nullptr ||
                widget->inherits("QComboBoxListView") || widget->inherits("QDockWidgetTitleButton");
            if (!isControl || isPartOfAnother)
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool hasWords = button != nullptr && !button->text().isEmpty();
            if (widget->accessibleName().isEmpty() && !hasWords)
                nameless.append(QString::fromLatin1(widget->metaObject()->className()) + u' ' +
                                widget->objectName());
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
    }

    void everyMenuEntryThatActsHasAKeyAndNoKeyIsTakenTwice()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, {});
        QHash<QString, QString> taken;
        const QList<QAction *> actions = window.findChildren<QAction *>();
        for (const QAction *action : actions) {
            const QString key = action->shortcut().toString();
            if (key.isEmpty())
                continue;
            // Keys of one widget (Del in the playlist, Del in the listeners) may be the same.
            QVERIFY2(action->shortcutContext() != Qt::WindowShortcut || !taken.contains(key),
                     qPrintable(key + u": "_s + taken.value(key) + u" and "_s + action->text()));
            taken.insert(key, action->text());
        }
        for (const QString &key : {u"Ctrl+O"_s, u"Ctrl+Z"_s, u"Ctrl+F"_s, u"Ctrl+B"_s, u"Ctrl+,"_s, u"F6"_s,
                                   u"Shift+F6"_s, u"F11"_s, u"Del"_s, u"Ctrl+Q"_s, u"F1"_s})
            QVERIFY2(taken.contains(key), qPrintable(key));
    }

    void f6WalksThePanes()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, {});
        window.editor().restore(exampleTracks());
        window.show();
        QApplication::setActiveWindow(&window);
        window.playlistView()->table()->setFocus();
        QTest::keyClick(&window, Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(window.onAirBar()->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(&window, Qt::Key_F6);
        QCOMPARE(QApplication::focusWidget(), window.playlistView()->table()); // back to where it was
    }

    void theKeyboardStaysWhereItWasWhileStarting()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, {});
        window.show();
        QApplication::setActiveWindow(&window);
        window.onAirBar()->airButton()->setFocus();
        QTest::keyClick(window.onAirBar()->airButton(), Qt::Key_Space);
        QCOMPARE(fakeCalls().count(u"goOnAir"_s), 1);
        QCOMPARE(QApplication::focusWidget(), window.onAirBar()->airButton());
    }

    void closingOnTheAirAsksOnce()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, {});
        window.show();
        window.close();
        QVERIFY(!window.isVisible()); // off the air: no question
        window.show();
        emit control.statusChanged(exampleStatus({}, {}));
        window.close();
        QVERIFY(window.isVisible());
        auto *box = window.findChild<QMessageBox *>(u"closeQuestion"_s);
        QVERIFY(box != nullptr);
        for (QAbstractButton *button : box->buttons()) {
            if (box->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
        QVERIFY(!window.isVisible());
        QCOMPARE(fakeCalls().count(u"goOffAir"_s), 1);
    }

    void goingOffAirWithListenersAsks()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, {});
        window.show();
        emit control.statusChanged(exampleStatus({}, {}));
        window.broadcast().air()->trigger();
        auto *box = window.findChild<QMessageBox *>(u"offAirQuestion"_s);
        QVERIFY(box != nullptr);
        QVERIFY(box->text().contains(u"42"_s));
        box->reject();
        QCOMPARE(fakeCalls().count(u"goOffAir"_s), 0);
        QCOMPARE(window.broadcast().phase(), BroadcastActions::Phase::On);
    }

    void theNextStartFindsListTrackAndPosition()
    {
        const QTemporaryDir folder;
        const QString session = folder.filePath(u"session.json"_s);
        {
            FakeStation control{FakeStation::Answers::AtOnce};
            MainWindow window(control, session);
            window.resize(1111, 777);
            window.show();
            window.editor().importPaths({u"/music"_s});
            emit control.filesFound(1, exampleTracks());
            const TrackInfo heard = window.editor().model().entries().at(4).track;
            emit control.statusChanged(exampleStatus(heard, {}));
            emit control.statusChanged({});
            window.close();
        }
        QVERIFY(test::everythingIsWritten());
        fakeCalls().clear();
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, session);
        QCOMPARE(window.editor().model().rowCount(), 12);
        QCOMPARE(window.size(), QSize(1111, 777));
        QCOMPARE(fakeCalls().names.mid(0, 3),
                 QStringList({u"setPlaylist"_s, u"lookForFiles"_s, u"playFrom"_s}));
        QCOMPARE(fakeCalls().playedFrom, QList({window.editor().model().entries().at(4).id}));
        QCOMPARE(fakeCalls().playedFromMs, QList<qint64>({116'000}));
        QVERIFY(!window.isPlaylistEmpty());
    }

    /// Another language while a large folder is being added: the new window gets the rest, at the same place.
    void theNextWindowGetsTheRestOfAnImport()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        auto english = std::make_unique<MainWindow>(control, QString());
        const QList<PlaylistEntry> tracks = exampleTracks();
        english->editor().restore(tracks.mid(0, 2));
        english->editor().importPaths({u"/music"_s}, 1);
        const int request = static_cast<int>(fakeCalls().imports.size());
        emit control.filesFound(request, tracks.mid(2, 3));
        const HandOver taken = english->handOver();
        english.reset();
        MainWindow german(control, {}, taken);
        QVERIFY(german.editor().isImporting());
        emit control.filesFound(request, tracks.mid(5, 3));
        emit control.importFinished(request, 6, {});
        QVERIFY(!german.editor().isImporting());
        QStringList order;
        for (const PlaylistEntry &entry : german.editor().model().entries())
            order.append(entry.path);
        QList<PlaylistEntry> wanted = tracks.mid(0, 1) + tracks.mid(2, 6) + tracks.mid(1, 1);
        QCOMPARE(order.size(), wanted.size());
        for (qsizetype i = 0; i < wanted.size(); ++i)
            QCOMPARE(order.at(i), wanted.at(i).path);
    }

    /// The second list likewise.
    void theNextWindowGetsTheRestOfTheJingles()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        auto english = std::make_unique<MainWindow>(control, QString());
        english->findChild<JingleEditor *>()->importPaths({u"/jingles"_s});
        const HandOver taken = english->handOver();
        english.reset();
        MainWindow german(control, {}, taken);
        emit control.filesFound(1, manyTracks(3));
        emit control.importFinished(1, 3, {});
        QCOMPARE(german.findChild<JingleEditor *>()->model().rowCount(), 3);
        QCOMPARE(german.editor().model().rowCount(), 0);
    }

    void aLogLineReachesTheDock()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, {});
        QSignalSpy logged(&window, &MainWindow::logged);
        window.appendLog({LogEntry::Level::Info, QDateTime::currentDateTime(), u"station"_s, u"hello"_s});
        QCOMPARE(logged.count(), 1);
    }

    /// With a long list and many listeners a status is shown within a frame.
    void aBusyStationLeavesTheWindowSmooth()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, {});
        window.editor().restore(manyTracks(100'000));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        StationStatus status = exampleStatus(window.editor().model().entries().at(99'000).track, {});
        emit control.statusChanged(status);
        qint64 best = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 20; ++i) {
            status.positionMs += 250;
            status.listeners = 10'000 + i;
            QElapsedTimer timer;
            timer.start();
            emit control.statusChanged(status);
            QCoreApplication::processEvents();
            best = std::min(best, timer.elapsed());
        }
        QVERIFY2(best < 50, qPrintable(QString::number(best)));
    }

private:
    QList<QUrl> m_opened;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
