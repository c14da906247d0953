// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpconnection.h"
#include "core/net/loginguard.h"
#include "core/net/sourceconnection.h"
#include "core/stationstatus.h"

namespace cycast
{

struct SourceServerOptions {
    QByteArray password; ///< UTF-8; empty opens no door
    QByteArray mount;    ///< "/stream"
    double timeoutSeconds = 10.0;
};

/// Decides who may broadcast: SOURCE and PUT on the mount, titles on /admin/metadata and /admin.cgi. Checks
/// the password before it says anything else. Lives in the station's thread.
class SourceServer : public QObject
{
    Q_OBJECT

public:
    /// `router` gets further requests of connections that asked for something here first.
    SourceServer(FrontDoor::Handler router, QObject *parent = nullptr);

    void setOptions(const SourceServerOptions &options);
    /// Whether a request belongs here rather than to the listeners' side.
    static bool handles(const HttpRequest &request);
    void handle(Arrival &&arrival);

    /// Told by the owner, for title updates.
    void setSourceConnected(bool connected) { m_sourceConnected = connected; }

signals:
    /// Authorised; not started yet. The receiver owns it.
    void sourceArrived(cycast::SourceConnection *source);
    void titleArrived(const cycast::TrackInfo &title);

private:
    enum class Login : quint8 { Right, Missing, Wrong };
    Login check(const QByteArray &user, const QByteArray &password) const;
    void refuseLogin(Arrival &&arrival, Login login);
    void answer(Arrival &&arrival, const HttpResponse &response, int delayMs = 0);
    void acceptSource(Arrival &&arrival);
    void updateTitle(Arrival &&arrival);

    FrontDoor::Handler m_router;
    SourceServerOptions m_options;
    LoginGuard m_guard;
    bool m_sourceConnected = false;
};

} // namespace cycast
