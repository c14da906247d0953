// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakestation.h"
#include "ui/buffer/buffercard.h"
#include "ui/buffer/bufferchart.h"
#include "ui/listeners/listenersview.h"
#include "ui/log/logdock.h"
#include "ui/log/logmodel.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

StationStatus onAir(double fill)
{
    StationStatus status;
    status.state = AirState::OnAir;
    status.heard = ProgrammeKind::Playlist;
    status.current.entryId = 1;
    status.bitrateKbps = 128;
    status.buffer.capacity = 20 << 20;
    status.buffer.available = static_cast<qint64>(fill / 100.0 * (20 << 20));
    status.buffer.fillPercent = fill;
    status.buffer.aheadSeconds = static_cast<double>(status.buffer.available) / 16'000.0;
    status.outBytesPerSecond = 668'000.0;
    status.listeners = 42;
    status.stalledListeners = 1;
    return status;
}

bool says(const QWidget &widget, const QString &text)
{
    for (QLabel *label : widget.findChildren<QLabel *>()) {
        if (!label->isHidden() && label->text().contains(text))
            return true;
    }
    return false;
}

LogEntry line(const QString &text, LogEntry::Level level = LogEntry::Level::Info)
{
    return {level, QDateTime::currentDateTime(), u"source"_s, text};
}

QString unnamed(const QWidget &root)
{
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() ||
            !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) ||
            widget->objectName().startsWith(u"qt_"_s))
            continue;
        return QString::fromLatin1(widget->metaObject()->className());
    }
    return {};
}

} // namespace

class TestCards : public QObject
{
    Q_OBJECT

private slots:
    void init() { fakeCalls().clear(); }
    void verdictAndFigures();
    void offAirSaysSo();
    void theChartSaysWhatItShows();
    void eventsAreFlags();
    void joinsAndLeavesAreFlags();
    void nothingIsDrawnWhileHidden();
    void listenersAreWatchedOnlyWhileShown();
    void listenersAreRemovedAndCopied();
    void theLogIsBounded();
    void theLogFiltersAndFollows();
    void theLogTellsOfVerbose();
    void everyControlHasAName();
};

void TestCards::verdictAndFigures()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    BufferCard card(control);
    emit control.statusChanged(onAir(25.5));
    QVERIFY(says(card, u"Healthy"_s));
    QVERIFY(says(card, u"25.5 %  ·  5.1 of 20 MB  ·  5 min 34 s ahead"_s));
    emit control.statusChanged(onAir(2.0));
    QVERIFY(!says(card, u"Healthy"_s));
}

void TestCards::offAirSaysSo()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    BufferCard card(control);
    QVERIFY(says(card, u"Off air"_s));
    emit control.statusChanged(onAir(25.0));
    QVERIFY(!says(card, u"Off air"_s));
    emit control.statusChanged(StationStatus());
    QVERIFY(says(card, u"Off air"_s));
    // The curve ends at nothing instead of standing at 25 %.
    QCOMPARE(card.history().last()->fillPercent, 0.0);
}

void TestCards::theChartSaysWhatItShows()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    BufferCard card(control);
    emit control.statusChanged(onAir(25.0));
    const QString text = card.summary();
    QVERIFY2(text.contains(u"healthy"_s) && text.contains(u"25.0 %"_s) && text.contains(u"steady"_s),
             qPrintable(text));
    QVERIFY(!card.chart()->accessibleDescription().isEmpty());
    emit control.statusChanged(onAir(75.0));
    QVERIFY(card.summary().contains(u"swinging by 50 points"_s));
}

void TestCards::eventsAreFlags()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    BufferCard card(control);
    card.resize(600, 300);
    card.show();
    emit control.statusChanged(onAir(25.0));
    emit control.eventHappened(
        {StationEvent::Kind::Skip, QDateTime::currentDateTime(), Sentence(u"Skipped <b>now</b>"_s)});
    QCOMPARE(card.chart()->flagCount(), 1);
    // Somewhere at the right edge the flag can be pointed at.
    QString found;
    for (int y = 0; y < card.chart()->height() && found.isEmpty(); y += 4) {
        for (int x = card.chart()->width() - 60; x < card.chart()->width() && found.isEmpty(); x += 4)
            found = card.chart()->flagTextAt({x, y});
    }
    QCOMPARE(found, u"Skipped <b>now</b>"_s);
    QVERIFY(card.summary().contains(u"Skipped"_s));
}

