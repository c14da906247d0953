// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/leftmodel.h"
#include "ui/listeners/listenersfilter.h"
#include "ui/listeners/listenersmodel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

const QDateTime start = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000);
const qint64 startMs = start.toMSecsSinceEpoch();

ListenerInfo info(quint64 id, const QString &player = u"VLC 3.0.20"_s)
{
    return {id, u"192.168.1.%1"_s.arg(id % 250), player, u"HTTP/1.1+ICY"_s, start};
}

ListenerFigures figures(quint64 id, qint64 bytes, bool active = true, quint32 skips = 0)
{
    return {id, bytes, static_cast<float>(id % 7), skips, active};
}

ListenersUpdate joined(QList<quint64> ids)
{
    ListenersUpdate update;
    for (const quint64 id : ids)
        update.joined.append(info(id));
    return update;
}

QList<quint64> ids(const QAbstractItemModel &model)
{
    QList<quint64> result;
    for (int row = 0; row < model.rowCount(); ++row)
        result.append(model.index(row, 0).data(ListenersModel::IdRole).toULongLong());
    return result;
}

QString shown(const ListenersModel &model, int row, ListenersModel::Column column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestListenersModel : public QObject
{
    Q_OBJECT

private slots:
    void joinLeaveAndFigures();
    void removalsGoInContiguousSpans();
    void manyScatteredRemovalsKeepTheRest();
    void aCompleteTableKeepsTheRowsThatStay();
    void selectionAndPlaceSurvive();
    void rateIsMeasuredAfterTheBurst();
    void stateIsAWordWithAReason();
    void hostileTextsStayText();
    void sortsByRawValues();
    void filterFindsWordsInAnyOrder();
    void whoLeftAndWhy();
    void tenThousandListenersAreSmooth();
};

void TestListenersModel::joinLeaveAndFigures()
{
    ListenersModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ListenersUpdate update = joined({1, 2, 3});
    update.figures = {figures(1, 65'536), figures(2, 40'123'456), figures(3, 3), figures(99, 7)};
    model.apply(update, startMs + 3'661'000);
    QCOMPARE(ids(model), (QList<quint64>{1, 2, 3}));
    QCOMPARE(shown(model, 1, ListenersModel::BytesSent), u"40,123,456"_s);
    QCOMPARE(shown(model, 1, ListenersModel::Connected), u"1:01:01"_s);
    QCOMPARE(shown(model, 1, ListenersModel::State), u"OK"_s);

    // Joined and gone within one update, and one that nobody knew: no row, no trouble.
    ListenersUpdate next = joined({4, 5});
    next.left = {{2, 1, {}}, {5, 1, {}}, {77, 1, {}}};
    model.apply(next, startMs);
    QCOMPARE(ids(model), (QList<quint64>{1, 3, 4}));

    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    ListenersUpdate numbers;
    numbers.figures = {figures(4, 10), figures(1, 20), figures(3, 30)};
    model.apply(numbers, startMs + 250);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 0);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 2);
    QCOMPARE(model.index(2, ListenersModel::BytesSent).data(ListenersModel::SortRole).toLongLong(), 10);
}

void TestListenersModel::removalsGoInContiguousSpans()
{
    ListenersModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.apply(joined({1, 2, 3, 4, 5, 6, 7, 8}), startMs);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    ListenersUpdate update;
    for (const quint64 id : {7, 2, 3, 4, 8, 3})
        update.left.append({id, 0, Sentence(u"disconnected"_s)});
    model.apply(update, startMs);
    QCOMPARE(removed.count(), 2);
    QCOMPARE(ids(model), (QList<quint64>{1, 5, 6}));
    // The index of the rows behind is right again: figures find them.
    ListenersUpdate numbers;
    numbers.figures = {figures(6, 666)};
    model.apply(numbers, startMs);
    QCOMPARE(shown(model, 2, ListenersModel::BytesSent), u"666"_s);
}

void TestListenersModel::manyScatteredRemovalsKeepTheRest()
{
    ListenersModel model;
    ListenersFilter filter(model);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.sort(ListenersModel::Id, Qt::DescendingOrder);
    ListenersUpdate update;
    for (quint64 id = 1; id <= 300; ++id)
        update.joined.append(info(id));
    model.apply(update, startMs);
    const QPersistentModelIndex stays = filter.index(300 - 101, 0);
    const QPersistentModelIndex goes = model.index(3, 0);
    QCOMPARE(stays.data(ListenersModel::IdRole).toULongLong(), 101);
    ListenersUpdate leaving;
    for (quint64 id = 2; id <= 300; id += 2)
        leaving.left.append({id, 0, {}});
    model.apply(leaving, startMs);
    QCOMPARE(model.rowCount(), 150);
    const QList<quint64> left = ids(model);
    for (int row = 0; row < 150; ++row)
        QCOMPARE(left.at(row), static_cast<quint64>(2 * row + 1));
    QVERIFY(!goes.isValid());
    QCOMPARE(stays.data(ListenersModel::IdRole).toULongLong(), 101);
}

void TestListenersModel::aCompleteTableKeepsTheRowsThatStay()
{
    ListenersModel model;
    model.apply(joined({1, 2, 3}), startMs);
    const QPersistentModelIndex third = model.index(2, 0);
    ListenersUpdate update = joined({9, 3, 1});
    update.complete = true;
    model.apply(update, startMs);
    QCOMPARE(ids(model), (QList<quint64>{1, 3, 9}));
    QVERIFY(third.isValid());
    QCOMPARE(third.data(ListenersModel::IdRole).toULongLong(), 3);
    update = {};
    update.complete = true;
    model.apply(update, startMs);
    QCOMPARE(model.rowCount(), 0);
}

void TestListenersModel::selectionAndPlaceSurvive()
{
    ListenersModel model;
    ListenersFilter filter(model);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.sort(ListenersModel::BytesSent, Qt::DescendingOrder);
    QItemSelectionModel selection(&filter);
    ListenersUpdate update = joined({1, 2, 3, 4});
    update.figures = {figures(1, 10), figures(2, 20), figures(3, 30), figures(4, 40)};
    model.apply(update, startMs);
    filter.sortAgain();
    QCOMPARE(ids(filter), (QList<quint64>{4, 3, 2, 1}));
    selection.select(filter.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);

    // Numbers overtake each other: rows stay where they are until asked, and the selection is the listener.
    ListenersUpdate numbers;
    numbers.figures = {figures(1, 100), figures(2, 20), figures(3, 30), figures(4, 40)};
    numbers.left = {{4, 0, {}}};
    model.apply(numbers, startMs + 250);
    QCOMPARE(ids(filter), (QList<quint64>{3, 2, 1}));
    QCOMPARE(selection.selectedRows().first().data(ListenersModel::IdRole).toULongLong(), 3);
    filter.sortAgain();
    QCOMPARE(ids(filter), (QList<quint64>{1, 3, 2}));
    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(selection.selectedRows().first().data(ListenersModel::IdRole).toULongLong(), 3);
}

void TestListenersModel::rateIsMeasuredAfterTheBurst()
{
    ListenersModel model;
    ListenersUpdate update = joined({1});
    update.figures = {figures(1, 65'536)};
    model.apply(update, startMs);
    // 16,000 bytes a second, in lumps of one second as the playlist sends them.
    for (int quarter = 1; quarter <= 120; ++quarter) {
        ListenersUpdate numbers;
        numbers.figures = {figures(1, 65'536 + quarter / 4 * 16'000)};
        model.apply(numbers, startMs + quarter * 250);
    }
    const double rate = model.index(0, ListenersModel::Rate).data(ListenersModel::SortRole).toDouble();
    QVERIFY2(rate > 14'000.0 && rate < 18'000.0, qPrintable(QString::number(rate)));
    // A stalled one comes down to nothing.
    for (int quarter = 121; quarter <= 180; ++quarter) {
        ListenersUpdate numbers;
        numbers.figures = {figures(1, 65'536 + 30 * 16'000, quarter < 160)};
        model.apply(numbers, startMs + quarter * 250);
    }
    QCOMPARE(model.index(0, ListenersModel::Rate).data(ListenersModel::SortRole).toDouble(), 0.0);
}

void TestListenersModel::stateIsAWordWithAReason()
{
    ListenersModel model;
    ListenersUpdate update = joined({1, 2, 3});
    update.figures = {figures(1, 1), figures(2, 1, false), figures(3, 1, true, 3)};
    model.apply(update, startMs);
    QCOMPARE(shown(model, 0, ListenersModel::State), u"OK"_s);
    QCOMPARE(shown(model, 1, ListenersModel::State), u"Stalled"_s);
    QCOMPARE(shown(model, 2, ListenersModel::State), u"OK, skipped 3×"_s);
    QVERIFY(model.index(1, ListenersModel::State).data(Qt::ToolTipRole).toString().contains(u"10 seconds"_s));
    QVERIFY(model.index(2, ListenersModel::State).data(Qt::ToolTipRole).toString().contains(u"3 time"_s));
    QCOMPARE(model.stalledCount(), 1);
    const QString spoken = model.index(1, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY(spoken.contains(u"192.168.1.2"_s) && spoken.contains(u"Stalled"_s));
}

void TestListenersModel::hostileTextsStayText()
{
    ListenersModel model;
    ListenersUpdate update;
    update.joined = {info(1, u"<img src=x onerror=1>\r\nplayer"_s)};
    model.apply(update, startMs);
    QCOMPARE(shown(model, 0, ListenersModel::Player), u"<img src=x onerror=1> player"_s);
    const QString tip = model.index(0, ListenersModel::Player).data(Qt::ToolTipRole).toString();
    QVERIFY(!tip.contains(u"<img"_s));
    QVERIFY(tip.contains(u"&lt;img"_s));
}

void TestListenersModel::sortsByRawValues()
{
    ListenersModel model;
    ListenersFilter filter(model);
    ListenersUpdate update = joined({9, 10, 100});
    update.figures = {figures(9, 1'000), figures(10, 900), figures(100, 99'999, false)};
    model.apply(update, startMs);
    filter.sort(ListenersModel::Id, Qt::AscendingOrder);
    QCOMPARE(ids(filter), (QList<quint64>{9, 10, 100}));
    filter.sort(ListenersModel::BytesSent, Qt::AscendingOrder);
    QCOMPARE(ids(filter), (QList<quint64>{10, 9, 100}));
    filter.sort(ListenersModel::State, Qt::AscendingOrder); // who needs attention comes first
    QCOMPARE(ids(filter).first(), 100);
}

void TestListenersModel::filterFindsWordsInAnyOrder()
{
    ListenersModel model;
    ListenersFilter filter(model);
    ListenersUpdate update;
    update.joined = {info(31, u"VLC 3.0.20"_s), info(32, u"Chrome 131"_s), info(33, u"VLC 2"_s)};
    model.apply(update, startMs);
    filter.setWords(u"  31 vlc "_s);
    QCOMPARE(ids(filter), (QList<quint64>{31}));
    filter.setWords({});
    QCOMPARE(filter.rowCount(), 3);
}

void TestListenersModel::tenThousandListenersAreSmooth()
{
    ListenersModel model;
    ListenersFilter filter(model);
    filter.sort(ListenersModel::BytesSent, Qt::DescendingOrder);
    ListenersUpdate update;
    for (quint64 id = 1; id <= 10'000; ++id) {
        update.joined.append(info(id));
        update.figures.append(figures(id, static_cast<qint64>(id * 7919 % 10'007)));
    }
    QElapsedTimer timer;
    timer.start();
    model.apply(update, startMs);
    const qint64 joinUs = timer.nsecsElapsed() / 1000;
    timer.restart();
    filter.sortAgain();
    const qint64 sortUs = timer.nsecsElapsed() / 1000;
    ListenersUpdate numbers;
    numbers.figures = update.figures;
    timer.restart();
    for (int round = 0; round < 20; ++round)
        model.apply(numbers, startMs + 250 * round);
    const qint64 roundUs = timer.nsecsElapsed() / 1000 / 20;
    ListenersUpdate leaving;
    for (quint64 id = 1; id <= 10'000; id += 10)
        leaving.left.append({id, 0, {}});
    timer.restart();
    model.apply(leaving, startMs);
    const qint64 leaveUs = timer.nsecsElapsed() / 1000;
    qInfo("10,000 rows: all join %lld us, sort %lld us, one round of figures %lld us, 1,000 scattered leave "
          "%lld us",
          joinUs, sortUs, roundUs, leaveUs);
    QCOMPARE(filter.rowCount(), 9'000);
}

void TestListenersModel::whoLeftAndWhy()
{
    const auto gone = [](quint64 id, LeftBecause why) {
        ListenerGone each;
        each.id = id;
        each.bytesSent = 1'234'567;
        each.why = why;
        each.leftAt = start.addSecs(3'725);
        each.info = info(id, u"<b>VLC</b> 3.0.20"_s);
        return each;
    };
    LeftModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto at = [&model](int row, LeftModel::Column column) {
        return model.index(row, column).data().toString();
    };
    ListenersUpdate first;
    first.complete = true;
    first.left = {gone(1, LeftBecause::HungUp), gone(2, LeftBecause::StoodStill)};
    model.apply(first);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(at(0, LeftModel::Why), u"Took nothing for a minute"_s); // the newest is the first
    QCOMPARE(at(1, LeftModel::Why), u"Stopped listening"_s);
    QCOMPARE(at(0, LeftModel::Listened), u"1:02:05"_s);
    QCOMPARE(at(0, LeftModel::Address), u"192.168.1.2"_s);
    const QString tip = model.index(0, LeftModel::Player).data(Qt::ToolTipRole).toString();
    QVERIFY(!tip.contains(u"<b>"_s));
    QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"listened for 1:02:05"_s));

    ListenersUpdate crowd;
    for (quint64 id = 10; id < 10'010; ++id)
        crowd.left.append(gone(id, LeftBecause::OffAir));
    model.apply(crowd);
    QCOMPARE(model.rowCount(), mostRecentlyLeft);
    QCOMPARE(at(0, LeftModel::Address), u"192.168.1.%1"_s.arg(10'009 % 250));
    ListenersUpdate few;
    few.left = {gone(20'000, LeftBecause::Banned), gone(20'001, LeftBecause::RemovedByYou)};
    model.apply(few);
    QCOMPARE(model.rowCount(), mostRecentlyLeft);
    QCOMPARE(at(0, LeftModel::Why), u"Removed by you"_s);
    QCOMPARE(at(1, LeftModel::Why), u"Banned"_s);
    model.apply(first);
    QCOMPARE(model.rowCount(), 2);
    model.apply({});
    QCOMPARE(model.rowCount(), 2);
    for (int why = 0; why <= static_cast<int>(LeftBecause::OffAir); ++why) {
        QVERIFY(!LeftModel::word(static_cast<LeftBecause>(why)).isEmpty());
        QVERIFY(!LeftModel::meaning(static_cast<LeftBecause>(why)).isEmpty());
    }
}

QTEST_MAIN(TestListenersModel)
#include "tst_listenersmodel.moc"
