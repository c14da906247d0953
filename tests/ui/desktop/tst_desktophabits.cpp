// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Tray, media keys, sleep, a second start, recent files, bans. The buses are a private dbus-daemon.
#include "fakestation.h"
#include "tests/support/slack.h"
#include "tests/support/written.h"
#include "ui/buffer/adviserbar.h"
#include "ui/desktop/alarmbell.h"
#include "ui/desktop/mpris.h"
#include "ui/desktop/recentfiles.h"
#include "ui/desktop/session.h"
#include "ui/desktop/singleinstance.h"
#include "ui/desktop/suspendinhibitor.h"
#include "ui/desktop/trayicon.h"
#include "ui/listeners/bandialog.h"
#include "ui/listeners/banlist.h"
#include "ui/listeners/banlistdialog.h"
#include "ui/listeners/bans.h"
#include "ui/listeners/listenersview.h"
#include "ui/onair/broadcastactions.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/window/desktophabits.h"
#include "ui/window/mainwindow.h"

#include <QComboBox>
#include <QDBusConnectionInterface>
#include <QDBusReply>
#include <QDBusUnixFileDescriptor>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

/// A bus of our own.
class PrivateBus
{
public:
    PrivateBus()
    {
        m_daemon.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        if (m_daemon.waitForStarted() && m_daemon.waitForReadyRead(10'000))
            m_address = QString::fromLatin1(m_daemon.readLine()).trimmed();
    }
    ~PrivateBus()
    {
        for (const QString &name : std::as_const(m_names))
            QDBusConnection::disconnectFromBus(name);
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }
    QDBusConnection connection(const QString &name)
    {
        m_names.append(name);
        return QDBusConnection::connectToBus(m_address, name);
    }

private:
    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
};

/// Stands in for systemd-logind.
class FakeLogin : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    explicit FakeLogin(QDBusConnection bus)
    {
        if (!bus.registerObject(u"/org/freedesktop/login1"_s, this, QDBusConnection::ExportAllSlots) ||
            !bus.registerService(u"org.freedesktop.login1"_s))
            qFatal("The private bus does not work.");
    }
    /// The program has let go of its end.
    bool isReleased() const
    {
        char byte = 0;
        return readEnd >= 0 && ::read(readEnd, &byte, 1) == 0;
    }
    QStringList asked;
    int readEnd = -1;

public slots:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &why,
                                    const QString &mode)
    {
        asked = {what, who, why, mode};
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0)
            return {};
        readEnd = ends[0];
        const QDBusUnixFileDescriptor lock(ends[1]);
        ::close(ends[1]);
        return lock;
    }
};

/// Hears what the bus is told of properties.
class ChangeWatcher : public QObject
{
    Q_OBJECT

public:
    QVariantMap changed;
    int count = 0;

public slots:
    void take(const QString &, const QVariantMap &properties, const QStringList &)
    {
        changed.insert(properties);
        ++count;
    }
};

StationStatus playing()
{
    StationStatus status;
    status.state = AirState::OnAir;
    status.heard = ProgrammeKind::Playlist;
    status.current = {7, u"Teardrop"_s, u"Massive Attack"_s, u"Mezzanine"_s, 330'000};
    status.positionMs = 61'000;
    status.listeners = 3;
    status.addresses.streamUrl = u"http://192.168.1.20:8001/stream"_s;
    return status;
}

ListenerInfo listener(quint64 id, const QString &address, const QString &player)
{
    return {id, address, player, u"HTTP/1.1"_s, QDateTime::currentDateTime()};
}

} // namespace

class TestDesktopHabits : public QObject
{
    Q_OBJECT

private slots:
    void init() { fakeCalls().clear(); }

