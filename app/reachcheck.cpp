// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reachcheck.h"

#include "app/commandline.h"
#include "core/config/settingsfile.h"
#include "core/reach/verdict.h"
#include "core/reach/walk.h"

#include <QCoreApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTextStream>

#include <thread>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

/// Answers at the port in place of a station that is off the air.
class StandIn : public QObject
{
public:
    /// False: somebody is at the port already.
    bool stand(const QString &host, int port)
    {
        const QHostAddress bound(host);
        const bool isEverything = host.isEmpty() || bound == QHostAddress(QHostAddress::AnyIPv4);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection()) {
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
                connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                    socket->write("HTTP/1.0 200 OK\r\nServer: Cycast/" CYCAST_VERSION "\r\n\r\n");
                    socket->disconnectFromHost();
                });
            }
        });
        return m_server.listen(isEverything ? QHostAddress(QHostAddress::Any) : bound,
                               static_cast<quint16>(port));
    }

private:
    QTcpServer m_server;
};

QString signOf(ReachStep::State state)
{
    switch (state) {
    case ReachStep::State::Good:
        return u"ok"_s;
    case ReachStep::State::Bad:
        return u"no"_s;
    case ReachStep::State::Unclear:
        break;
    }
    return u"??"_s;
}

/// What somebody at a terminal can do; empty: the sentence says it.
QString actionFor(const ReachReport &report, const QString &file)
{
    switch (report.action) {
    case ReachAction::OpenPort:
        return u"reach { open_port = true }  in %1"_s.arg(file);
    case ReachAction::ListenAll:
        return u"server { host = \"0.0.0.0\" }  in %1"_s.arg(file);
    case ReachAction::CopyText:
        return report.actionText;
    case ReachAction::None:
    case ReachAction::Look:
        break;
    }
    return {};
}

int exitCodeOf(ReachScope scope)
{
    switch (scope) {
    case ReachScope::Everywhere:
        return kExitEverybody;
    case ReachScope::Ipv6Only:
        return kExitIpv6Only;
    default:
        return kExitNotOutside;
    }
}

/// The walk in a thread, with the event loop turning for the stand-in.
WalkResult walked(const WalkOptions &options)
{
    WalkResult result;
    std::thread thread([&result, &options] {
        result = walk(options);
        QMetaObject::invokeMethod(QCoreApplication::instance(), &QCoreApplication::quit,
                                  Qt::QueuedConnection);
    });
    QCoreApplication::exec();
    thread.join();
    return result;
}

} // namespace

int checkReach(const CommandLine &command, QTextStream &out, QTextStream &err)
{
    SettingsFile file(command.configPath);
    const auto loaded = file.load();
    if (!loaded) {
        err << loaded.error() << Qt::endl;
        return kExitMisuse;
    }
    const Settings &settings = loaded->settings;
    StandIn standIn;
    const bool standsIn = standIn.stand(settings.server.host, settings.server.listenPort);
    WalkOptions options;
    options.host = settings.server.host;
    options.port = settings.server.listenPort;
    options.mount = settings.server.mountPoint;
    options.opens = settings.reach.openPort;
    options.identity = stationIdentity();
    const WalkResult result = walked(options);
    if (standsIn)
        closePorts(options, result.held4, result.held6);

    const ReachReport report = reportOf(result.evidence);
    for (const ReachStep &step : report.steps)
        out << '[' << signOf(step.state) << "] " << step.name.english() << ": " << step.seen.english()
            << '\n';
    if (standsIn)
        out << "[..] The station is off the air; the port was tried in its place.\n";
    out << '\n' << report.sentence.english() << '\n';
    if (const QString action = actionFor(report, command.configPath); !action.isEmpty())
        out << "  " << action << '\n';
    out << Qt::flush;
    return exitCodeOf(report.scope);
}

} // namespace cycast
