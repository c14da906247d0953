// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// cycastd: the station without a window, for a Raspberry Pi or a server.
#include "app/commandline.h"
#include "app/reachcheck.h"
#include "app/settingskeeper.h"
#include "app/unixsignals.h"
#include "core/base/log.h"
#include "core/net/socket/nativesocket.h"
#include "core/station/orderstore.h"
#include "core/station/threadedstation.h"
#include "core/values/stationaddresses.h"

#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

// One line that scripts can wait for.
QString readyLine(const StationAddresses &addresses)
{
    return u"ready: listen at %1 (here: %2), web page %3, live sources on port %4"_s.arg(
        addresses.streamUrl, addresses.localUrl, addresses.pageUrl, QString::number(addresses.sourcePort));
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"cycast-desktop"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(CYCAST_VERSION));
    QTextStream out(stdout);
    QTextStream err(stderr);

    const CommandLine command = parseCommandLine(QCoreApplication::arguments(), Program::Headless);
    if (command.action == CommandLine::Action::CheckReach)
        return checkReach(command, out, err);
    if (command.action != CommandLine::Action::Run)
        return answerCommandLine(command, out, err);

    LogSink log;
    native::raiseDescriptorLimit();
    const PortRule portRule = command.anyPort ? PortRule::AnyAllowed : PortRule::Fixed;
    SettingsFile file(command.configPath, portRule);
    const auto loaded = openSettings(file, !command.configGiven);
    if (!loaded) {
        err << loaded.error() << Qt::endl;
        return kExitMisuse;
    }

    StationOptions options;
    options.portRule = portRule;
    // Nobody looks at a lamp here: it listens to itself only where it is to act on what it hears.
    options.listensWhenItActs = true;
    options.isWatched = false;
    options.baseDirectory = file.folder();
    options.loadsDirectory = true;
    options.orderFile = OrderStore::defaultPath(command.configPath);
    options.announceFile = stateFileOf(command.configPath, u"announced"_s);
    options.certificateFolder = stateFolderOf(command.configPath, u"https"_s);
    ThreadedStation control(options);
    SettingsKeeper keeper(file, control);
    QObject::connect(&keeper, &SettingsKeeper::secretsChanged, &log, &LogSink::setSecrets);

    QObject::connect(&control, &StationControl::onAir, &app,
                     [&out](const StationAddresses &addresses) { out << readyLine(addresses) << Qt::endl; });
    QObject::connect(&control, &StationControl::onAirFailed, &app, [&err](const Sentence &reason) {
        err << reason << Qt::endl;
        QCoreApplication::exit(1);
    });
    QObject::connect(&control, &StationControl::offAir, &app, &QCoreApplication::quit);

    UnixSignals signals_;
    QObject::connect(&signals_, &UnixSignals::reloadRequested, &keeper, &SettingsKeeper::reload);
    QObject::connect(&signals_, &UnixSignals::endRequested, &control, &StationControl::goOffAir);

    keeper.begin(*loaded);
    control.goOnAir();
    return QCoreApplication::exec();
}
