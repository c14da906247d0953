// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/listenerinfo.h"
#include "core/values/stationstatus.h"

#include <QByteArray>

namespace cycast
{

/// What the JSON API and the page need to know besides StationStatus.
struct StationDescription {
    QString name;
    QString description;
    QString genre;
    QString url;
    QString mount; ///< "/stream"
    QByteArray contentType = "audio/mpeg";
};

/// GET /api/status: Cycast's keys, and more (behaviour.md, section 8).
QByteArray statusJson(const StationStatus &status, const StationDescription &station);

/// GET /api/stats. `connectedSeconds` runs beside `figures`.
QByteArray statsJson(const StationStatus &status, const QList<ListenerFigures> &figures,
                     const QList<double> &connectedSeconds);

/// "24h 0m"
QString formattedUptime(qint64 seconds);

/// /stream.m3u, .pls, .xspf; `base` is the scheme and host the client asked: "http://192.168.1.20:8001".
QByteArray m3uFor(const QByteArray &base, const StationDescription &station);
QByteArray plsFor(const QByteArray &base, const StationDescription &station);
QByteArray xspfFor(const QByteArray &base, const StationDescription &station);

} // namespace cycast
