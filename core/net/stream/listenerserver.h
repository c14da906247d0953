// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/net/http/lobby.h"
#include "core/net/http/publicplace.h"
#include "core/net/http/requestbudget.h"
#include "core/net/pages/icecaststatus.h"
#include "core/net/pages/sharedpages.h"
#include "core/net/stream/banmatcher.h"
#include "core/net/stream/broadcaster.h"
#include "core/net/stream/icyheaders.h"
#include "core/values/ban.h"
#include "core/values/stationstatus.h"

namespace cycast
{

struct ListenerServerOptions {
    StationDescription station;
    PublicPlace place;              ///< where the world sees it
    StreamHeadOptions head;         ///< what its head says to directories; the rest of it is filled in
    int maxListeners = 0;           ///< 0: no limit
    int maxListenersPerAddress = 0; ///< 0: no limit
    bool icyEnabled = true;
    int icyMetaint = 16000;
    bool statsEnabled = true;
    int maxRequestsPerSecond = 0; ///< for pages, of one address that is not this computer; 0: no limit
    /// Whoever sends it as X-Cycast-Monitor is the station itself, listening: no limit, no figure counts it.
    QByteArray monitorToken;
};

/// The listeners' side: the stream, the web page, the lists and the JSON API. Lives in the station's thread.
class ListenerServer : public QObject
{
    Q_OBJECT

public:
    /// What it reads of the station; called in the station's thread, at most once a second for pages.
    struct View {
        std::function<StationStatus()> status;
        std::function<StreamFormat()> format;
        std::function<qint64()> underruns;
    };

    /// `broadcaster` and `lobby` outlive this.
    ListenerServer(Broadcaster &broadcaster, View view, Lobby &lobby, QObject *parent = nullptr);

    void setOptions(const ListenerServerOptions &options);
    /// Something has changed that pages tell at once; otherwise they are up to a second old.
    void forgetPages();
    /// In force at once: who listens already and is banned now, goes.
    void setBans(const QList<Ban> &bans);
    void handle(Arrival &&arrival);
    /// Turns somebody away who came to the wrong port; `sentence` names the right one.
    void refuseHere(Arrival &&arrival, const QString &sentence);
    /// The station has only those descriptors left that it keeps for itself.
    void refuseForLackOfRoom(Arrival &&arrival);
    /// An absolute address of somebody else in the request line.
    void refuseForeign(Arrival &&arrival);
    void respond(Arrival &&arrival, const HttpResponse &response, int delayMs = 0);
    /// What Icecast's pages tell, in the words of this request's Host.
    IcecastServer icecastView(const Arrival &arrival) const;

signals:
    /// A listener who was turned away; for the log, already escaped.
    void refused(const QString &sentence);

private:
    const StationStatus &status() const;
    HttpResponse pageFor(const Arrival &arrival) const;
    std::optional<HttpResponse> stationPageFor(const Arrival &arrival) const;
    HttpResponse statsPage() const;
    HttpResponse metricsPage() const;
    std::optional<HttpResponse> icecastPageFor(const Arrival &arrival) const;
    HttpResponse refusalFor(const Arrival &arrival, const QString &program) const;
    QString shared(const QString &program);
    void stream(Arrival &&arrival);
    QByteArray baseUrl(const Arrival &arrival) const;
    QByteArray streamHead(int icyMetaint) const;

    Broadcaster &m_broadcaster;
    View m_view;
    Lobby &m_lobby;
    ListenerServerOptions m_options;
    BanMatcher m_bans;
    RequestBudget m_budget;
    QSet<QString> m_programs; ///< one copy of each User-Agent
    mutable OnceASecond<StationStatus> m_status;
    mutable SharedPages m_pages;
    mutable SharedPages m_pagesOfHosts; ///< that differ by the host that was asked; anybody invents some
};

} // namespace cycast
