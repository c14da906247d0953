// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop's window with the station behind it, for a crowd to listen to: how soon the first picture and
// the stream are there, and what the window's own thread costs while the crowd listens.
//   --music FOLDER  --listeners N (figures count from when so many are there)  --settle SECONDS
// Prints "ready PORT", and the figures when its standard input ends.
#include "core/net/socket/nativesocket.h"
#include "core/station/threadedstation.h"
#include "tests/bench/clockseconds.h"
#include "tests/bench/options.h"
#include "ui/look/theme.h"
#include "ui/onair/onairbar.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <cstdio>
#include <fstream>
#include <functional>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

/// Since the kernel started this process (proc(5), field 22 of stat, in clock ticks of 10 ms).
double millisecondsSinceStart()
{
    std::ifstream stat("/proc/self/stat");
    std::string text;
    std::getline(stat, text);
    const QList<QByteArray> fields = QByteArray::fromStdString(text.substr(text.rfind(')') + 2)).split(' ');
    const double started = fields.value(19).toDouble() / static_cast<double>(::sysconf(_SC_CLK_TCK));
    return (bench::clockSeconds(CLOCK_BOOTTIME) - started) * 1000;
}

/// Tells when the window has painted itself for the first time.
class FirstPaint : public QObject
{
public:
    explicit FirstPaint(std::function<void()> painted)
        : m_painted(std::move(painted))
    {
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_painted) {
            watched->removeEventFilter(this);
            // After this event's turn the whole window has been painted.
            QTimer::singleShot(0, this, std::exchange(m_painted, {}));
        }
        return false;
    }

private:
    std::function<void()> m_painted;
};

/// The thread's processor time and its longest stretch without a turn of the event loop.
class ThreadFigures : public QObject
{
public:
    void begin()
    {
        m_cpu = bench::clockSeconds(CLOCK_THREAD_CPUTIME_ID);
        m_wall = bench::clockSeconds(CLOCK_MONOTONIC);
        m_beat.setTimerType(Qt::PreciseTimer);
        connect(&m_beat, &QTimer::timeout, this, [this] {
            m_longestMs = qMax(m_longestMs, static_cast<double>(m_sinceBeat.nsecsElapsed()) / 1e6 - beatMs);
            m_sinceBeat.start();
        });
        m_sinceBeat.start();
        m_beat.start(beatMs);
    }
    bool hasBegun() const { return m_beat.isActive(); }
    double cpuPercent() const
    {
        return (bench::clockSeconds(CLOCK_THREAD_CPUTIME_ID) - m_cpu) * 100 /
               (bench::clockSeconds(CLOCK_MONOTONIC) - m_wall);
    }
    double longestStallMs() const { return m_longestMs; }

private:
    static constexpr int beatMs = 10;
    QTimer m_beat;
    QElapsedTimer m_sinceBeat;
    double m_cpu = 0.0;
    double m_wall = 0.0;
    double m_longestMs = 0.0;
};

} // namespace

int main(int argc, char **argv)
{
    const bench::Options options(argc, argv);
    QApplication app(argc, argv);
    ThemeKeeper::install(app);
    native::raiseDescriptorLimit();
    const QTemporaryDir folder;

    ThreadedStation control({PortRule::AnyAllowed, folder.path(), false});
    Settings settings;
    settings.server.host = u"127.0.0.1"_s;
    settings.server.sourcePort = 0;
    settings.server.listenPort = 0;
    settings.server.sourcePassword = u"bench-word"_s;
    settings.playlist.shuffle = false;
    settings.encoder.sampleRate = 48000; // the bench's frames are passed as they are
    control.applySettings(settings);
    MainWindow window(control, folder.filePath(u"session.json"_s));

    double firstWindowMs = 0.0;
    FirstPaint paint([&] {
        firstWindowMs = millisecondsSinceStart();
        window.openPaths({QString::fromStdString(options.text("music"))});
    });
    window.installEventFilter(&paint);
    window.resize(1400, 900);
    window.show();

    // The click, as soon as there is something to send.
    double clickedAt = 0.0;
    double onAirMs = 0.0;
    QObject::connect(&control, &StationControl::importFinished, &app, [&] {
        QTimer::singleShot(0, &window, [&] {
            clickedAt = bench::clockSeconds(CLOCK_MONOTONIC);
            QTest::mouseClick(window.onAirBar()->airButton(), Qt::LeftButton);
        });
    });
    QObject::connect(&control, &StationControl::onAir, &app, [&](const StationAddresses &addresses) {
        onAirMs = (bench::clockSeconds(CLOCK_MONOTONIC) - clickedAt) * 1000;
        std::printf("ready %d\n", addresses.listenPort);
        std::fflush(stdout);
    });
    QObject::connect(&control, &StationControl::onAirFailed, &app, [](const QString &reason) {
        std::fprintf(stderr, "bench_window: %s\n", qPrintable(reason));
        QCoreApplication::exit(1);
    });

    ThreadFigures thread;
    const int wanted = options.integer("listeners");
    const int settleMs = options.integer("settle", 3) * 1000;
    QTimer settled;
    settled.setSingleShot(true);
    settled.setInterval(settleMs);
    QObject::connect(&settled, &QTimer::timeout, &app, [&] { thread.begin(); });
    QObject::connect(&control, &StationControl::statusChanged, &app, [&](const StationStatus &status) {
        if (status.listeners >= wanted && status.state == AirState::OnAir && !settled.isActive() &&
            !thread.hasBegun())
            settled.start();
    });

    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, [&] {
        std::printf("first_window_ms=%.0f on_air_ms=%.0f gui_percent=%.2f gui_stall_ms=%.1f\n", firstWindowMs,
                    onAirMs, thread.hasBegun() ? thread.cpuPercent() : -1.0,
                    thread.hasBegun() ? thread.longestStallMs() : -1.0);
        std::fflush(stdout);
        window.closeWithoutAsking();
        QCoreApplication::quit();
    });
    return QApplication::exec();
}
