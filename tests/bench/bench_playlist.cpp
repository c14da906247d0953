// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// 100,000 files dropped into the window at once: bench_playlist [FILES] [REAL FILE]. Makes a folder of so
// many links to one file (a small one of its own without a name), drops it, and prints as JSON how long it
// took until the first and the last row, until the last tag, and the longest time in which the window did not
// answer.
#include "core/config/settings.h"
#include "core/stationcontrol.h"
#include "ui/mainwindow.h"
#include "ui/playlisteditor.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <filesystem>
#include <system_error>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

/// MPEG-1 Layer III, 128 kbit/s, 44.1 kHz: two seconds of silence.
QByteArray silentTrack()
{
    QByteArray frame(417, '\0');
    frame.replace(0, 4, QByteArray("\xff\xfb\x90\x00", 4));
    return frame.repeated(77);
}

/// A copy in each album, the other tracks of it are hard links: files like any others, without their bytes.
bool makeFolder(const QDir &folder, int files, const QString &real)
{
    QString first;
    for (int i = 0; i < files; ++i) {
        const QString sub = u"album %1"_s.arg(i / 1000, 3, 10, QLatin1Char('0'));
        const QString path = folder.filePath(sub + u"/track %1.mp3"_s.arg(i));
        if (i % 1000 == 0) {
            first = path;
            if (!folder.mkpath(sub) || !QFile::copy(real, path))
                return false;
            continue;
        }
        std::error_code error;
        std::filesystem::create_hard_link(first.toStdString(), path.toStdString(), error);
        if (error)
            return false;
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const int files = arguments.value(1, u"100000"_s).toInt();
    QTemporaryDir folder;
    QString real = arguments.value(2);
    if (real.isEmpty()) {
        real = folder.filePath(u"silence.mp3"_s);
        QFile file(real);
        if (!file.open(QIODevice::WriteOnly) || file.write(silentTrack()) < 0)
            return 1;
    }
    if (!makeFolder(QDir(folder.filePath(u"music"_s)), files, QFileInfo(real).absoluteFilePath()))
        return 1;

    StationControl control;
    Settings settings;
    settings.server.sourcePassword = u"bench"_s;
    settings.playlist.watch = false; // links are not what is watched here
    control.applySettings(settings);
    MainWindow window(control, folder.filePath(u"session.json"_s));
    window.show();

    // The window answers when a timer that is due at once fires.
    QElapsedTimer clock;
    qint64 lastTickNs = 0;
    qint64 longestNs = 0;
    qint64 longestAtNs = 0;
    QTimer heartbeat;
    QObject::connect(&heartbeat, &QTimer::timeout, &application, [&] {
        const qint64 nowNs = clock.nsecsElapsed();
        if (lastTickNs > 0 && nowNs - lastTickNs > longestNs) {
            longestNs = nowNs - lastTickNs;
            longestAtNs = nowNs;
        }
        lastTickNs = nowNs;
    });
    qint64 firstRowMs = -1;
    qint64 lastRowMs = -1;
    qint64 lastTagMs = -1;
    QObject::connect(&window.editor().model(), &PlaylistModel::listChanged, &application, [&] {
        if (firstRowMs < 0)
            firstRowMs = clock.elapsed();
        if (window.editor().model().rowCount() >= files)
            lastRowMs = clock.elapsed();
    });
    QObject::connect(&control, &StationControl::tagProgress, &application, [&](int done, int total) {
        if (done == total && lastRowMs >= 0) {
            lastTagMs = clock.elapsed();
            QTimer::singleShot(3000, &application, &QCoreApplication::quit); // what follows counts too
        }
    });
    QTimer::singleShot(1000, &application, [&] {
        clock.start();
        heartbeat.start(1);
        window.openPaths({folder.filePath(u"music"_s)});
    });
    QTimer::singleShot(600'000, &application, &QCoreApplication::quit);
    QApplication::exec();
    QTextStream(stdout) << u"{\"files\": %1, \"rows\": %2, \"first_row_ms\": %3, \"last_row_ms\": %4, "
                           "\"last_tag_ms\": %5, \"longest_stall_ms\": %6, \"stall_at_ms\": %7}"_s.arg(files)
                               .arg(window.editor().model().rowCount())
                               .arg(firstRowMs)
                               .arg(lastRowMs)
                               .arg(lastTagMs)
                               .arg(static_cast<double>(longestNs) / 1e6, 0, 'f', 1)
                               .arg(longestAtNs / 1'000'000)
                        << Qt::endl;
    window.closeWithoutAsking();
    return lastTagMs >= 0 ? 0 : 1;
}
