// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the main window in the states that matter, for looking at them: grabwindow FOLDER [TEXT SIZE].
// CYCAST_THEME chooses light or dark, CYCAST_LANGUAGE de, es or fr; the text size is a factor, 2 for 200 %.
#include "exampledata.h"
#include "fakestation.h"

#include "ui/buffer/adviserbar.h"
#include "ui/buffer/buffercard.h"
#include "ui/buffer/selftestdialog.h"
#include "ui/buffer/selftestprobe.h"
#include "ui/listeners/bandialog.h"
#include "ui/listeners/banlist.h"
#include "ui/listeners/banlistdialog.h"
#include "ui/listeners/listenersview.h"
#include "ui/log/logdock.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/directoriesdialog.h"
#include "ui/onair/httpsdialog.h"
#include "ui/onair/listenbar.h"
#include "ui/onair/onairbar.h"
#include "ui/onair/reachdialog.h"
#include "ui/onair/sharedialog.h"
#include "ui/playlist/jingleeditor.h"
#include "ui/playlist/jinglesview.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/playlist/playlistview.h"
#include "ui/settings/presetpreview.h"
#include "ui/settings/presetsmenu.h"
#include "ui/settings/settingsdialog.h"
#include "ui/sources/connectdjdialog.h"
#include "ui/sources/knockdock.h"
#include "ui/window/mainwindow.h"
#include "ui/window/shortcutsdialog.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QToolButton>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

void save(QWidget &widget, const QString &name)
{
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
    widget.grab().save(name + u".png"_s);
}

void goOnAir(StationControl &control, MainWindow &window, const StationStatus &status)
{
    window.goOnAir();
    emit control.onAir(status.addresses);
    emit control.statusChanged(status);
}

/// The one of this English text, whatever language it is in now.
void trigger(MainWindow &window, const QString &text)
{
    const QString shown = QCoreApplication::translate("MainMenu", text.toUtf8().constData());
    const QList<QAction *> actions = window.findChildren<QAction *>();
    const auto found = std::find_if(actions.begin(), actions.end(),
                                    [&](const QAction *each) { return each->text() == shown; });
    if (found == actions.end())
        qFatal("No menu has \"%s\".", qPrintable(shown));
    (*found)->trigger();
}

