// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// cycast: the desktop application.
#include "app/commandline.h"
#include "app/settingskeeper.h"
#include "app/unixsignals.h"
#include "core/log.h"
#include "core/net/nativesocket.h"
#include "ui/desktophabits.h"
#include "core/orderstore.h"
#include "ui/mainwindow.h"
#include "ui/sessionstore.h"
#include "ui/singleinstance.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QIcon>
#include <QMessageBox>
#include <QTextStream>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

QStringList argumentList(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

} // namespace

int main(int argc, char *argv[])
{
    QTextStream out(stdout);
    QTextStream err(stderr);
    // Before QApplication, so that --help works without a display.
    const CommandLine command = parseCommandLine(argumentList(argc, argv), Program::Desktop);
    QCoreApplication::setApplicationName(u"cycast-desktop"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(CYCAST_VERSION));
    if (command.action != CommandLine::Action::Run)
        return answerCommandLine(command, out, err);

    QApplication app(argc, argv);
    QApplication::setApplicationDisplayName(u"Cycast"_s);
    QApplication::setDesktopFileName(u"io.github.cycast.CycastDesktop"_s);
    QApplication::setWindowIcon(QIcon(u":/icons/cycast.svg"_s));
    // The same station a second time: its window comes to the front, with the files of this start.
    SingleInstance instance(QFileInfo(command.configPath).absoluteFilePath());
    QStringList files;
    for (const QString &file : command.files)
        files.append(QFileInfo(file).absoluteFilePath());
    if (instance.handOver(files))
        return 0;
    instance.listen();
    LogSink log;
    native::raiseDescriptorLimit();
    ThemeKeeper::install(app);

    const PortRule portRule = command.anyPort ? PortRule::AnyAllowed : PortRule::Fixed;
    SettingsFile file(command.configPath, portRule);
    const auto loaded = openSettings(file, !command.configGiven);
    if (!loaded) {
        err << loaded.error() << Qt::endl;
        // Who started from a menu has no terminal to read.
        if (!command.configGiven)
            QMessageBox::critical(nullptr, u"Cycast"_s, loaded.error());
        return kExitMisuse;
    }

    StationOptions options;
    options.portRule = portRule;
    options.baseDirectory = file.folder();
    options.listensToItself = true;
    options.orderFile = OrderStore::defaultPath(command.configPath);
    StationControl control(options);
    SettingsKeeper keeper(file, control);
    QObject::connect(&keeper, &SettingsKeeper::secretsChanged, &log, &LogSink::setSecrets);
    keeper.begin(*loaded);

    MainWindow window(control, SessionStore::defaultPath());
    QObject::connect(&log, &LogSink::logged, &window, &MainWindow::appendLog);
    QObject::connect(&control, &StationControl::onAir, &app, [&out](const StationAddresses &addresses) {
        out << u"On the air: listen at %1, web page %2"_s.arg(addresses.streamUrl, addresses.pageUrl)
            << Qt::endl;
    });
    if (!command.files.isEmpty())
        window.openPaths(command.files);
    else if (window.isPlaylistEmpty())
        window.openPaths({QDir(file.folder()).absoluteFilePath(loaded->settings.playlist.directory)});

    const DesktopHabits habits(control, window, QDBusConnection::sessionBus(), QDBusConnection::systemBus());
    QObject::connect(&instance, &SingleInstance::asked, &window, [&window](const QStringList &asked) {
        window.bringToFront();
        if (!asked.isEmpty())
            window.openPaths(asked);
    });

    UnixSignals unixSignals;
    QObject::connect(&unixSignals, &UnixSignals::reloadRequested, &keeper, &SettingsKeeper::reload);
    QObject::connect(&unixSignals, &UnixSignals::endRequested, &window, &MainWindow::closeWithoutAsking);
    // Another music folder in the settings: its tracks join the list, as one step that can be undone.
    QString folder = loaded->settings.playlist.directory;
    QObject::connect(&control, &StationControl::settingsApplied, &window, [&](const Settings &settings) {
        if (settings.playlist.directory == std::exchange(folder, settings.playlist.directory))
            return;
        window.openPaths({QDir(file.folder()).absoluteFilePath(folder)});
    });

    window.show();
    return QApplication::exec();
}