void TestCards::joinsAndLeavesAreFlags()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    BufferCard card(control);
    card.resize(600, 300);
    card.show();
    emit control.statusChanged(onAir(25.0));
    const QDateTime now = QDateTime::currentDateTime();
    ListenersUpdate first;
    first.complete = true;
    // Here since before this window looked: no news.
    first.joined.append({1, u"192.0.2.1"_s, u"VLC"_s, u"HTTP/1.1"_s, now.addSecs(-3600)});
    emit control.listenersChanged(first);
    QCOMPARE(card.history().movements(BufferHistory::Span::Day, 1'000'000).size(), 0);
    ListenersUpdate next;
    for (quint64 id = 2; id < 14; ++id)
        next.joined.append({id, u"192.0.2.2"_s, u"VLC"_s, u"HTTP/1.1"_s, now});
    for (quint64 id = 2; id < 5; ++id)
        next.left.append({id, 1'000, Sentence(u"disconnected"_s)});
    emit control.listenersChanged(next);
    card.chart()->setView(BufferChart::View::Traffic);
    card.hide();
    card.show(); // draws
    QCOMPARE(card.chart()->movementCount(), 1);
    QString found;
    for (int y = card.chart()->height() - 1; y > 0 && found.isEmpty(); y -= 3) {
        for (int x = 0; x < card.chart()->width() && found.isEmpty(); x += 3)
            found = card.chart()->flagTextAt({x, y});
    }
    QVERIFY2(found.startsWith(u"12 joined, 3 left ("_s), qPrintable(found));
    card.chart()->setView(BufferChart::View::Fill);
    QVERIFY2(card.summary().contains(u"12 joined, 3 left"_s), qPrintable(card.summary()));
    QTemporaryDir folder;
    const QString table = folder.filePath(u"chart.csv"_s);
    card.saveTable(table);
    QFile file(table);
    QTRY_VERIFY(file.exists());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("\"12 joined, 3 left\""));
    // Nobody looked for a while: who came and went meanwhile is told by the station's memory.
    ListenersUpdate again;
    again.complete = true;
    ListenerGone gone{20, 5'000, Sentence(u"disconnected"_s)};
    gone.leftAt = QDateTime::currentDateTime().addMSecs(1);
    gone.info = {20, u"192.0.2.9"_s, u"VLC"_s, u"HTTP/1.1"_s, gone.leftAt};
    again.left.append(gone);
    emit control.listenersChanged(again);
    QVERIFY2(card.summary().contains(u"13 joined, 4 left"_s), qPrintable(card.summary()));
}

void TestCards::nothingIsDrawnWhileHidden()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    BufferCard card(control);
    emit control.statusChanged(onAir(25.0));
    emit control.eventHappened(
        {StationEvent::Kind::Skip, QDateTime::currentDateTime(), Sentence(u"Skipped"_s)});
    QCOMPARE(card.chart()->flagCount(), 0);
    QVERIFY(!card.history().isEmpty());
    card.show();
    QCOMPARE(card.chart()->flagCount(), 1);
}

void TestCards::listenersAreWatchedOnlyWhileShown()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    ListenersView view(control);
    QVERIFY(fakeCalls().watched.isEmpty());
    view.show();
    QCOMPARE(fakeCalls().watched, QList<bool>{true});
    view.hide();
    QCOMPARE(fakeCalls().watched, (QList<bool>{true, false}));
    emit control.statusChanged(onAir(25.0));
    QVERIFY(says(view, u"668 kB/s out  ·  1 stalled"_s));
    QVERIFY(says(view, u"Nobody is listening yet."_s));
}

