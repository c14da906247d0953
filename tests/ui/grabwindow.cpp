// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the main window in the states that matter, for looking at them: grabwindow FOLDER [TEXT SIZE].
// CYCAST_THEME chooses light or dark, CYCAST_LANGUAGE de, es or fr; the text size is a factor, 2 for 200 %.
#include "exampledata.h"
#include "fakestationcontrol.h"

#include "ui/adviserbar.h"
#include "ui/bandialog.h"
#include "ui/banlist.h"
#include "ui/broadcastactions.h"
#include "ui/connectdjdialog.h"
#include "ui/jingleeditor.h"
#include "ui/jinglesview.h"
#include "ui/knockdock.h"
#include "ui/language.h"
#include "ui/listenersview.h"
#include "ui/mainwindow.h"
#include "ui/onairbar.h"
#include "ui/playlisteditor.h"
#include "ui/playlistview.h"
#include "ui/selftestdialog.h"
#include "ui/selftestprobe.h"
#include "ui/settingsdialog.h"
#include "ui/sharedialog.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QMenu>
#include <QMenuBar>

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

void trigger(MainWindow &window, const QString &text)
{
    for (QAction *action : window.findChildren<QAction *>()) {
        // By its English text, whatever language it is in now.
        if (action->text() == QCoreApplication::translate("MainWindow", text.toUtf8().constData()))
            action->trigger();
    }
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
    save(*window.findChild<SettingsDialog *>(), folder.filePath(u"settings"_s));
    window.findChild<SettingsDialog *>()->close();
    auto *listeners = window.findChild<ListenersView *>();
    listeners->banSelected({u"192.0.2.0/24"_s, u"VLC"_s, {}, {}});
    save(*listeners->findChild<BanDialog *>(), folder.filePath(u"ban"_s));
    listeners->findChild<BanDialog *>()->close();

    using Outcome = SourceAttempt::Outcome;
    const QDateTime now = QDateTime::currentDateTime();
    emit control.sourceAttempted({Outcome::Accepted, now, u"192.168.1.7"_s, u"Mixxx 2.3.6"_s,
                                  u"SOURCE /stream HTTP/1.0"_s, u"Let in."_s});
    emit control.sourceAttempted({Outcome::WrongPassword, now, u"192.168.1.9"_s, u"butt 0.1.37"_s,
                                  u"SOURCE /stream HTTP/1.0"_s,
                                  u"The pass phrase is wrong. Copy the one under Tools, Connect a DJ."_s});
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

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const double textSize = application.arguments().value(2, u"1"_s).toDouble();
    QApplication::setFont(theme::scaled(QApplication::font(), textSize));
    ThemeKeeper::install(application);
    language::install(qEnvironmentVariable("CYCAST_LANGUAGE", u"en"_s));
    const QDir folder(application.arguments().value(1, u"."_s));
    const QList<PlaylistEntry> tracks = exampleTracks();
    {
        StationControl control;
        MainWindow window(control, {});
        window.show();
        save(window, folder.filePath(u"empty"_s));
        emit control.onAirFailed(
            u"Port 8000 is already in use by another program. Choose another source port "
            "in Tools > Settings, or end that program."_s);
        save(window, folder.filePath(u"failed"_s));
    }
    {
        StationControl control;
        MainWindow window(control, {});
        window.editor().restore(tracks);
        window.show();
        save(window, folder.filePath(u"off"_s));
        goOnAir(control, window, exampleStatus(tracks[0].track, tracks[1].track));
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
        grabTools(control, window, folder);
    }
    {
        StationControl control;
        MainWindow window(control, {});
        QList<PlaylistEntry> rows = exampleTracks();
        rows[2].track.title =
            u"Concerto grosso in D major, op. 6 no. 7, HWV 325: I. Largo \u2013 II. Allegro "
            "\u2013 III. Largo, e piano (live at the old town hall)"_s;
        rows[2].track.artist = u"The <b>Very</b> Long Named Chamber Orchestra of the Northern Provinces"_s;
        rows[4].problem = u"The file is empty"_s;
        rows[7].problem = u"This is a picture, not music"_s;
        rows[9].problem = u"The file is no longer there"_s;
        rows.append(manyTracks(100'000));
        window.editor().restore(rows);
        window.show();
        StationStatus status = exampleStatus(rows[2].track, rows[4].track);
        status.next.title = rows[2].track.title;
        status.listeners = 10'000;
        status.listenersPeak = 12'345;
        status.onAirMs = qint64(123) * 3'600'000;
        goOnAir(control, window, status);
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
