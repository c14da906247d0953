// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The real window with the real station behind it, driven as a newcomer would.
#include "core/playlist/library/demomusic.h"
#include "core/station/threadedstation.h"
#include "tests/support/slack.h"
#include "ui/listeners/listenersmodel.h"
#include "ui/listeners/listenersview.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/onairbar.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/settings/presetpreview.h"
#include "ui/settings/presetsmenu.h"
#include "ui/window/mainwindow.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCompleter>
#include <QDesktopServices>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

Settings anyPortSettings()
{
    Settings settings;
    settings.server.host = u"127.0.0.1"_s;
    settings.server.sourcePort = 0;
    settings.server.listenPort = 0;
    settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
    return settings;
}

} // namespace

/// The program as it starts for the first time: the real station, no music, no questions.
struct Newcomer {
    QTemporaryDir folder;
    QString music = folder.filePath(u"my music"_s);
    ThreadedStation control{{PortRule::AnyAllowed, folder.path(), false, true}};
    std::unique_ptr<MainWindow> window;
    bool isReady = false;

    Newcomer()
    {
        QSignalSpy applied(&control, &StationControl::settingsApplied);
        control.applySettings(anyPortSettings());
        isReady = installDemoMusic(music).value_or(0) == 4 && (applied.count() > 0 || applied.wait());
        window = std::make_unique<MainWindow>(control, folder.filePath(u"session.json"_s));
        window->show();
        window->activateWindow();
        isReady = isReady && QTest::qWaitForWindowExposed(window.get()) &&
                  test::waitUntil([] { return QApplication::focusWidget() != nullptr; });
    }
    ~Newcomer() { window->closeWithoutAsking(); }

    /// Can be pressed.
    static bool button(const QPushButton *each) { return each->isVisible() && each->isEnabled(); }
};

class TestFirstMinute : public QObject
{
    Q_OBJECT

    QList<QUrl> m_opened;

