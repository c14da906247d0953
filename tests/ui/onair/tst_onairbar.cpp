// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exampledata.h"
#include "fakestation.h"

#include "ui/look/elidedlabel.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/onairbar.h"
#include "ui/onair/sharedialog.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

struct Desk {
    FakeStation control{FakeStation::Answers::AtOnce};
    BroadcastActions actions{control};
    OnAirBar bar{control, actions};
    const QList<PlaylistEntry> tracks = exampleTracks();

    Desk()
    {
        fakeCalls().clear();
        bar.resize(1250, bar.sizeHint().height());
        bar.show();
    }

    void press() { QTest::mouseClick(bar.airButton(), Qt::LeftButton); }
    QString text(const QString &name) const { return bar.findChild<ElidedLabel *>(name)->fullText(); }
    QString hint() const { return bar.findChild<QLabel *>(u"airHint"_s)->text(); }
    void goOnAir()
    {
        press();
        emit control.onAir(exampleStatus({}, {}).addresses);
        emit control.statusChanged(exampleStatus(tracks[0].track, tracks[1].track));
    }
};

} // namespace

class TestOnAirBar : public QObject
{
    Q_OBJECT

private slots:
    void offStartingOnStoppingOff()
    {
        Desk desk;
        QCOMPARE(desk.bar.airButton()->text(), u"Go on air"_s);
        QVERIFY(!desk.actions.skip()->isEnabled());
        QVERIFY(!desk.actions.copyLink()->isEnabled());
        desk.press();
        QCOMPARE(fakeCalls().names, QStringList(u"goOnAir"_s));
        QCOMPARE(desk.bar.airButton()->text(), u"Starting\u2026"_s);
        desk.press();                        // impatience changes nothing
        emit desk.control.statusChanged({}); // nor does a status that was under way
        QCOMPARE(fakeCalls().count(u"goOnAir"_s), 1);
        QCOMPARE(desk.actions.phase(), BroadcastActions::Phase::Starting);

        emit desk.control.onAir(exampleStatus({}, {}).addresses);
        StationStatus status = exampleStatus(desk.tracks[0].track, desk.tracks[1].track);
        status.listeners = 0;
        emit desk.control.statusChanged(status);
        QVERIFY(desk.bar.airButton()->text().contains(u"ON AIR"_s));
        QVERIFY(desk.bar.airButton()->text().contains(u"01:42:17"_s));
        QVERIFY(desk.actions.skip()->isEnabled());

        desk.press();
        QCOMPARE(fakeCalls().count(u"goOffAir"_s), 1);
        QCOMPARE(desk.bar.airButton()->text(), u"Stopping\u2026"_s);
        emit desk.control.statusChanged(status);
        QCOMPARE(desk.actions.phase(), BroadcastActions::Phase::Stopping);
        emit desk.control.offAir();
        QCOMPARE(desk.bar.airButton()->text(), u"Go on air"_s);
        QVERIFY(!desk.actions.share()->isEnabled());
    }

    void aFailureIsSaidWhereItHappened()
    {
        Desk desk;
        desk.press();
        emit desk.control.onAirFailed(Sentence(u"Port 8000 is already in use by another program."_s));
        QCOMPARE(desk.bar.airButton()->text(), u"Try again"_s);
        QVERIFY(desk.hint().contains(u"Port 8000 is already in use"_s));
        desk.press();
        QCOMPARE(fakeCalls().count(u"goOnAir"_s), 2);
        QVERIFY(!desk.hint().contains(u"8000"_s));
        emit desk.control.onAir({});
        emit desk.control.offAir();
        QVERIFY(!desk.hint().contains(u"8000"_s));
    }