/// Two minutes of a broadcast, as the chart and the tables would have seen them.
void playTwoMinutes(StationControl &control, MainWindow &window, StationStatus status, int listeners)
{
    static qint64 clock = 0;
    auto *card = window.findChild<BufferCard *>();
    card->setClock([] { return clock; });
    const QDateTime now = QDateTime::currentDateTime();
    ListenersUpdate crowd;
    crowd.complete = true;
    const QStringList players{u"VLC 3.0.20"_s, u"Chrome 131"_s,  u"Safari 17, iPhone"_s,
                              u"mpv 0.37"_s,   u"Firefox 133"_s, u"FFmpeg (Lavf 60.16)"_s,
                              u"Winamp 5.9"_s};
    for (int i = 0; i < listeners; ++i)
        crowd.joined.append(
            {static_cast<quint64>(i + 1), u"192.168.%1.%2"_s.arg(1 + i / 250).arg(1 + i % 250),
             players.at(i % players.size()), u"HTTP/1.1+ICY"_s, now.addSecs(-7 * i % 6'000 - 1)});
    emit control.listenersChanged(crowd);
    for (int step = 0; step <= 480; ++step) {
        clock += 250;
        const double wave = std::sin(step / 37.0) + 0.6 * std::sin(step / 11.0);
        status.buffer.fillPercent = 25.0 - (step > 200 && step < 230 ? (230 - step) / 2.0 : 0.0) + wave / 3.0;
        status.buffer.available = static_cast<qint64>(status.buffer.fillPercent / 100.0 * 20'971'520);
        status.buffer.aheadSeconds = static_cast<double>(status.buffer.available) / 16'000.0;
        status.outBytesPerSecond = listeners * (15'900.0 + 400.0 * wave);
        status.cpuPercent = 0.6 + 0.1 * wave;
        ListenersUpdate figures;
        if (step % 40 == 7 && listeners > 0) {
            for (int i = 0; i < 1 + step % 5; ++i)
                figures.joined.append({static_cast<quint64>(100'000 + step * 10 + i),
                                       u"203.0.113.%1"_s.arg(step % 250), players.at(i), u"HTTP/1.1"_s, now});
            ListenerGone gone{static_cast<quint64>(1 + step / 40), 1'234'567, {}};
            gone.why = static_cast<LeftBecause>(step / 40 % 8);
            gone.leftAt = now.addSecs(step / 4 - 120);
            gone.info = crowd.joined.value(step / 40);
            figures.left.append(gone);
        }
        // Once for all: to know the hour, the system looks at its time zone's file.
        const qint64 passedMs = now.msecsTo(QDateTime::currentDateTime());
        for (int i = 0; i < listeners; ++i)
            figures.figures.append({static_cast<quint64>(i + 1), 16 * passedMs + 900'000LL + i * 777,
                                    static_cast<float>(i % 9) * 0.7F, i % 97 == 5 ? 2U : 0U, i % 61 != 7});
        if (step % 120 == 0 || step % 40 == 7 || step > 440)
            emit control.listenersChanged(figures);
        emit control.statusChanged(status);
        if (step == 200) {
            emit control.eventHappened({StationEvent::Kind::Skip, now, Sentence(u"Skipped Roads."_s)});
        } else if (step == 360) {
            emit control.eventHappened({StationEvent::Kind::SettingsChanged, now,
                                        Sentence(u"Settings changed: broadcaster.chunk_size."_s)});
        }
    }
}

/// Every page of the settings, one picture each.
void grabSettings(SettingsDialog &dialog, const QDir &folder)
{
    auto *pages = dialog.findChild<QListWidget *>(u"settingsPages"_s);
    for (int page = 0; page < pages->count(); ++page) {
        pages->setCurrentRow(page);
        save(dialog, folder.filePath(u"settings-%1"_s.arg(page + 1)));
    }
}

/// With a public address: what is shown to the world, and how it stands with directories and https.
void grabOutside(StationControl &control, MainWindow &window, const QDir &folder)
{
    StationStatus status = control.lastStatus();
    const StationStatus before = status;
    const QDateTime now = QDateTime::currentDateTime();
    status.addresses.publicStreamUrl = u"https://radio.example.org/stream"_s;
    status.addresses.publicPageUrl = u"https://radio.example.org/"_s;
    status.directory.state = DirectoryStatus::State::Refused;
    status.directory.answer = u"Error - the listen URL cannot be reached from here"_s;
    status.directory.nextAttempt = now.addSecs(7'000);
    status.https.state = HttpsStatus::State::Failed;
    status.https.words =
        Core::tr("The authority did not find this station at port 80 of %1. Let your router lead "
                 "port 80 from outside to the listeners\u2019 port of this computer, and look whether "
                 "%1 leads to your own address.")
            .arg(u"radio.example.org"_s);
    status.https.detail = u"Connection refused"_s;
    status.https.nextAttempt = now.addSecs(3'600);
    control.change([](Settings &settings) {
        settings.directory.enabled = true;
        settings.https.enabled = true;
        settings.https.name = u"radio.example.org"_s;
    });
    emit control.addressesChanged(status.addresses);
    emit control.statusChanged(status);
    window.broadcast().share()->trigger();
    save(*window.findChild<ShareDialog *>(), folder.filePath(u"share-public"_s));
    window.findChild<ShareDialog *>()->close();
    trigger(window, u"&Directories\u2026"_s);
    save(*window.findChild<DirectoriesDialog *>(), folder.filePath(u"directories"_s));
    window.findChild<DirectoriesDialog *>()->close();
    trigger(window, u"Use h&ttps\u2026"_s);
    save(*window.findChild<HttpsDialog *>(), folder.filePath(u"https-failed"_s));
    status.https = {
        HttpsStatus::State::InForce, {}, {}, u"radio.example.org"_s, now.addDays(88), now.addDays(58)};
    emit control.statusChanged(status);
    save(*window.findChild<HttpsDialog *>(), folder.filePath(u"https"_s));
    window.findChild<HttpsDialog *>()->close();
    emit control.addressesChanged(before.addresses);
    emit control.statusChanged(before);
}

/// What the doctor says, in the states that look different.
void grabReach(StationControl &control, MainWindow &window, const QDir &folder)
{
    StationStatus status = control.lastStatus();
    status.reach.sentence = Core::tr("Your router at %1 can open port %2 for you: it answers %3.")
                                .arg(u"192.168.1.1"_s, 8001, u"UPnP, NAT-PMP, PCP"_s);
    status.reach.scope = ReachScope::Home;
    status.reach.action = ReachAction::OpenPort;
    status.reach.steps = {
        {ReachStep::State::Good, Core::tr("This computer"),
         Core::tr("The station answers at port %1.").arg(8001)},
        {ReachStep::State::Good, Core::tr("Own address, IPv4"),
         Core::tr("The station answers at %1.").arg(u"192.168.1.20"_s)},
        {ReachStep::State::Bad, Core::tr("Firewall of this computer, IPv4"),
         Core::tr("%1 turns the port away.").arg(u"ufw"_s)},
        {ReachStep::State::Unclear, Core::tr("Port of the router, IPv4"),
         Core::tr("It has not been opened.")},
        {ReachStep::State::Unclear, Core::tr("Outside"), Core::tr("Nobody from outside has listened yet.")},
    };
    emit control.statusChanged(status);
    window.broadcast().outside()->trigger();
    auto *dialog = window.findChild<ReachDialog *>();
    save(*dialog, folder.filePath(u"reach-can-open"_s));
    auto *fold = dialog->findChild<QToolButton *>(u"reachFold"_s);
    fold->setChecked(true);
    save(*dialog, folder.filePath(u"reach-details"_s));
    fold->setChecked(false);
    status.reach.sentence =
        Core::tr("The firewall of this computer (%1) turns port %2 away. Allow it.").arg(u"ufw"_s, 8001);
    status.reach.action = ReachAction::CopyText;
    status.reach.actionText = u"sudo ufw allow 8001/tcp"_s;
    emit control.statusChanged(status);
    save(*dialog, folder.filePath(u"reach-copy"_s));
    status.reach.scope = ReachScope::Everywhere;
    status.reach.action = ReachAction::None;
    status.reach.publicUrl = u"http://203.0.113.7:8001/stream"_s;
    status.reach.sentence =
        Core::tr("Everybody can listen at %1: %2.")
            .arg(status.reach.publicUrl, Core::tr("your router at %1 passes port %2 on to this computer (%3)")
                                             .arg(u"192.168.1.1"_s, 8001, u"UPnP"_s));
    emit control.statusChanged(status);
    save(*dialog, folder.filePath(u"reach-everybody"_s));
    dialog->close();
    save(window, folder.filePath(u"reach-window"_s));
    status.reach = {};
    emit control.statusChanged(status);
}

/// What opens beside the main window, in the states that matter.
void grabTools(StationControl &control, MainWindow &window, const QDir &folder)
{
    StationStatus status = control.lastStatus();
    trigger(window, u"Connect a &DJ\u2026"_s);
    save(*window.findChild<ConnectDjDialog *>(), folder.filePath(u"connect-dj"_s));
    window.findChild<ConnectDjDialog *>()->choose(DjProgram::Ffmpeg);
    save(*window.findChild<ConnectDjDialog *>(), folder.filePath(u"connect-ffmpeg"_s));
    window.findChild<ConnectDjDialog *>()->close();
    trigger(window, u"S&elf-test\u2026"_s);
    auto *test = window.findChild<SelfTestDialog *>();
    SelfTestFigures figures;
    figures.firstByteMs = 12;
    figures.bytesPerSecond = 15'100;
    figures.bitrateKbps = 128;
    figures.cpuPercent = 0.6;
    figures.memoryMb = 58;
    figures.bufferMb = 20;
    figures.listeners = 42;
    figures.fillPercent = 25.3;
    figures.buffer = BufferVerdict::Healthy;
    emit test->findChild<SelfTestProbe *>()->finished(figures);
    save(*test, folder.filePath(u"self-test"_s));
    test->close();
    trigger(window, u"&Settings\u2026"_s);
    grabSettings(*window.findChild<SettingsDialog *>(), folder);
    window.findChild<SettingsDialog *>()->close();
    auto *listeners = window.findChild<ListenersView *>();
    listeners->banSelected({u"192.0.2.0/24"_s, u"VLC"_s, {}, {}});
    save(*listeners->findChild<BanDialog *>(), folder.filePath(u"ban"_s));
    listeners->findChild<BanDialog *>()->close();
    listeners->showBans();
    save(*listeners->findChild<BanListDialog *>(), folder.filePath(u"bans"_s));
    listeners->findChild<BanListDialog *>()->close();
    auto *left = listeners->findChild<QToolButton *>(u"showLeft"_s);
    left->setChecked(true);
    save(*listeners, folder.filePath(u"left-lately"_s));
    left->setChecked(false);
    auto *card = window.findChild<BufferCard *>();
    const QList<QToolButton *> views = card->findChildren<QToolButton *>();
    views.at(1)->click();
    save(*card, folder.filePath(u"chart-traffic"_s));
    views.at(2)->click();
    save(*card, folder.filePath(u"chart-load"_s));
    views.at(0)->click();
    for (const DjProgram program : {DjProgram::Butt, DjProgram::Vlc, DjProgram::Obs, DjProgram::Other}) {
        trigger(window, u"Connect a &DJ\u2026"_s);
        auto *dialog = window.findChild<ConnectDjDialog *>();
        dialog->choose(program);
        save(*dialog, folder.filePath(u"connect-%1"_s.arg(static_cast<int>(program))));
        dialog->close();
    }
    trigger(window, u"&Keyboard shortcuts"_s);
    save(*window.findChild<ShortcutsDialog *>(), folder.filePath(u"shortcuts"_s));
    window.findChild<ShortcutsDialog *>()->close();
    trigger(window, u"&About Cycast Desktop"_s);
    save(*window.findChild<QMessageBox *>(), folder.filePath(u"about"_s));
    window.findChild<QMessageBox *>()->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    window.findChild<PresetsMenu *>()->actionFor(u"low-latency-dj"_s)->trigger();
    save(*window.findChild<PresetPreview *>(), folder.filePath(u"preset"_s));
    window.findChild<PresetPreview *>()->close();
    auto *listen = window.findChild<ListenBar *>();
    listen->listen(status.addresses.localUrl, status.addresses.pageUrl);
    save(window, folder.filePath(u"listen"_s));
    listen->end();
    window.appendLog({LogEntry::Level::Info, QDateTime::currentDateTime(), u"station"_s,
                      u"Now playing: Bj\u00f6rk - J\u00f3ga"_s});
    const Sentence refused = Core::tr("Refused %1, %2 (%3): %4")
                                 .arg(u"192.168.1.9"_s, u"butt 0.1.37"_s, u"PUT /stream HTTP/1.1"_s,
                                      Core::tr("wrong password; enter the source password of this station."));
    window.appendLog({LogEntry::Level::Warning, QDateTime::currentDateTime(), u"source"_s, refused, refused});
    auto *log = window.findChild<LogDock *>();
    log->show();
    save(window, folder.filePath(u"log"_s));
    log->hide();

    using Outcome = SourceAttempt::Outcome;
    const QDateTime now = QDateTime::currentDateTime();
    emit control.sourceAttempted(
        {Outcome::Accepted, now, u"192.168.1.7"_s, u"Mixxx 2.3.6"_s, u"SOURCE /stream HTTP/1.0"_s, {}});
    emit control.sourceAttempted(
        {Outcome::WrongPassword, now, u"192.168.1.9"_s, u"butt 0.1.37"_s, u"SOURCE /stream HTTP/1.0"_s,
         Sentence(u"The pass phrase is wrong. Copy the one under Tools, Connect a DJ."_s)});
    window.findChild<KnockDock *>()->show();
    status.heard = ProgrammeKind::Live;
    status.source.lateSeconds = 3.0;
    status.source.program = u"Mixxx 2.3.6"_s;
    status.source.address = u"192.168.1.7"_s;
    qint64 clock = 0;
    window.adviserBar().setWorld({[&clock] { return clock; }, [] { return MachineMemory(); }});
    for (int i = 0; i < 40; ++i) {
        clock += 250;
        emit control.statusChanged(status);
    }
    emit control.auditionChanged({Audition::Verdict::Silent, -90.0, 17, true});
    save(window, folder.filePath(u"trouble"_s));
    window.adviserBar().apply();
    save(window, folder.filePath(u"trouble-applied"_s));
    window.adviserBar().setWorld({[] { return 0; }, [] { return MachineMemory(); }});
    window.findChild<KnockDock *>()->hide();
    window.adviserBar().takeBack();
}

Settings ownSettings()
{
    Settings settings;
    settings.server.sourcePassword = u"amber-fjord-lantern-quiver-37"_s;
    settings.metadata.stationName = u"Harbour Radio"_s;
    return settings;
}

/// In place of a browser.
class Nowhere : public QObject
{
    Q_OBJECT

public slots:
    void open(const QUrl &) {}
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    // Nothing is heard here, and no browser starts.
    qputenv("PULSE_SERVER", "unix:/nonexistent/sound");
    Nowhere nowhere;
    QDesktopServices::setUrlHandler(u"http"_s, &nowhere, "open");
    const double textSize = application.arguments().value(2, u"1"_s).toDouble();
    QApplication::setFont(theme::scaled(QApplication::font(), textSize));
    ThemeKeeper::install(application);
    language::install(qEnvironmentVariable("CYCAST_LANGUAGE", u"en"_s));
    const QDir folder(application.arguments().value(1, u"."_s));
    const QList<PlaylistEntry> tracks = exampleTracks();
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        control.applySettings(ownSettings());
        MainWindow window(control, {});
        window.resize(QSize(1280, 800) * textSize);
        window.show();
        save(window, folder.filePath(u"empty"_s));
        emit control.onAirFailed(
            Sentence(u"Port 8000 is already in use by another program. Choose another source port "
                     "in Tools > Settings, or end that program."_s));
        save(window, folder.filePath(u"failed"_s));
    }
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        control.applySettings(ownSettings());
        MainWindow window(control, {});
        window.resize(QSize(1280, 800) * textSize);
        window.editor().restore(tracks);
        window.show();
        save(window, folder.filePath(u"off"_s));
        goOnAir(control, window, exampleStatus(tracks[0].track, tracks[1].track));
        save(window, folder.filePath(u"on-alone"_s));
        playTwoMinutes(control, window, exampleStatus(tracks[0].track, tracks[1].track), 42);
        emit control.auditionChanged({Audition::Verdict::Hears, -14.0, 0, false});
        save(window, folder.filePath(u"on"_s));
        window.findChild<JingleEditor *>()->restore(tracks.mid(2, 3));
        window.findChild<JinglesView *>()->setOpen(true);
        save(window, folder.filePath(u"jingles"_s));
        window.findChild<JinglesView *>()->setOpen(false);
        const QList<QAction *> menus = window.menuBar()->actions();
        for (const QAction *action : menus) {
            action->menu()->popup({0, 0});
            save(*action->menu(),
                 folder.filePath(u"menu-"_s + QString(action->text()).remove(u'&').toLower()));
            action->menu()->close();
        }
        window.broadcast().share()->trigger();
        save(*window.findChild<ShareDialog *>(), folder.filePath(u"share"_s));
        window.findChild<ShareDialog *>()->close();
        grabOutside(control, window, folder);
        grabReach(control, window, folder);
        grabTools(control, window, folder);
    }
    {
        FakeStation control{FakeStation::Answers::AtOnce};
        control.applySettings(ownSettings());
        MainWindow window(control, {});
        window.resize(QSize(1280, 800) * textSize);
        QList<PlaylistEntry> rows = exampleTracks();
        rows[2].track.title =
            u"Concerto grosso in D major, op. 6 no. 7, HWV 325: I. Largo \u2013 II. Allegro "
            "\u2013 III. Largo, e piano (live at the old town hall)"_s;
        rows[2].track.artist = u"The <b>Very</b> Long Named Chamber Orchestra of the Northern Provinces"_s;
        rows[4].problem = Sentence(u"The file is empty"_s);
        rows[7].problem = Sentence(u"This is a picture, not music"_s);
        rows[9].problem = Sentence(u"The file is no longer there"_s);
        rows.append(manyTracks(100'000));
        window.editor().restore(rows);
        window.show();
        StationStatus status = exampleStatus(rows[2].track, rows[4].track);
        status.next.title = rows[2].track.title;
        status.listeners = 10'000;
        status.listenersPeak = 12'345;
        status.onAirMs = qint64(123) * 3'600'000;
        goOnAir(control, window, status);
        playTwoMinutes(control, window, status, 10'000);
        emit control.tagProgress(400, 1000);
        window.playlistView()->showNotice(u"100,000 tracks added. 3 need attention."_s, true);
        window.playlistView()->selectRows({5, 6, 8});
        save(window, folder.filePath(u"long"_s));
        status.heard = ProgrammeKind::Live;
        status.current = {0, {}, {}, {}, 0};
        status.next = {};
        status.source.program = u"butt 0.1.37"_s;
        status.source.address = u"192.168.1.7"_s;
        emit control.statusChanged(status);
        window.resize(820, 600);
        save(window, folder.filePath(u"live"_s));
    }
    return 0;
}

#include "grabwindow.moc"
