// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// 100,000 files dropped into the window at once. Makes a folder of so many links to one file, drops it, and
// prints as JSON how long it took until the first and the last row and until the last tag, the longest time
// in which the window did not answer, and what it cost. Then the list is sorted, and taken over by the next
// start.
//   --files N          how many (100000)
//   --real FILE        what they are (two seconds of silence without a name)
//   --cancel MS        reading tags is cancelled so long after the last row
//   --listeners N      so many in the table of listeners, changing four times a second all the while
//   --steady SECONDS   measured when everything is there (3)
#include "core/config/settings.h"
#include "core/station/threadedstation.h"
#include "tests/bench/clockseconds.h"
#include "tests/bench/options.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <filesystem>
#include <fstream>
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

constexpr int sortedByMs = 2000; ///< long enough for what follows a sort

/// The most memory this process has had, in MB (proc(5), VmHWM).
qint64 peakMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return std::atoll(line.c_str() + 6) / 1024;
    }
    return 0;
}

/// The thread of the window between two moments: the longest stretch without a turn of its event loop, how
/// much of one was its own work (the rest is waiting for a core that others have), and what processor time
/// went by.
class Watch
{
public:
    Watch()
    {
        m_beat.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_beat, &QTimer::timeout, &m_beat, [this] {
            const double cpu = bench::clockSeconds(CLOCK_THREAD_CPUTIME_ID);
            m_longestMs = qMax(m_longestMs, static_cast<double>(m_since.nsecsElapsed()) / 1e6);
            m_longestWorkMs = qMax(m_longestWorkMs, (cpu - m_workedUntil) * 1000.0);
            m_workedUntil = cpu;
            m_since.start();
        });
    }
    void begin()
    {
        m_longestMs = 0.0;
        m_longestWorkMs = 0.0;
        m_workedUntil = bench::clockSeconds(CLOCK_THREAD_CPUTIME_ID);
        m_wall = bench::clockSeconds(CLOCK_MONOTONIC);
        m_thread = bench::clockSeconds(CLOCK_THREAD_CPUTIME_ID);
        m_process = bench::clockSeconds(CLOCK_PROCESS_CPUTIME_ID);
        m_since.start();
        m_beat.start(1);
    }
    QJsonObject figures() const
    {
        const double wall = qMax(1e-6, bench::clockSeconds(CLOCK_MONOTONIC) - m_wall);
        const auto percent = [wall](double cpu) { return qRound(cpu * 1000.0 / wall) / 10.0; };
        return {
            {u"seconds"_s, qRound(wall * 100) / 100.0},
            {u"longest_stall_ms"_s, qRound(m_longestMs * 10) / 10.0},
            {u"longest_work_ms"_s, qRound(m_longestWorkMs * 10) / 10.0},
            {u"gui_cpu_percent"_s, percent(bench::clockSeconds(CLOCK_THREAD_CPUTIME_ID) - m_thread)},
            {u"process_cpu_percent"_s, percent(bench::clockSeconds(CLOCK_PROCESS_CPUTIME_ID) - m_process)}};
    }

private:
    QTimer m_beat;
    QElapsedTimer m_since;
    double m_longestMs = 0.0;
    double m_longestWorkMs = 0.0;
    double m_workedUntil = 0.0;
    double m_wall = 0.0;
    double m_thread = 0.0;
    double m_process = 0.0;
};

/// A crowd as the station tells of it.
class Crowd
{
public:
    Crowd(StationControl &control, int count)
        : m_control(control)
    {
        m_update.complete = true;
        for (int i = 1; i <= count; ++i) {
            const auto id = static_cast<quint64>(i);
            m_update.joined.append({id, u"192.0.%1.%2"_s.arg(i / 250).arg(i % 250), u"VLC/3.0"_s,
                                    u"HTTP/1.1"_s, QDateTime::currentDateTime()});
            m_update.figures.append({id, 0, 1.0F, 0, true});
        }
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tell(); });
        if (count > 0)
            m_timer.start(250);
    }

