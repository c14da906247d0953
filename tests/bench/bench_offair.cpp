// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Counts how often a station wakes up that has been on the air and is off it again. cycastd ends when it goes
// off the air, so the station runs in here.
#include "core/station/threadedstation.h"
#include "tests/bench/serverprocess.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QTemporaryDir music;
    cycast::StationOptions options;
    options.portRule = cycast::PortRule::AnyAllowed;
    cycast::ThreadedStation control(options);
    cycast::Settings settings;
    settings.server.host = u"127.0.0.1"_s;
    settings.server.sourcePort = 0;
    settings.server.listenPort = 0;
    settings.server.sourcePassword = u"bench-word"_s;
    settings.playlist.directory = music.path();

    const bench::ServerProcess self(::getpid());
    constexpr int watchedMs = 5000;
    double wakeUps = 0.0;
    double cpu = 0.0;
    QObject::connect(&control, &cycast::StationControl::onAir, &app,
                     [&] { QTimer::singleShot(1000, &control, &cycast::StationControl::goOffAir); });
    QObject::connect(&control, &cycast::StationControl::offAir, &app, [&] {
        // What going off the air itself has left to do is over by then.
        QTimer::singleShot(1000, &app, [&] {
            wakeUps = self.wakeUps();
            cpu = self.cpuSeconds();
        });
        QTimer::singleShot(1000 + watchedMs, &app, [&] {
            // The wake-up for this look is the program's own.
            std::printf("wakeups_per_s=%.1f cpu_percent=%.3f\n",
                        (self.wakeUps() - wakeUps - 1) * 1000.0 / watchedMs,
                        (self.cpuSeconds() - cpu) * 100'000.0 / watchedMs);
            QCoreApplication::quit();
        });
    });
    QObject::connect(&control, &cycast::StationControl::onAirFailed, &app, [](const QString &reason) {
        std::fprintf(stderr, "bench_offair: %s\n", qPrintable(reason));
        QCoreApplication::exit(1);
    });
    control.applySettings(settings);
    control.goOnAir();
    return QCoreApplication::exec();
}
