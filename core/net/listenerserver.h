// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/net/broadcaster.h"
#include "core/net/httpconnection.h"
#include "core/net/statusapi.h"

namespace cycast
{

struct ListenerServerOptions {
    StationDescription station;
    int maxListeners = 0;           ///< 0: no limit
    int maxListenersPerAddress = 0; ///< 0: no limit
    bool icyEnabled = true;
    int icyMetaint = 16000;
    bool statsEnabled = true;
};

/// The listeners' side: the stream, the web page, the lists and the JSON API. Lives in the station's thread.
class ListenerServer : public QObject
{
    Q_OBJECT

public:
    /// What it reads of the station; called in the station's thread, per request.
    struct View {
        std::function<StationStatus()> status;
        std::function<StreamFormat()> format;
    };

    ListenerServer(Broadcaster &broadcaster, View view, FrontDoor::Handler router, QObject *parent = nullptr);

    void setOptions(const ListenerServerOptions &options) { m_options = options; }
    void handle(Arrival &&arrival);
    /// Turns somebody away who came to the wrong port; `sentence` names the right one.
    void refuseHere(Arrival &&arrival, const QString &sentence);

private:
    HttpResponse pageFor(const Arrival &arrival) const;
    HttpResponse statsPage() const;
    void stream(Arrival &&arrival);
    void respond(Arrival &&arrival, const HttpResponse &response);
    QByteArray streamHead(int icyMetaint) const;

    Broadcaster &m_broadcaster;
    View m_view;
    FrontDoor::Handler m_router;
    ListenerServerOptions m_options;
};

} // namespace cycast
