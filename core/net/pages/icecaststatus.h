// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/pages/statusapi.h"
#include "core/values/listenerinfo.h"
#include "core/values/stationstatus.h"

namespace cycast
{

/// A mount as Icecast 2.4 tells of it.
struct IcecastSource {
    QString mount;
    QString listenUrl;
    QString name;
    QString description;
    QString genre;
    QString url;
    QByteArray contentType;
    QString title;  ///< of Ogg the title alone, else "Artist - Title"
    QString artist; ///< of Ogg only
    int listeners = 0;
    int listenerPeak = 0;
    int maxListeners = 0; ///< 0: no limit
    int slowListeners = 0;
    int bitrateKbps = 0; ///< 0: unknown, like the next two
    int sampleRate = 0;  ///< Hz
    int channels = 0;
    qint64 bytesRead = 0;
    qint64 bytesSent = 0;
    QDateTime start;
    QString sourceAddress; ///< only shown to the admin, like the next one
    QString sourceProgram;
};

struct IcecastServer {
    QString host;
    QDateTime start;
    int listeners = 0;
    int uniqueListeners = 0; ///< different addresses
    int listenerPeak = 0;
    QList<IcecastSource> sources;
};

struct IcecastListener {
    ListenerInfo info;
    QString program; ///< whole User-Agent
    qint64 connectedSeconds = 0;
};

/// What the station says about itself in Icecast's words. `base` as in m3uFor().
IcecastServer icecastServer(const StationStatus &status, const StationDescription &station,
                            const QByteArray &base, const QDateTime &now);

/// GET /status-json.xsl: `source` is an object for one mount, a list for several, absent for none. Valid JSON
/// whatever the texts hold.
QByteArray icecastStatusJson(const IcecastServer &server);
/// GET /admin/stats, /admin/listmounts, /admin/listclients
QByteArray icecastStatsXml(const IcecastServer &server);
QByteArray icecastMountsXml(const IcecastServer &server, const QDateTime &now);
QByteArray icecastClientsXml(const QString &mount, const QList<IcecastListener> &listeners);
/// What Icecast's commands answer.
QByteArray icecastResponseXml(const QString &message, bool isGood);

/// GET /7.html of Shoutcast 1: "listeners,status,peak,max,unique,kbit/s,title".
QByteArray shoutcastSevenHtml(const IcecastServer &server);
/// GET /stats?sid=1 of Shoutcast 2; JSON with json=1.
QByteArray shoutcastStatsXml(const IcecastServer &server, const QDateTime &now);
QByteArray shoutcastStatsJson(const IcecastServer &server, const QDateTime &now);

} // namespace cycast