private:
    void tell()
    {
        for (ListenerFigures &figures : m_update.figures) {
            figures.bytesSent += 4000;
            figures.behindSeconds = static_cast<float>(figures.bytesSent % 7000) / 1000.0F;
        }
        emit m_control.listenersChanged(m_update);
        m_update.complete = false;
        m_update.joined.clear();
    }

    StationControl &m_control;
    ListenersUpdate m_update;
    QTimer m_timer;
};

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QTemporaryDir folder;
    qputenv("XDG_CACHE_HOME", QFile::encodeName(folder.filePath(u"cache"_s))); // not among the user's own
    QApplication application(argc, argv);
    const bench::Options options(argc, argv);
    const int files = options.integer("files", 100'000);
    const int cancelMs = options.integer("cancel", -1);
    QString real = QString::fromStdString(options.text("real"));
    if (real.isEmpty()) {
        real = folder.filePath(u"silence.mp3"_s);
        QFile file(real);
        if (!file.open(QIODevice::WriteOnly) || file.write(silentTrack()) < 0)
            return 1;
    }
    if (!makeFolder(QDir(folder.filePath(u"music"_s)), files, QFileInfo(real).absoluteFilePath()))
        return 1;

    ThreadedStation control;
    Settings settings;
    settings.server.sourcePassword = u"bench"_s;
    control.applySettings(settings);
    MainWindow window(control, folder.filePath(u"session.json"_s));
    window.resize(1280, 800);
    window.show();
    const Crowd crowd(control, options.integer("listeners"));

    Watch watch;
    QElapsedTimer clock;
    QJsonObject result{{u"files"_s, files}, {u"listeners"_s, options.integer("listeners")}};
    qint64 firstRowMs = -1;
    qint64 lastRowMs = -1;
    bool hasEnded = false;
    QObject::connect(&window.editor().model(), &PlaylistModel::listChanged, &application, [&] {
        if (firstRowMs < 0)
            result[u"first_row_ms"_s] = firstRowMs = clock.elapsed();
        if (lastRowMs >= 0 || window.editor().model().rowCount() < files)
            return;
        result[u"last_row_ms"_s] = lastRowMs = clock.elapsed();
        QTimer::singleShot(0, &application, [&] {
            result[u"rows"_s] = watch.figures();
            watch.begin();
        });
        if (cancelMs >= 0)
            QTimer::singleShot(cancelMs, &control, &StationControl::cancelImport);
    });
    QObject::connect(&control, &StationControl::tagProgress, &application, [&](int done, int total) {
        if (done < total || lastRowMs < 0 || std::exchange(hasEnded, true))
            return;
        result[u"last_tag_ms"_s] = clock.elapsed();
        result[u"tags_cancelled"_s] = cancelMs >= 0;
        result[u"tags"_s] = watch.figures();
        watch.begin();
        // Before the window closes, which waits until the list is on the disk.
        QTimer::singleShot(options.integer("steady", 3) * 1000, &application, [&] {
            result[u"steady"_s] = watch.figures();
            watch.begin();
            window.editor().sort(PlaylistModel::TitleColumn, Qt::DescendingOrder);
            QTimer::singleShot(sortedByMs, &application, [&] {
                result[u"sort"_s] = watch.figures();
                QCoreApplication::quit();
            });
        });
    });
    QTimer::singleShot(1000, &application, [&] {
        clock.start();
        watch.begin();
        window.openPaths({folder.filePath(u"music"_s)});
    });
    QTimer::singleShot(600'000, &application, &QCoreApplication::quit);
    QApplication::exec();
    result[u"peak_memory_mb"_s] = peakMegabytes();
    window.closeWithoutAsking();
    clock.start();
    ThreadedStation nextControl;
    MainWindow next(nextControl, folder.filePath(u"session.json"_s));
    result[u"restore_ms"_s] = clock.elapsed();
    QTextStream(stdout) << QJsonDocument(result).toJson(QJsonDocument::Indented);
    return hasEnded && window.editor().model().rowCount() == files &&
                   next.editor().model().rowCount() == files
               ? 0
               : 1;
}
