// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpconnection.h"
#include "core/net/logins.h"
#include "core/net/sourceconnection.h"
#include "core/stationstatus.h"

namespace cycast
{

struct SourceServerOptions {
    QByteArray mount; ///< "/stream"
    double timeoutSeconds = 10.0;
};

/// Decides who may broadcast: SOURCE and PUT on the mount, titles on /admin/metadata and /admin.cgi. Checks
/// the password before it says anything else. Lives in the station's thread.
class SourceServer : public QObject
{
    Q_OBJECT

public:
    /// `router` gets further requests of connections that asked for something here first. `logins` outlives
    /// this.
    SourceServer(Logins &logins, FrontDoor::Handler router, QObject *parent = nullptr);

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
    void refuseLogin(Arrival &&arrival, const Logins::Check &login);
    void answer(Arrival &&arrival, const HttpResponse &response, int delayMs = 0);
    void acceptSource(Arrival &&arrival);
    void updateTitle(Arrival &&arrival);

    Logins &m_logins;
    FrontDoor::Handler m_router;
    SourceServerOptions m_options;
    bool m_sourceConnected = false;
};

} // namespace cycast