    void mediaKeys()
    {
        PrivateBus bus;
        FakeStation control{FakeStation::Answers::AtOnce};
        BroadcastActions actions(control);
        const QDBusConnection ours = bus.connection(u"ours"_s);
        QVERIFY(ours.isConnected());
        Mpris mpris(control, actions, ours);
        QVERIFY(mpris.isRegistered());
        QDBusConnection theirs = bus.connection(u"theirs"_s);
        QVERIFY(theirs.interface()->registeredServiceNames().value().contains(
            u"org.mpris.MediaPlayer2.cycast"_s));

        const auto ask = [&](const QString &interface, const QString &method, const QVariantList &arguments) {
            QDBusMessage call = QDBusMessage::createMethodCall(
                u"org.mpris.MediaPlayer2.cycast"_s, u"/org/mpris/MediaPlayer2"_s, interface, method);
            call.setArguments(arguments);
            QDBusPendingCall pending = theirs.asyncCall(call);
            if (!test::waitUntil([&] { return pending.isFinished(); }))
                return QVariant();
            const QList<QVariant> answer = pending.reply().arguments();
            return answer.isEmpty() ? QVariant() : answer.first();
        };
        const QString player = u"org.mpris.MediaPlayer2.Player"_s;
        const auto property = [&](const QString &interface, const QString &name) {
            return ask(u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {interface, name})
                .value<QDBusVariant>()
                .variant();
        };
        QCOMPARE(property(u"org.mpris.MediaPlayer2"_s, u"Identity"_s).toString(), u"Cycast Desktop"_s);
        QCOMPARE(property(player, u"PlaybackStatus"_s).toString(), u"Stopped"_s);
        QCOMPARE(property(player, u"CanPlay"_s).toBool(), true);
        QCOMPARE(property(player, u"CanPause"_s).toBool(), false);
        ask(player, u"Play"_s, {});
        QCOMPARE(fakeCalls().count(u"goOnAir"_s), 1);

        ChangeWatcher watcher;
        QVERIFY(theirs.connect(QString(), u"/org/mpris/MediaPlayer2"_s, u"org.freedesktop.DBus.Properties"_s,
                               u"PropertiesChanged"_s, &watcher,
                               SLOT(take(QString, QVariantMap, QStringList))));
        emit control.statusChanged(playing());
        QTRY_COMPARE(watcher.changed.value(u"PlaybackStatus"_s).toString(), u"Playing"_s);
        QCOMPARE(property(player, u"Position"_s).toLongLong(), 61'000'000);
        const auto metadata = qdbus_cast<QVariantMap>(property(player, u"Metadata"_s));
        QCOMPARE(metadata.value(u"xesam:title"_s).toString(), u"Teardrop"_s);
        QCOMPARE(metadata.value(u"xesam:artist"_s).toStringList(), QStringList{u"Massive Attack"_s});
        QCOMPARE(metadata.value(u"mpris:length"_s).toLongLong(), 330'000'000);
        const int told = watcher.count;
        emit control.statusChanged(playing()); // nothing new: nothing is said
        ask(player, u"Next"_s, {});
        QCOMPARE(fakeCalls().count(u"skip"_s), 1);
        QCOMPARE(watcher.count, told);
        // A key beside the volume ends no broadcast.
        for (const QString &key : {u"Stop"_s, u"Pause"_s, u"PlayPause"_s, u"Previous"_s})
            ask(player, key, {});
        QCOMPARE(fakeCalls().count(u"goOffAir"_s), 0);
        QSignalSpy raise(&mpris, &Mpris::raiseAsked);
        ask(u"org.mpris.MediaPlayer2"_s, u"Raise"_s, {});
        QCOMPARE(raise.count(), 1);
        // A second one has a name of its own.
        QDBusConnection others = bus.connection(u"others"_s);
        Mpris second(control, actions, others);
        QVERIFY(second.isRegistered());
    }

    void noSleepWhileOnTheAir()
    {
        PrivateBus bus;
        FakeLogin login(bus.connection(u"login"_s));
        FakeStation control{FakeStation::Answers::AtOnce};
        SuspendInhibitor inhibitor(control, bus.connection(u"inhibitor"_s));
        emit control.onAir({});
        QTRY_VERIFY(inhibitor.isHeld());
        QCOMPARE(login.asked.value(0), u"sleep"_s);
        QCOMPARE(login.asked.value(3), u"block"_s);
        QVERIFY(!login.isReleased());
        emit control.offAir();
        QVERIFY(!inhibitor.isHeld());
        QTRY_VERIFY(login.isReleased());
        // Off the air before the answer came: the lock is not kept.
        emit control.onAir({});
        emit control.offAir();
        QTRY_VERIFY(login.isReleased());
        QVERIFY(!inhibitor.isHeld());
        ::close(login.readEnd);
    }