void TestCards::listenersAreRemovedAndCopied()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    ListenersView view(control);
    view.resize(800, 300);
    view.show();
    ListenersUpdate update;
    for (quint64 id = 1; id <= 3; ++id)
        update.joined.append(
            {id, u"10.0.0.%1"_s.arg(id), u"mpv 0.37"_s, u"HTTP/1.1"_s, QDateTime::currentDateTime()});
    emit control.listenersChanged(update);
    auto *table = view.findChild<QTableView *>(u"listenersTable"_s);
    QVERIFY(table->isVisible());
    table->selectRow(1);
    QAction *remove = nullptr;
    for (QAction *action : table->actions()) {
        if (action->text().contains(u"Copy"_s))
            action->trigger();
        else
            remove = action;
    }
    QCOMPARE(QGuiApplication::clipboard()->text(), u"10.0.0.2"_s);
    remove->trigger();
    QCOMPARE(fakeCalls().droppedListeners, QList<quint64>{2});
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(fakeCalls().droppedListeners, (QList<quint64>{2, 1}));
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"10.0.0.1"_s);
    // The filter hides the rest, and says so when nobody is left.
    view.findChild<QLineEdit *>()->setText(u"10.0.0.3"_s);
    QCOMPARE(table->model()->rowCount(), 1);
    view.findChild<QLineEdit *>()->setText(u"nobody"_s);
    QVERIFY(says(view, u"No listener matches"_s));
    emit control.offAir();
    view.findChild<QLineEdit *>()->clear();
    QVERIFY(says(view, u"Nobody is listening yet."_s));
}

void TestCards::theLogIsBounded()
{
    LogDock dock;
    for (int i = 0; i < 50'000; ++i)
        dock.append(line(u"hidden %1"_s.arg(i)));
    QCOMPARE(dock.shownCount(), 0); // nothing is shown while nobody looks
    dock.show();
    QCOMPARE(dock.shownCount(), LogDock::lineLimit);
    for (int i = 0; i < 3'000; ++i)
        dock.append(line(u"shown %1"_s.arg(i)));
    auto *list = dock.findChild<QTreeView *>();
    const auto last = [list] {
        return list->model()->index(list->model()->rowCount() - 1, LogModel::Text).data().toString();
    };
    QTRY_COMPARE(last(), u"shown 2999"_s);
    QCOMPARE(dock.shownCount(), LogDock::lineLimit);
    QCOMPARE(list->model()->index(0, LogModel::Text).data().toString(), u"hidden 43000"_s);

    LogModel model(10);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({line(u"a"_s), line(u"b"_s)});
    model.append(QList<LogEntry>(25, line(u"c\nd"_s)));
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(model.index(0, LogModel::Text).data().toString(), u"c d"_s);
}

void TestCards::theLogFiltersAndFollows()
{
    LogDock dock;
    dock.resize(600, 200);
    dock.show();
    for (int i = 0; i < 200; ++i)
        dock.append(
            line(u"number %1"_s.arg(i), i % 10 == 0 ? LogEntry::Level::Error : LogEntry::Level::Debug));
    QTRY_COMPARE(dock.shownCount(), 200);
    auto *list = dock.findChild<QTreeView *>();
    QScrollBar *bar = list->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0 && bar->value() == bar->maximum());
    // Scrolled up to read: it stays there.
    bar->setValue(3);
    dock.append(line(u"another"_s));
    QTRY_COMPARE(dock.shownCount(), 201);
    QCOMPARE(bar->value(), 3);

    auto *level = dock.findChild<QComboBox *>();
    level->setCurrentIndex(level->count() - 1);
    QCOMPARE(dock.shownCount(), 20);
    dock.findChild<QLineEdit *>()->setText(u"NUMBER 1"_s);
    QCOMPARE(dock.shownCount(), 11);
    for (QAbstractButton *button : dock.findChildren<QAbstractButton *>()) {
        if (button->text() == u"&Copy"_s)
            button->click();
    }
    QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 10);
    for (QAbstractButton *button : dock.findChildren<QAbstractButton *>()) {
        if (button->text() == u"C&lear"_s)
            button->click();
    }
    QCOMPARE(dock.shownCount(), 0);
}

void TestCards::theLogTellsOfVerbose()
{
    LogDock dock;
    QSignalSpy toggled(&dock, &LogDock::verboseToggled);
    dock.setVerbose(true);
    QCOMPARE(toggled.count(), 0);
    for (QAbstractButton *button : dock.findChildren<QAbstractButton *>()) {
        if (button->text() == u"&Verbose"_s) {
            QVERIFY(button->isChecked());
            button->click();
        }
    }
    QCOMPARE(toggled.count(), 1);
    QCOMPARE(toggled.first().first().toBool(), false);
}

void TestCards::everyControlHasAName()
{
    FakeStation control{FakeStation::Answers::AtOnce};
    BufferCard card(control);
    ListenersView view(control);
    LogDock dock;
    QCOMPARE(unnamed(card), QString());
    QCOMPARE(unnamed(view), QString());
    QCOMPARE(unnamed(dock), QString());
}

QTEST_MAIN(TestCards)
#include "tst_buffercard.moc"
