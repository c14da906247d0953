// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the main window in the states that matter, for looking at them: grabwindow FOLDER [TEXT SIZE].
// CYCAST_THEME chooses light or dark; the text size is a factor, 2 for 200 %.
#include "exampledata.h"
#include "fakestationcontrol.h"

#include "ui/broadcastactions.h"
#include "ui/mainwindow.h"
#include "ui/onairbar.h"
#include "ui/playlisteditor.h"
#include "ui/playlistview.h"
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

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const double textSize = application.arguments().value(2, u"1"_s).toDouble();
    QApplication::setFont(theme::scaled(QApplication::font(), textSize));
    ThemeKeeper::install(application);
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
        save(window, folder.filePath(u"on"_s));
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