    void withoutABusNothingHappens()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        BroadcastActions actions(control);
        const QDBusConnection none = QDBusConnection::connectToBus(u"unix:path=/nowhere"_s, u"none"_s);
        SuspendInhibitor inhibitor(control, none);
        Mpris mpris(control, actions, none);
        emit control.onAir({});
        emit control.statusChanged(playing());
        QVERIFY(!inhibitor.isHeld());
        QVERIFY(!mpris.isRegistered());
    }

    void aSecondStartHandsItsFilesOver()
    {
        QTemporaryDir folder;
        const QString station = folder.filePath(u"config.hcl"_s);
        SingleInstance first(station);
        QVERIFY(!first.handOver({u"/music/a.mp3"_s})); // nobody is there
        QVERIFY(first.listen());
        QSignalSpy asked(&first, &SingleInstance::asked);
        // The second one is another process in life: here another thread, as handing over waits.
        bool taken = false;
        const std::unique_ptr<QThread> second(QThread::create([&taken, station] {
            SingleInstance instance(station);
            taken = instance.handOver({u"/music/a.mp3"_s, u"/music/b \u00e4.mp3"_s});
        }));
        second->start();
        QTRY_COMPARE(asked.count(), 1);
        QVERIFY(second->wait(10'000));
        QVERIFY(taken);
        QCOMPARE(asked.first().first().toStringList(),
                 (QStringList{u"/music/a.mp3"_s, u"/music/b \u00e4.mp3"_s}));
        // Another station is another program.
        SingleInstance other(folder.filePath(u"other.hcl"_s));
        QVERIFY(!other.handOver({}));
    }

    void recentFilesAreKept()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"state/recent.json"_s);
        {
            RecentFiles recent(file);
            QVERIFY(!recent.menuAction()->isEnabled());
            for (int i = 0; i < 14; ++i)
                recent.remember({u"/music/%1"_s.arg(i)});
            recent.remember({u"/music/12"_s});
            recent.remember({u"/other/a & b/x.mp3"_s, u"/other/a & b/y.mp3"_s});
        }
        RecentFiles recent(file);
        QCOMPARE(recent.paths().size(), RecentFiles::limit);
        QCOMPARE(recent.paths().first(), u"/other/a & b"_s);
        QCOMPARE(recent.paths().at(1), u"/music/12"_s);
        QSignalSpy chosen(&recent, &RecentFiles::chosen);
        recent.actions().first()->trigger();
        QCOMPARE(chosen.first().first().toString(), u"/other/a & b"_s);
    }

    void theTraySaysHowItStands()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        BroadcastActions actions(control);
        QWidget window;
        TrayIcon tray(control, actions, &window);
        QSignalSpy notified(&tray, &TrayIcon::notified);
        QVERIFY(tray.toolTip().contains(u"Off the air"_s));
        emit control.statusChanged(playing());
        QVERIFY(tray.toolTip().contains(u"3 listeners"_s));
        QVERIFY(tray.toolTip().contains(u"Teardrop"_s));
        emit control.auditionChanged({Audition::Verdict::Silent, -120.0, 20, true});
        QVERIFY(tray.toolTip().contains(u"silence"_s));
        tray.notify(u"Title"_s, u"Sentence"_s);
        QCOMPARE(notified.count(), 1);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        tray.notify(u"Title"_s, u"Sentence"_s); // who looks at the window sees it there
        QCOMPARE(notified.count(), 1);
    }

    void strangersMayCauseOneNoticeAMinute()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        BroadcastActions actions(control);
        QWidget window;
        TrayIcon tray(control, actions, &window);
        QSignalSpy notified(&tray, &TrayIcon::notified);
        for (int i = 0; i < 313; ++i)
            tray.notifyOfStrangers(u"Refused"_s, u"butt from 192.0.2.%1"_s.arg(i));
        QCOMPARE(notified.count(), 1);
        QCOMPARE(notified.first().at(1).toString(), u"butt from 192.0.2.0"_s);
        // The station's own trouble waits for nobody.
        tray.notify(u"Trouble"_s, u"Silence"_s);
        QCOMPARE(notified.count(), 2);
        auto *quiet = tray.findChild<QTimer *>(u"strangersQuiet"_s);
        QVERIFY(quiet->isActive() && quiet->remainingTime() > 50'000);
        quiet->start(1); // the minute is over
        QTRY_COMPARE(notified.count(), 3);
        QVERIFY2(notified.last().at(1).toString().contains(u"192.0.2.312"_s) &&
                     notified.last().at(1).toString().contains(u"311"_s),
                 qPrintable(notified.last().at(1).toString()));
        QVERIFY(quiet->remainingTime() > 50'000);
        quiet->start(1); // a minute in which nobody came
        QTRY_VERIFY(!quiet->isActive());
        QCOMPARE(notified.count(), 3);
    }

    void theAlarmReachesTheTray()
    {
        PrivateBus bus;
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, {});
        DesktopHabits habits(control, window, bus.connection(u"session"_s), bus.connection(u"system"_s));
        QVERIFY(habits.mpris().isRegistered());
        QSignalSpy notified(&habits.tray(), &TrayIcon::notified);
        emit control.statusChanged(playing());
        emit control.auditionChanged({Audition::Verdict::NothingComes, -120.0, 20, true});
        QCOMPARE(notified.count(), 1);
        QCOMPARE(notified.first().first().toString(), u"Your listeners hear nothing"_s);
    }

    void aCrashIsOfferedToGoOnFrom()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"session.json"_s);
        Session crashed;
        crashed.onAir = true;
        const auto write = [&path](const Session &session) {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(sessionToJson(session)) > 0;
        };
        QVERIFY(write(crashed));
        {
            FakeStation control{FakeStation::Answers::AtOnce};
            MainWindow window(control, path);
            auto *bar = window.findChild<QWidget *>(u"offerBar"_s);
            QVERIFY(!bar->isHidden());
            bar->findChild<QPushButton *>(u"offerYes"_s)->click();
            QVERIFY(bar->isHidden());
            QCOMPARE(fakeCalls().count(u"goOnAir"_s), 1);
            // On the air, it is written down that it is; a proper end takes it back.
            emit control.onAir({});
            emit control.statusChanged(playing());
            const auto saved = [&path] {
                QFile file(path);
                return file.open(QIODevice::ReadOnly) ? sessionFromJson(file.readAll()).value_or(Session())
                                                      : Session();
            };
            QVERIFY(write(Session()));
            QTRY_VERIFY(saved().onAir);
            window.closeWithoutAsking();
            QVERIFY(!saved().onAir);
        }
        FakeStation control{FakeStation::Answers::AtOnce};
        MainWindow window(control, path);
        QVERIFY(window.findChild<QWidget *>(u"offerBar"_s)->isHidden());
    }

    void whomABanHits()
    {
        const QDateTime now = QDateTime::currentDateTime();
        const Ban address{u"192.0.2.7"_s, {}, {}, {}};
        QVERIFY(bans::hits(address, u"192.0.2.7"_s, u"VLC"_s, now));
        QVERIFY(bans::hits(address, u"::ffff:192.0.2.7"_s, u"VLC"_s, now));
        QVERIFY(!bans::hits(address, u"192.0.2.70"_s, u"VLC"_s, now));
        const Ban subnet{bans::subnetOf(u"192.0.2.7"_s), u"vlc"_s, {}, {}};
        QCOMPARE(subnet.address, u"192.0.2.0/24"_s);
        QVERIFY(bans::hits(subnet, u"192.0.2.200"_s, u"VLC 3.0.20"_s, now));
        QVERIFY(!bans::hits(subnet, u"192.0.2.200"_s, u"mpv"_s, now));
        QVERIFY(!bans::hits(subnet, u"192.0.3.1"_s, u"VLC"_s, now));
        QCOMPARE(bans::subnetOf(u"2001:db8:1:2:3::9"_s), u"2001:db8:1:2::/64"_s);
        QVERIFY(!bans::hits({}, u"192.0.2.7"_s, u"VLC"_s, now)); // names nobody
        QVERIFY(!bans::hits({u"192.0.2.7"_s, {}, now.addSecs(-1), {}}, u"192.0.2.7"_s, u"VLC"_s, now));
        QVERIFY(!bans::addressProblem(u"192.0.2"_s + u"x"_s).isEmpty());
        QVERIFY(bans::addressProblem(u"192.0.2.0/24"_s).isEmpty());
    }

    void bansAreKeptAndHandedOver()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"bans.json"_s);
        const Ban forGood{u"192.0.2.7"_s, {}, {}, u"rips everything"_s};
        {
            FakeStation control{FakeStation::Answers::AtOnce};
            BanList list(control, path);
            QCOMPARE(fakeCalls().bans.size(), 0);
            list.add(forGood);
            list.add({{}, u"EvilBot"_s, QDateTime::currentDateTime().addSecs(3600), {}});
            list.add({{}, {}, {}, u"nobody"_s});
            list.add(forGood);
            QCOMPARE(list.bans().size(), 2);
            QCOMPARE(fakeCalls().bans.last(), list.bans());
        }
        QVERIFY(test::everythingIsWritten());
        FakeStation control{FakeStation::Answers::AtOnce};
        fakeCalls().clear();
        BanList list(control, path);
        QCOMPARE(list.bans().size(), 2);
        QCOMPARE(list.bans().first(), forGood);
        QCOMPARE(fakeCalls().bans.size(), 1);
        // A broken file is put aside, not overwritten.
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"bans\": [") > 0);
        file.close();
        BanList broken(control, path);
        QSignalSpy noticed(&broken, &BanList::noticed);
        QTRY_COMPARE(noticed.count(), 1);
        QVERIFY(QFile::exists(path + u".broken"_s));
    }

    void banningFromTheTable()
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        BanList list(control, {});
        ListenersView view(control);
        view.setBanList(list);
        view.show();
        ListenersUpdate update;
        update.complete = true;
        update.joined = {listener(1, u"192.0.2.7"_s, u"VLC 3.0.20"_s), listener(2, u"192.0.2.9"_s, u"mpv"_s),
                         listener(3, u"192.0.2.7"_s, u"VLC 3.0.20"_s),
                         listener(4, u"198.51.100.1"_s, u"mpv"_s)};
        emit control.listenersChanged(update);
        QCOMPARE(view.hitsOf({u"192.0.2.0/24"_s, {}, {}, {}}), 3);
        view.banSelected({u"192.0.2.7"_s, {}, {}, {}});
        auto *dialog = view.findChild<BanDialog *>();
        auto *hits = dialog->findChild<QLabel *>(u"banHits"_s);
        QVERIFY(hits->text().contains(u"2 listeners"_s));
        dialog->findChild<QLineEdit *>(u"banAddress"_s)->setText(u"nonsense"_s);
        QVERIFY(hits->text().contains(u"no address"_s));
        dialog->findChild<QLineEdit *>(u"banAddress"_s)->clear();
        QVERIFY(hits->text().contains(u"keep everybody out"_s));
        dialog->findChild<QLineEdit *>(u"banPlayer"_s)->setText(u"MPV"_s);
        QVERIFY(hits->text().contains(u"2 listeners"_s));
        dialog->findChild<QComboBox *>(u"banDuration"_s)->setCurrentIndex(0);
        dialog->accept();
        QCOMPARE(list.bans().size(), 1);
        QCOMPARE(list.bans().first().player, u"MPV"_s);
        const qint64 left = QDateTime::currentDateTime().secsTo(list.bans().first().until);
        QVERIFY(left > 3'500 && left <= 3'600);
        // And lifted again.
        view.showBans();
        auto *all = view.findChild<BanListDialog *>();
        auto *rows = all->findChild<QTreeWidget *>();
        QCOMPARE(rows->topLevelItemCount(), 1);
        rows->topLevelItem(0)->setSelected(true);
        for (QPushButton *button : all->findChildren<QPushButton *>()) {
            if (button->text().contains(u"Lift"_s))
                button->click();
        }
        QVERIFY(list.bans().isEmpty());
    }
};

QTEST_MAIN(TestDesktopHabits)
#include "tst_desktophabits.moc"
