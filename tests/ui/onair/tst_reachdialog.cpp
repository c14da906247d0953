// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exampledata.h"
#include "fakestation.h"

#include "ui/look/elidedlabel.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/onairbar.h"
#include "ui/onair/reachdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

ReachReport canOpen()
{
    ReachReport report;
    report.verdict = ReachVerdict::CanOpen;
    report.scope = ReachScope::Home;
    report.sentence = Core::tr("Your router at %1 can open port %2 for you: it answers %3.")
                          .arg(u"192.168.1.1"_s, 8001, u"UPnP"_s);
    report.action = ReachAction::OpenPort;
    report.steps = {{ReachStep::State::Good, Core::tr("This computer"),
                     Core::tr("The station answers at port %1.").arg(8001)},
                    {ReachStep::State::Unclear, Core::tr("Port of the router, IPv4"),
                     Core::tr("It has not been opened.")}};
    return report;
}

ReachReport everybody()
{
    ReachReport report = canOpen();
    report.verdict = ReachVerdict::Everybody;
    report.scope = ReachScope::Everywhere;
    report.action = ReachAction::None;
    report.publicUrl = u"http://5.6.7.8:8001/stream"_s;
    report.sentence = Core::tr("Everybody can listen at %1: %2.")
                          .arg(report.publicUrl, Core::tr("this computer has a public address itself"));
    return report;
}

struct Desk {
    FakeStation control{FakeStation::Answers::AtOnce};
    ReachDialog dialog{control};

    Desk() { fakeCalls().clear(); }
    void say(const ReachReport &report, bool isOnAir = true)
    {
        StationStatus status = exampleStatus({}, {});
        status.state = isOnAir ? AirState::OnAir : AirState::OffAir;
        status.reach = report;
        emit control.statusChanged(status);
    }
    template<class Widget>
    Widget *find(const char *name) const
    {
        return dialog.findChild<Widget *>(QString::fromLatin1(name));
    }
    QString sentence() const { return find<QLabel>("reachSentence")->text(); }
    bool isShown(const char *name) const { return find<QWidget>(name)->isVisibleTo(&dialog); }
};

} // namespace

class TestReachDialog : public QObject
{
    Q_OBJECT

private slots:
    void offTheAirNobodyIsAsked()
    {
        Desk desk;
        desk.dialog.show();
        QCOMPARE(fakeCalls().count(u"checkReach"_s), 0);
        QVERIFY(desk.sentence().contains(u"Go on the air first"_s));
        QVERIFY(!desk.isShown("reachAction"));
        QVERIFY(!desk.find<QPushButton>("reachLook")->isEnabled());
        desk.say({});
        QCOMPARE(fakeCalls().count(u"checkReach"_s), 1); // now there is something to see
        desk.say(canOpen());
        QCOMPARE(fakeCalls().count(u"checkReach"_s), 1);
    }

    void looksWhenItIsShown()
    {
        Desk desk;
        desk.say({});
        QCOMPARE(fakeCalls().count(u"checkReach"_s), 0);
        desk.dialog.show();
        QCOMPARE(fakeCalls().count(u"checkReach"_s), 1);
        ReachReport looking;
        looking.isLooking = true;
        desk.say(looking);
        QVERIFY(desk.sentence().startsWith(u"Looking"_s));
        QVERIFY(!desk.isShown("reachAction"));
        desk.say(canOpen());
        QCOMPARE(desk.sentence(), canOpen().sentence.english());
        QTest::mouseClick(desk.find<QPushButton>("reachLook"), Qt::LeftButton);
        QCOMPARE(fakeCalls().count(u"checkReach"_s), 2);
    }

    void oneClickOpensThePort()
    {
        Desk desk;
        desk.dialog.show();
        desk.say(canOpen());
        QVERIFY(desk.isShown("reachAction"));
        QVERIFY(!desk.isShown("reachClosePort"));
        QTest::mouseClick(desk.find<QPushButton>("reachAction"), Qt::LeftButton);
        QCOMPARE(fakeCalls().applied.size(), 1);
        QVERIFY(fakeCalls().applied.last().reach.openPort);
        QVERIFY(!desk.isShown("reachAction")); // asked for
        QVERIFY(desk.isShown("reachClosePort"));
        desk.say(everybody());
        QCOMPARE(desk.sentence(), everybody().sentence.english());
        QVERIFY(desk.isShown("reachPhone"));
        QVERIFY(desk.find<QLabel>("reachPhone")->text().contains(u"http://5.6.7.8:8001/stream"_s));
        QTest::mouseClick(desk.find<QPushButton>("reachClosePort"), Qt::LeftButton);
        QVERIFY(!fakeCalls().applied.last().reach.openPort);
        desk.say(canOpen());
        QVERIFY(!desk.isShown("reachPhone"));
    }

