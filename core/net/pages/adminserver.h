// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/pages/icecaststatus.h"
#include "core/net/sources/logindesk.h"
#include "core/net/stream/listenerserver.h"

namespace cycast
{

struct AdminServerOptions {
    enum class From : quint8 { Loopback, Lan, Anywhere };
    From from = From::Lan;
    StationDescription station;
};

/// What Icecast's own tools ask as user "admin": /admin/stats, listmounts, listclients, killclient,
/// killsource. First the address has to be one that may ask, then the password is looked at. (Titles,
/// /admin/metadata, belong to SourceServer.) Lives in the station's thread.
class AdminServer : public QObject
{
    Q_OBJECT

public:
    /// All of them outlive this.
    AdminServer(const Logins &logins, LoginDesk &desk, Broadcaster &broadcaster, ListenerServer &pages,
                QObject *parent = nullptr);

    void setOptions(const AdminServerOptions &options)
    {
        m_options = options;
        m_clients.forget();
    }
    static bool handles(const HttpRequest &request);
    void handle(Arrival &&arrival);

signals:
    void killSourceAsked();
    /// For the log, already escaped.
    void refused(const QString &sentence);

private:
    /// Why not; empty when the address may ask.
    QByteArray addressRefusal(const Arrival &arrival) const;
    HttpResponse loginRefusal(const Arrival &arrival, Logins::Verdict verdict);
    HttpResponse answer(const Arrival &arrival);
    void respond(Arrival &&arrival, HttpResponse response);
    HttpResponse clients();
    HttpResponse listOfClients() const;
    HttpResponse killClient(const HttpRequest &request);

    const Logins &m_logins;
    LoginDesk &m_desk;
    Broadcaster &m_broadcaster;
    ListenerServer &m_pages;
    AdminServerOptions m_options;
    OnceASecond<HttpResponse> m_clients;
};

} // namespace cycast
