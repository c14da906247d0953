// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakestation.h"
#include "ui/buffer/adviserbar.h"
#include "ui/desktop/alarmbell.h"
#include "ui/onair/airlamp.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/onairbar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

struct Desk {
    FakeStation control{FakeStation::Answers::AtOnce};
    QUndoStack undo;
    AdviserBar bar{control, undo};
    qint64 nowMs = 0;
    StationStatus status;

    Desk()
    {
        bar.setWorld({[this] { return nowMs; }, [] { return MachineMemory{16'000.0, 9'000.0}; }});
        Settings settings;
        settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
        control.applySettings(settings);
        status.state = AirState::OnAir;
        status.heard = ProgrammeKind::Playlist;
        status.current.entryId = 1;
        status.bitrateKbps = 128;
        status.listeners = 42;
        status.buffer.capacity = 20 << 20;
        status.buffer.fillPercent = 25.0;
        status.cpuPercent = 2.0;
        status.latencyMs = 200.0;
        status.memoryBytes = 60 << 20;
        run(2);
        fakeCalls().clear();
    }

    void run(int seconds)
    {
        for (int i = 0; i < seconds * 4; ++i) {
            nowMs += 250;
            emit control.statusChanged(status);
        }
    }
    void runLow()
    {
        status.buffer.fillPercent = 3.0;
        run(8);
    }
    QPushButton *button(const QString &name) { return bar.findChild<QPushButton *>(name); }
    QString text(const QString &name) { return bar.findChild<QLabel *>(name)->text(); }
};

} // namespace

class TestAdviserBar : public QObject
{
    Q_OBJECT

private slots:
    void silentWhileAllIsWell()
    {
        Desk desk;
        desk.run(120);
        QVERIFY(desk.bar.isHidden());
        QCOMPARE(fakeCalls().count(u"applySettings"_s), 0);
    }

    void proposesAppliesAndJudges()
    {
        Desk desk;
        QSignalSpy proposed(&desk.bar, &AdviserBar::proposed);
        desk.runLow();
        QVERIFY(!desk.bar.isHidden());
        QCOMPARE(proposed.count(), 1);
        QVERIFY(desk.bar.titleLabel()->text().contains(u"running low"_s));
        QVERIFY(desk.text(u"adviceChanges"_s).contains(u"Buffer size: 20 MB \u2192 30 MB"_s));
        QVERIFY(desk.text(u"adviceChanges"_s).contains(u"2 ms \u2192 1 ms"_s));
        QVERIFY(desk.text(u"adviceCosts"_s).contains(u"latency 200 ms \u2192 \u2248 400 ms"_s));
        QVERIFY(desk.text(u"adviceCosts"_s).contains(u"memory 60 MB \u2192 \u2248 70 MB"_s));
        QVERIFY(desk.text(u"adviceCosts"_s).contains(u"buffer 21 min"_s));
        QCOMPARE(fakeCalls().applied.size(), 0); // nothing by itself

        desk.button(u"adviceApply"_s)->click();
        QCOMPARE(desk.control.settings().buffer.sizeMb, 30);
        QCOMPARE(desk.undo.count(), 1);
        QVERIFY(desk.bar.titleLabel()->text().contains(u"Measuring"_s));
        desk.status.buffer.fillPercent = 25.0;
        desk.status.latencyMs = 400.0;
        desk.run(28);
        QCOMPARE(desk.bar.titleLabel()->text(), u"The forecast held."_s);
        QVERIFY(!desk.button(u"adviceUndo"_s)->isHidden());
        desk.button(u"adviceDismiss"_s)->click();
        QVERIFY(desk.bar.isHidden());
    }

    void takenBackInOneClick()
    {
        Desk desk;
        Settings settings = desk.control.settings();
        desk.runLow();
        desk.button(u"adviceApply"_s)->click();
        // Somebody else changes another value meanwhile: it stays.
        Settings other = desk.control.settings();
        other.metadata.stationName = u"Elsewhere"_s;
        desk.control.applySettings(other);
        desk.button(u"adviceUndo"_s)->click();
        settings.metadata.stationName = u"Elsewhere"_s;
        QVERIFY(desk.control.settings() == settings);
        QVERIFY(desk.bar.isHidden());
        desk.run(60);
        QVERIFY(desk.bar.isHidden());
    }