    /// The station is on, its lamp hears the programme, and whoever presses Listen gets to hear it.
    void hearsIt(Newcomer &newcomer, const QElapsedTimer &clock, const std::function<bool()> &pressListen)
    {
        m_opened.clear();
        StationControl &control = newcomer.control;
        QTRY_VERIFY(control.isOnAir());
        bool isPressed = false;
        QTRY_VERIFY(isPressed || (isPressed = pressListen()));
        const auto *said = newcomer.window->findChild<QLabel *>(u"listenState"_s);
        QVERIFY(said);
        QTRY_VERIFY_WITH_TIMEOUT(said->isVisible() && said->text().contains(u"No sound device"_s), 15'000);
        QTRY_COMPARE(m_opened.size(), 1);
        QCOMPARE(m_opened.first().toString(), control.lastStatus().addresses.pageUrl);
        QVERIFY(QApplication::activeModalWidget() == nullptr); // no dialog on the way
        QTRY_COMPARE_WITH_TIMEOUT(control.lastAudition().verdict, Audition::Verdict::Hears, 20'000);
        QVERIFY2(clock.elapsed() < 60'000, qPrintable(QString::number(clock.elapsed())));
        // The bar can be put away, and goes with the broadcast.
        newcomer.window->broadcast().goOffAir();
        QTRY_VERIFY(!said->isVisible());
    }

public slots:
    void catchUrl(const QUrl &url) { m_opened.append(url); }

private slots:
    void initTestCase()
    {
        ThemeKeeper::install(*qApp);
        // No sound system, wherever this runs: Listen says so, and opens the web page.
        qputenv("PULSE_SERVER", "unix:/nonexistent/sound");
        QDesktopServices::setUrlHandler(u"http"_s, this, "catchUrl");
    }

    void cleanupTestCase() { QDesktopServices::unsetUrlHandler(u"http"_s); }

    // A newcomer with a mouse: drop, Go on air, Listen. Three actions, no dialog, sound within a minute.
    void threeActionsByMouse()
    {
        Newcomer newcomer;
        QVERIFY(newcomer.isReady);
        MainWindow &window = *newcomer.window;
        QElapsedTimer clock;
        clock.start();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(newcomer.music)});
        QDragEnterEvent enter({200, 400}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &enter);
        QDropEvent drop({200, 400}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &drop); // one
        QTRY_VERIFY(newcomer.button(window.onAirBar()->airButton()));
        QTest::mouseClick(window.onAirBar()->airButton(), Qt::LeftButton); // two
        hearsIt(newcomer, clock, [&] {
            QPushButton *listen = nullptr;
            for (QPushButton *each : window.onAirBar()->findChildren<QPushButton *>()) {
                if (each->text() == u"Listen"_s || each->accessibleName() == u"Listen"_s)
                    listen = each;
            }
            return listen && newcomer.button(listen) &&
                   (QTest::mouseClick(listen, Qt::LeftButton), true); // three
        });
    }

    // The same with no mouse at all, by the keys that the menus show.
    void threeActionsByKeyboard()
    {
        Newcomer newcomer;
        QVERIFY(newcomer.isReady);
        MainWindow &window = *newcomer.window;
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_O,
                        Qt::ControlModifier | Qt::ShiftModifier); // one
        QTRY_VERIFY(window.findChild<QFileDialog *>() && window.findChild<QFileDialog *>()->isVisible());
        auto *dialog = window.findChild<QFileDialog *>();
        auto *name = dialog->findChild<QLineEdit *>(u"fileNameEdit"_s);
        QVERIFY(name);
        name->selectAll();
        // Letter by letter the dialog would complete it in its own way.
        QGuiApplication::clipboard()->setText(newcomer.music);
        QTest::keySequence(name, QKeySequence::Paste);
        if (name->completer() && name->completer()->popup()->isVisible())
            QTest::keyClick(name->completer()->popup(), Qt::Key_Escape);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(window.editor().model().rowCount(), 4);
        QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
        window.activateWindow();
        QTRY_VERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_B, Qt::ControlModifier); // two
        hearsIt(newcomer, clock, [&] {
            return window.broadcast().listen()->isEnabled() && QApplication::focusWidget() &&
                   (QTest::keyClick(QApplication::focusWidget(), Qt::Key_L,
                                    Qt::ControlModifier | Qt::ShiftModifier),
                    true); // three
        });
    }

    void dropGoOnAirListenPresetUndo()
    {
        QTemporaryDir folder;
        const QString music = folder.filePath(u"music"_s);
        QCOMPARE(installDemoMusic(music).value_or(0), 4);

        ThreadedStation control({PortRule::AnyAllowed, folder.path(), false});
        QSignalSpy applied(&control, &StationControl::settingsApplied);
        control.applySettings(anyPortSettings());
        QTRY_COMPARE(applied.count(), 1);
        MainWindow window(control, folder.filePath(u"session.json"_s));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));

        // One: the folder is dropped on the window; rows, then tags.
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(music)});
        QDragEnterEvent enter({200, 400}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({200, 400}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &drop);
        const QAbstractItemModel &rows = window.editor().model();
        QTRY_COMPARE(rows.rowCount(), 4);
        QTRY_COMPARE(rows.index(0, 0).data().toString(), u"First Snow"_s);

        // Two: Go on air.
        QTest::mouseClick(window.onAirBar()->airButton(), Qt::LeftButton);
        QTRY_VERIFY(control.isOnAir());
        QTRY_COMPARE(control.lastStatus().heard, ProgrammeKind::Playlist);
        QTRY_COMPARE_GT(control.lastStatus().buffer.fillPercent, 20.0);

        // Three: somebody listens; the table shows him and his bytes grow.
        QTcpSocket listener;
        listener.connectToHost(u"127.0.0.1"_s,
                               static_cast<quint16>(control.lastStatus().addresses.listenPort));
        listener.write("GET /stream HTTP/1.1\r\nHost: x\r\nUser-Agent: VLC/3.0.20 LibVLC/3.0.20\r\n\r\n");
        const auto *table = window.findChild<QTableView *>(u"listenersTable"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QCOMPARE(table->model()->index(0, ListenersModel::Player).data().toString(), u"VLC 3.0.20"_s);
        const auto bytesSent = [&] {
            return table->model()
                ->index(0, ListenersModel::BytesSent)
                .data()
                .toString()
                .remove(QLocale().groupSeparator())
                .toLongLong();
        };
        QTRY_VERIFY(bytesSent() > 40'000);
        const qint64 before = bytesSent();
        QTRY_VERIFY(bytesSent() > before);
        QTRY_VERIFY(listener.bytesAvailable() > 40'000);

        // A preset: preview, apply, undo. The listener stays.
        auto *presetsMenu = window.findChild<PresetsMenu *>();
        QVERIFY(presetsMenu);
        presetsMenu->actionFor(u"low-latency-dj"_s)->trigger();
        QTRY_VERIFY(window.findChild<PresetPreview *>());
        QPushButton *apply = nullptr;
        for (QPushButton *button : window.findChild<PresetPreview *>()->findChildren<QPushButton *>()) {
            if (button->isDefault())
                apply = button;
        }
        QVERIFY(apply);
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(control.settings().broadcaster.chunkSize, 4096);
        QCOMPARE(control.settings().buffer.sizeMb, 5);
        for (QAction *action : window.findChildren<QAction *>()) {
            if (action->shortcut() == QKeySequence(QKeySequence::Undo))
                action->trigger();
        }
        QTRY_COMPARE(control.settings().broadcaster.chunkSize, 16384);
        QCOMPARE(control.settings().buffer.sizeMb, 20);
        QCOMPARE(listener.state(), QAbstractSocket::ConnectedState);
        QCOMPARE(control.lastStatus().listeners, 1);

        const QPixmap picture = window.grab();
        QVERIFY(picture.save(folder.filePath(u"window.png"_s)));
        QVERIFY(picture.width() >= 1000);
        if (const QString kept = qEnvironmentVariable("CYCAST_SCREENSHOTS"); !kept.isEmpty())
            QVERIFY(picture.save(kept + u"/first-minute.png"_s));
        window.closeWithoutAsking();
    }

    // The next start: playlist, track and place are there again.
    void theNextStartGoesOn()
    {
        QTemporaryDir folder;
        const QString music = folder.filePath(u"music"_s);
        QCOMPARE(installDemoMusic(music).value_or(0), 4);
        const QString session = folder.filePath(u"session.json"_s);
        {
            ThreadedStation control({PortRule::AnyAllowed, folder.path(), false});
            QSignalSpy applied(&control, &StationControl::settingsApplied);
            control.applySettings(anyPortSettings());
            QTRY_COMPARE(applied.count(), 1);
            MainWindow window(control, session);
            window.show();
            window.openPaths({music});
            QTRY_COMPARE(window.editor().model().rowCount(), 4);
            window.goOnAir();
            QTRY_VERIFY(control.isOnAir());
            const quint64 third = window.editor().model().entries().at(2).id;
            control.playFrom(third, 5000);
            QTRY_COMPARE_WITH_TIMEOUT(control.lastStatus().current.entryId, third, 20'000);
            window.closeWithoutAsking();
        }
        ThreadedStation control({PortRule::AnyAllowed, folder.path(), false});
        QSignalSpy applied(&control, &StationControl::settingsApplied);
        control.applySettings(anyPortSettings());
        QTRY_COMPARE(applied.count(), 1);
        MainWindow window(control, session);
        window.show();
        QCOMPARE(window.editor().model().rowCount(), 4);
        window.goOnAir();
        QTRY_VERIFY(control.isOnAir());
        const quint64 third = window.editor().model().entries().at(2).id;
        QTRY_COMPARE(control.lastStatus().current.entryId, third);
        QVERIFY(control.lastStatus().positionMs >= 4000);
        window.closeWithoutAsking();
    }

    // Another language is another window: the station plays on beneath it, at the same place.
    void anotherLanguageWhileOnTheAir()
    {
        QTemporaryDir folder;
        const QString music = folder.filePath(u"music"_s);
        QCOMPARE(installDemoMusic(music).value_or(0), 4);
        const QString session = folder.filePath(u"session.json"_s);
        ThreadedStation control({PortRule::AnyAllowed, folder.path(), false});
        QSignalSpy applied(&control, &StationControl::settingsApplied);
        control.applySettings(anyPortSettings());
        QTRY_COMPARE(applied.count(), 1);
        auto english = std::make_unique<MainWindow>(control, session);
        english->show();
        english->openPaths({music});
        QTRY_COMPARE(english->editor().model().rowCount(), 4);
        english->goOnAir();
        QTRY_VERIFY(control.isOnAir());
        QTcpSocket listener;
        listener.connectToHost(u"127.0.0.1"_s,
                               static_cast<quint16>(control.lastStatus().addresses.listenPort));
        listener.write("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_COMPARE_GT(control.lastStatus().positionMs, 1'500);
        const quint64 playing = control.lastStatus().current.entryId;
        const qint64 position = control.lastStatus().positionMs;
        QSignalSpy events(&control, &StationControl::eventHappened);

        const HandOver taken = english->handOver();
        english.reset();
        language::install(u"de"_s);
        MainWindow german(control, session, taken);
        german.show();
        QCOMPARE(german.editor().model().rowCount(), 4);
        QCOMPARE(german.broadcast().air()->text(), u"Sendung &beenden"_s);
        QVERIFY(!german.broadcast().addresses().streamUrl.isEmpty());
        QTRY_COMPARE_GT(control.lastStatus().positionMs, position + 1'000);
        QCOMPARE(control.lastStatus().current.entryId, playing);
        QCOMPARE(listener.state(), QAbstractSocket::ConnectedState);
        QCOMPARE(events.count(), 0);
        QTRY_COMPARE(german.findChild<QTableView *>(u"listenersTable"_s)->model()->rowCount(), 1);
        german.closeWithoutAsking();
        language::install(u"en"_s);
    }
};

QTEST_MAIN(TestFirstMinute)
#include "tst_firstminute.moc"
