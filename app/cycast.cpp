// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// cycast: the desktop application.
#include "app/commandline.h"
#include "app/settingskeeper.h"
#include "app/unixsignals.h"
#include "core/base/filename.h"
#include "core/base/filewriter.h"
#include "core/base/log.h"
#include "core/base/logentry.h"
#include "core/net/socket/nativesocket.h"
#include "core/station/orderstore.h"
#include "core/station/threadedstation.h"
#include "core/values/stationaddresses.h"
#include "ui/desktop/sessionstore.h"
#include "ui/desktop/singleinstance.h"
#include "ui/look/language.h"
#include "ui/look/sentences.h"
#include "ui/look/theme.h"
#include "ui/window/desktophabits.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QIcon>
#include <QMessageBox>
#include <QTextStream>

#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

QStringList argumentList(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(pathFromBytes(argv[i]));
    return arguments;
}

/// The window and its manners, made anew in another language while the station plays on.
class Desk
{
public:
    explicit Desk(StationControl &control)
        : m_control(control)
        , m_window(std::make_unique<MainWindow>(control, SessionStore::defaultPath()))
    {
        furnish();
    }
    MainWindow &window() { return *m_window; }

private:
    void furnish()
    {
        m_habits = std::make_unique<DesktopHabits>(m_control, *m_window, QDBusConnection::sessionBus(),
                                                   QDBusConnection::systemBus());
        // Queued: the menu that was clicked belongs to the window that goes.
        QObject::connect(
            m_window.get(), &MainWindow::languageChosen, m_window.get(),
            [this](const QString &code) { change(code); }, Qt::QueuedConnection);
    }
    void change(const QString &code)
    {
        const bool quits = QGuiApplication::quitOnLastWindowClosed();
        QGuiApplication::setQuitOnLastWindowClosed(false);
        const HandOver handOver = m_window->handOver();
        m_habits.reset();
        m_window->hide();
        m_window.release()->deleteLater();
        language::install(code);
        m_window = std::make_unique<MainWindow>(m_control, SessionStore::defaultPath(), handOver);
        furnish();
        m_window->show();
        QGuiApplication::setQuitOnLastWindowClosed(quits);
    }

    StationControl &m_control;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<DesktopHabits> m_habits;
};

void nameApplication(QApplication &app)
{
    QApplication::setApplicationDisplayName(u"Cycast"_s);
    QApplication::setDesktopFileName(u"io.github.cycast.CycastDesktop"_s);
    QApplication::setWindowIcon(QIcon(u":/icons/cycast.svg"_s));
    ThemeKeeper::install(app);
}

QStringList absoluteFiles(const CommandLine &command)
{
    QStringList files;
    for (const QString &file : command.files)
        files.append(absolutePath(file, QDir::currentPath()));
    return files;
}

StationOptions stationOptions(const CommandLine &command, const SettingsFile &file)
{
    StationOptions options;
    options.portRule = command.anyPort ? PortRule::AnyAllowed : PortRule::Fixed;
    options.baseDirectory = file.folder();
    options.listensToItself = true;
    options.orderFile = OrderStore::defaultPath(command.configPath);
    options.announceFile = stateFileOf(command.configPath, u"announced"_s);
    options.certificateFolder = stateFolderOf(command.configPath, u"https"_s);
    return options;
}

/// Another music folder in the settings: its tracks join the list, as one step that can be undone.
void followMusicFolder(StationControl &control, Desk &desk, const Settings &before, const QString &base)
{
    QObject::connect(&control, &StationControl::settingsApplied, &control,
                     [&desk, base, folder = before.playlist.directory](const Settings &settings) mutable {
                         if (settings.playlist.directory ==
                             std::exchange(folder, settings.playlist.directory))
                             return;
                         desk.window().openPaths({absolutePath(folder, base)});
                     });
}

/// The same station a second time: its window comes to the front, with the files of that start.
void followOtherStarts(SingleInstance &instance, Desk &desk)
{
    QObject::connect(&instance, &SingleInstance::asked, &instance, [&desk](const QStringList &asked) {
        desk.window().bringToFront();
        if (!asked.isEmpty())
            desk.window().openPaths(asked);
    });
}

/// With this start's files, or with the list of the last one, or with the music folder.
void fillList(MainWindow &window, const QStringList &files, const QString &musicFolder)
{
    if (!files.isEmpty())
        window.openPaths(files);
    else if (window.isPlaylistEmpty())
        window.openPaths({musicFolder});
}

/// All that has a window, until it is closed.
int runDesk(const CommandLine &command, SettingsFile &file, const LoadedSettings &loaded,
            SingleInstance &instance, LogSink &log, QTextStream &out)
{
    ThreadedStation control(stationOptions(command, file));
    SettingsKeeper keeper(file, control);
    QObject::connect(&keeper, &SettingsKeeper::secretsChanged, &log, &LogSink::setSecrets);
    keeper.begin(loaded);

    Desk desk(control);
    QObject::connect(&log, &LogSink::logged, &control,
                     [&desk](const LogEntry &entry) { desk.window().appendLog(entry); });
    QObject::connect(&control, &StationControl::onAir, &control, [&out](const StationAddresses &addresses) {
        out << u"On the air: listen at %1, web page %2"_s.arg(addresses.streamUrl, addresses.pageUrl)
            << Qt::endl;
    });
    fillList(desk.window(), absoluteFiles(command),
             absolutePath(loaded.settings.playlist.directory, file.folder()));
    followOtherStarts(instance, desk);
    followMusicFolder(control, desk, loaded.settings, file.folder());

    UnixSignals unixSignals;
    QObject::connect(&unixSignals, &UnixSignals::reloadRequested, &keeper, &SettingsKeeper::reload);
    QObject::connect(&unixSignals, &UnixSignals::endRequested, &control,
                     [&desk] { desk.window().closeWithoutAsking(); });
    desk.window().show();
    const int result = QApplication::exec();
    FileWriter::shared().finish(); // a list of bans, a preset
    return result;
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
    SingleInstance instance(QFileInfo(command.configPath).absoluteFilePath());
    if (instance.handOver(absoluteFiles(command)))
        return 0;
    instance.listen();
    LogSink log;
    native::raiseDescriptorLimit();
    nameApplication(app);
    language::install(language::load(MainWindow::languageFile(SessionStore::defaultPath())));

    SettingsFile file(command.configPath, command.anyPort ? PortRule::AnyAllowed : PortRule::Fixed);
    const auto loaded = openSettings(file, !command.configGiven);
    if (!loaded) {
        err << loaded.error() << Qt::endl;
        // Who started from a menu has no terminal to read.
        if (!command.configGiven)
            QMessageBox::critical(nullptr, u"Cycast"_s, said(loaded.error()));
        return kExitMisuse;
    }
    return runDesk(command, file, *loaded, instance, log, out);
}