    void undoOfTheMenuIsUndo()
    {
        Desk desk;
        desk.runLow();
        desk.button(u"adviceApply"_s)->click();
        desk.undo.undo();
        QCOMPARE(desk.control.settings().buffer.sizeMb, 20);
        desk.status.buffer.fillPercent = 25.0;
        desk.run(5);
        QVERIFY(desk.bar.isHidden());
    }

    void notNow()
    {
        Desk desk;
        desk.runLow();
        desk.button(u"adviceDismiss"_s)->click();
        QVERIFY(desk.bar.isHidden());
        QCOMPARE(desk.undo.count(), 0);
        desk.run(60);
        QVERIFY(desk.bar.isHidden());
    }

    void adviceWithoutAChangeCannotBeApplied()
    {
        Desk desk;
        desk.status.cpuPercent = 75.0;
        desk.run(15);
        QVERIFY(!desk.bar.isHidden());
        QVERIFY(desk.button(u"adviceApply"_s)->isHidden());
        QVERIFY(desk.text(u"adviceWhy"_s).contains(u"Close other programs"_s));
    }

    void theLampTellsTheTruth()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        BroadcastActions actions(control);
        OnAirBar bar(control, actions);
        auto *lamp = bar.findChild<AirLamp *>();
        QVERIFY(lamp->isHidden());
        actions.goOnAir();
        StationStatus status;
        status.state = AirState::OnAir;
        emit control.statusChanged(status);
        QCOMPARE(bar.airButton()->property("air").toString(), u"on"_s); // nobody listens: nobody claims
        QVERIFY(lamp->isHidden());
        using Verdict = Audition::Verdict;
        emit control.auditionChanged({Verdict::Checking, -120.0, 0, false});
        QCOMPARE(bar.airButton()->property("air").toString(), u"unsure"_s);
        QVERIFY(bar.airButton()->icon().isNull());
        emit control.auditionChanged({Verdict::Hears, -14.0, 0, false});
        QCOMPARE(bar.airButton()->property("air").toString(), u"on"_s);
        QVERIFY(!bar.airButton()->icon().isNull());
        QVERIFY(lamp->text().contains(u"heard"_s));
        for (const Verdict verdict :
             {Verdict::Silent, Verdict::NothingComes, Verdict::NotConnected, Verdict::WrongTitle}) {
            emit control.auditionChanged({verdict, -120.0, 12, false});
            QCOMPARE(bar.airButton()->property("air").toString(), u"unsure"_s);
            QVERIFY(bar.airButton()->icon().isNull());
            QVERIFY(!lamp->text().isEmpty() && !lamp->accessibleDescription().isEmpty());
        }
        emit control.auditionChanged({Verdict::Silent, -120.0, 12, true});
        QCOMPARE(lamp->property("tone").toString(), u"critical"_s);
        emit control.offAir();
        QVERIFY(lamp->isHidden());
        QCOMPARE(bar.airButton()->property("air").toString(), u"ready"_s);
    }

    void theBellRingsOnceAndEnds()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        AlarmBell bell(control);
        QSignalSpy rang(&bell, &AlarmBell::rang);
        QSignalSpy ended(&bell, &AlarmBell::ended);
        using Verdict = Audition::Verdict;
        emit control.auditionChanged({Verdict::Silent, -120.0, 5, false});
        QCOMPARE(rang.count(), 0);
        for (int second = 15; second < 20; ++second)
            emit control.auditionChanged({Verdict::Silent, -120.0, second, true});
        QCOMPARE(rang.count(), 1);
        QVERIFY(bell.isRinging());
        emit control.auditionChanged({Verdict::Hears, -12.0, 0, false});
        QCOMPARE(ended.count(), 1);
        QVERIFY(!bell.isRinging());
    }
};

QTEST_MAIN(TestAdviserBar)
#include "tst_adviserbar.moc"
