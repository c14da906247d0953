// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// cycast: the desktop application.
#include "app/commandline.h"
#include "app/settingskeeper.h"
#include "app/unixsignals.h"
#include "core/base/log.h"
#include "core/base/logentry.h"
#include "core/net/socket/nativesocket.h"
#include "core/station/orderstore.h"
#include "core/station/threadedstation.h"
#include "core/values/stationaddresses.h"
#include "ui/desktop/sessionstore.h"
#include "ui/desktop/singleinstance.h"
#include "ui/look/language.h"
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
        arguments.append(QString::fromLocal8Bit(argv[i]));
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
        const Session session = m_window->handOver();
        m_habits.reset();
        m_window->hide();
        m_window.release()->deleteLater();
        language::install(code);
        m_window = std::make_unique<MainWindow>(m_control, SessionStore::defaultPath(), session);
        furnish();
        m_window->show();
        QGuiApplication::setQuitOnLastWindowClosed(quits);
    }

    StationControl &m_control;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<DesktopHabits> m_habits;
};

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
    language::install(language::load(MainWindow::languageFile(SessionStore::defaultPath())));

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
    ThreadedStation control(options);
    SettingsKeeper keeper(file, control);
    QObject::connect(&keeper, &SettingsKeeper::secretsChanged, &log, &LogSink::setSecrets);
    keeper.begin(*loaded);

    Desk desk(control);
    QObject::connect(&log, &LogSink::logged, &app,
                     [&desk](const LogEntry &entry) { desk.window().appendLog(entry); });
    QObject::connect(&control, &StationControl::onAir, &app, [&out](const StationAddresses &addresses) {
        out << u"On the air: listen at %1, web page %2"_s.arg(addresses.streamUrl, addresses.pageUrl)
            << Qt::endl;
    });
    if (!command.files.isEmpty())
        desk.window().openPaths(command.files);
    else if (desk.window().isPlaylistEmpty())
        desk.window().openPaths({QDir(file.folder()).absoluteFilePath(loaded->settings.playlist.directory)});
    QObject::connect(&instance, &SingleInstance::asked, &app, [&desk](const QStringList &asked) {
        desk.window().bringToFront();
        if (!asked.isEmpty())
            desk.window().openPaths(asked);
    });

    UnixSignals unixSignals;
    QObject::connect(&unixSignals, &UnixSignals::reloadRequested, &keeper, &SettingsKeeper::reload);
    QObject::connect(&unixSignals, &UnixSignals::endRequested, &app,
                     [&desk] { desk.window().closeWithoutAsking(); });
    // Another music folder in the settings: its tracks join the list, as one step that can be undone.
    QString folder = loaded->settings.playlist.directory;
    QObject::connect(&control, &StationControl::settingsApplied, &app, [&](const Settings &settings) {
        if (settings.playlist.directory == std::exchange(folder, settings.playlist.directory))
            return;
        desk.window().openPaths({QDir(file.folder()).absoluteFilePath(folder)});
    });

    desk.window().show();
    return QApplication::exec();
}