    void peopleWhoListenAreAskedFor()
    {
        Desk desk;
        desk.goOnAir();
        QSignalSpy asked(&desk.actions, &BroadcastActions::offAirAsked);
        desk.press();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().first().toInt(), 42);
        QCOMPARE(fakeCalls().count(u"goOffAir"_s), 0);
        desk.actions.goOffAir();
        QCOMPARE(fakeCalls().count(u"goOffAir"_s), 1);
    }

    void saysWhatIsHeard()
    {
        Desk desk;
        desk.goOnAir();
        QCOMPARE(desk.text(u"nowTitle"_s), u"J\u00f3ga"_s);
        QCOMPARE(desk.text(u"nowArtist"_s), u"Bj\u00f6rk \u00b7 Homogenic"_s);
        QCOMPARE(desk.text(u"nextTitle"_s), u"next: Teardrop \u2014 Massive Attack"_s);
        QCOMPARE(desk.text(u"nowSource"_s), u"Playlist"_s);
        QCOMPARE(desk.text(u"streamUrl"_s), u"http://192.168.1.20:8001/stream"_s);
        QCOMPARE(desk.bar.findChild<QLabel *>(u"listenerCount"_s)->text(), u"42"_s);

        StationStatus live = exampleStatus({}, {});
        live.heard = ProgrammeKind::Live;
        live.source.program = u"butt 0.1.37"_s;
        live.source.address = u"192.168.1.7"_s;
        live.listeners = 10'000;
        emit desk.control.statusChanged(live);
        QCOMPARE(desk.text(u"nowSource"_s), u"LIVE \u00b7 butt 0.1.37 from 192.168.1.7"_s);
        QCOMPARE(desk.text(u"nowTitle"_s), u"Live programme"_s);
        QCOMPARE(desk.bar.findChild<QLabel *>(u"listenerCount"_s)->text(), u"10,000"_s);
        QVERIFY(!desk.actions.skip()->isEnabled()); // nothing to skip to
        live.heard = ProgrammeKind::Silence;
        emit desk.control.statusChanged(live);
        QCOMPARE(desk.text(u"nowSource"_s), u"Silence"_s);
    }

    void longAndHostileTitlesStayText()
    {
        Desk desk;
        desk.goOnAir();
        const int before = desk.bar.minimumSizeHint().width();
        StationStatus status = exampleStatus(desk.tracks[0].track, desk.tracks[1].track);
        status.current.title = u"<img src=x onerror=1> "_s + QString(5000, u'W');
        status.current.artist = QString(5000, u'i');
        emit desk.control.statusChanged(status);
        auto *title = desk.bar.findChild<ElidedLabel *>(u"nowTitle"_s);
        QCOMPARE(title->textFormat(), Qt::PlainText);
        QTRY_VERIFY(title->text().endsWith(u"\u2026"_s));
        QVERIFY(title->toolTip().contains(u"&lt;img"_s));
        QVERIFY(desk.bar.minimumSizeHint().width() < before + 200);
    }

    void theLinkIsCopiedAndListenedTo()
    {
        Desk desk;
        desk.goOnAir();
        QSignalSpy listen(&desk.actions, &BroadcastActions::listenAsked);
        desk.actions.copyLink()->trigger();
        QCOMPARE(QApplication::clipboard()->text(), u"http://192.168.1.20:8001/stream"_s);
        desk.actions.listen()->trigger();
        QCOMPARE(listen.first().first().toString(), u"http://192.168.1.20:8001/"_s);
        StationAddresses moved = exampleStatus({}, {}).addresses;
        moved.streamUrl = u"http://192.168.1.20:9001/stream"_s;
        emit desk.control.addressesChanged(moved);
        QCOMPARE(desk.text(u"streamUrl"_s), moved.streamUrl);
    }

    void whoCanReach_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("word");
        QTest::newRow("home") << u"192.168.1.20"_s << u"home network"_s;
        QTest::newRow("172") << u"172.20.0.5"_s << u"home network"_s;
        QTest::newRow("not 172") << u"172.40.0.5"_s << u"public"_s;
        QTest::newRow("v6 home") << u"fd00::20"_s << u"home network"_s;
        QTest::newRow("v6") << u"2001:db8::1"_s << u"public"_s;
        QTest::newRow("shared") << u"100.70.1.1"_s << u"shared network"_s;
        QTest::newRow("loopback") << u"127.0.0.1"_s << u"this computer only"_s;
        QTest::newRow("localhost") << u"localhost"_s << u"this computer only"_s;
        QTest::newRow("name") << u"radio.example.org"_s << u"radio.example.org"_s;
    }

    void whoCanReach()
    {
        QFETCH(QString, host);
        QFETCH(QString, word);
        QVERIFY2(cycast::whoCanReach(host).contains(word), qPrintable(cycast::whoCanReach(host)));
    }

    void shareHasEveryAddressWithCopy()
    {
        ShareDialog dialog;
        dialog.setAddresses(exampleStatus({}, {}).addresses);
        dialog.setAddresses(exampleStatus({}, {}).addresses); // again: not twice
        QStringList urls;
        for (const QLineEdit *field : dialog.findChildren<QLineEdit *>())
            urls.append(field->text());
        QCOMPARE(urls, QStringList({u"http://192.168.1.20:8001/"_s, u"http://192.168.1.20:8001/stream"_s,
                                    u"http://192.168.1.20:8001/stream.m3u"_s,
                                    u"http://127.0.0.1:8001/stream"_s, u"http://[fd00::20]:8001/stream"_s}));
        dialog.show();
        for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
            if (button->accessibleName() == u"Copy: Playlist file, for players"_s)
                button->click();
        }
        QCOMPARE(QApplication::clipboard()->text(), u"http://192.168.1.20:8001/stream.m3u"_s);
    }
};

QTEST_MAIN(TestOnAirBar)
#include "tst_onairbar.moc"