    void whatToTypeIsCopied()
    {
        Desk desk;
        desk.dialog.show();
        ReachReport wall = canOpen();
        wall.verdict = ReachVerdict::HostFirewall;
        wall.action = ReachAction::CopyText;
        wall.actionText = u"sudo ufw allow 8001/tcp"_s;
        desk.say(wall);
        QCOMPARE(desk.find<QLineEdit>("reachText")->text(), wall.actionText);
        QTest::mouseClick(desk.find<QPushButton>("reachAction"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), wall.actionText);
        QVERIFY(fakeCalls().applied.isEmpty());
    }

    void aStationForThisComputerOnlyIsLetOut()
    {
        Desk desk;
        Settings settings;
        settings.server.host = u"127.0.0.1"_s;
        desk.control.applySettings(settings);
        desk.dialog.show();
        ReachReport alone = canOpen();
        alone.verdict = ReachVerdict::ThisComputer;
        alone.action = ReachAction::ListenAll;
        desk.say(alone);
        QTest::mouseClick(desk.find<QPushButton>("reachAction"), Qt::LeftButton);
        QCOMPARE(fakeCalls().applied.last().server.host, u"0.0.0.0"_s);
    }

    void whatWasSeenIsFoldedAway()
    {
        Desk desk;
        desk.dialog.show();
        desk.say(canOpen());
        const auto shown = [&desk](const QString &text) {
            const QList<QLabel *> labels = desk.dialog.findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
                return label->text() == text && label->isVisibleTo(&desk.dialog);
            });
        };
        QVERIFY(!shown(u"The station answers at port 8001."_s));
        desk.find<QToolButton>("reachFold")->click();
        QVERIFY(shown(u"The station answers at port 8001."_s));
        QVERIFY(shown(u"It has not been opened."_s));
        desk.say(everybody()); // the same steps: they stay
        QVERIFY(shown(u"The station answers at port 8001."_s));
    }

    void howFarALinkIsGood()
    {
        QCOMPARE(linkReach(ReachScope::Unknown, u"192.168.1.20"_s), u"at home"_s);
        QCOMPARE(linkReach(ReachScope::Unknown, u"5.6.7.8"_s), QString());
        QCOMPARE(linkReach(ReachScope::Home, u"5.6.7.8"_s), u"at home"_s);
        QCOMPARE(linkReach(ReachScope::Unknown, u"127.0.0.1"_s), u"on this computer"_s);
        QCOMPARE(linkReach(ReachScope::Everywhere, u"5.6.7.8"_s), u"everywhere"_s);
        QCOMPARE(linkReach(ReachScope::Ipv6Only, u"2a01:db7::1"_s), u"everywhere, IPv6 only"_s);
    }

    void theBarFollows()
    {
        FakeStation control(FakeStation::Answers::AtOnce);
        BroadcastActions actions(control);
        OnAirBar bar(control, actions);
        bar.resize(1250, bar.sizeHint().height());
        bar.show();
        const auto url = [&bar] { return bar.findChild<ElidedLabel *>(u"streamUrl"_s)->fullText(); };
        const auto *scope = bar.findChild<QLabel *>(u"linkScope"_s);
        QVERIFY(!scope->isVisibleTo(&bar));
        actions.goOnAir();
        StationStatus status = exampleStatus({}, {});
        emit control.onAir(status.addresses);
        emit control.statusChanged(status);
        QCOMPARE(url(), u"http://192.168.1.20:8001/stream"_s);
        QCOMPARE(scope->text(), u"at home"_s);
        status.reach = everybody();
        emit control.statusChanged(status);
        QCOMPARE(url(), u"http://5.6.7.8:8001/stream"_s);
        QCOMPARE(scope->text(), u"everywhere"_s);
        actions.copyLink()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"http://5.6.7.8:8001/stream"_s);
        status.reach = canOpen();
        emit control.statusChanged(status);
        QCOMPARE(url(), u"http://192.168.1.20:8001/stream"_s);
        QCOMPARE(scope->text(), u"at home"_s);
        emit control.offAir();
        QVERIFY(!scope->isVisibleTo(&bar));
    }
};

QTEST_MAIN(TestReachDialog)
#include "tst_reachdialog.moc"
