// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/values/entrylist.h"
#include "core/values/playlistentry.h"

#include <QByteArray>
#include <QDateTime>

namespace cycast
{

/// What the window finds again at the next start.
struct Session {
    EntryList entries;
    QList<PlaylistEntry> jingles;
    QStringList folders;   ///< watched for new files
    QDateTime savedAt;     ///< whatever came later is new
    int currentRow = -1;   ///< where the programme goes on; -1: at the beginning
    qint64 positionMs = 0; ///< within that row
    bool onAir = false;    ///< the station was; true in a file means that nobody ended the program properly
    QByteArray geometry;   ///< as QWidget::saveGeometry
    QByteArray windowState;
    QByteArray columns; ///< splitter: playlist | right side
    QByteArray rows;    ///< splitter: buffer / listeners

    bool operator==(const Session &) const = default;
};

/// Pure; entry ids are not written: they belong to one process.
QByteArray sessionToJson(const Session &session);
/// Pure; entries get new ids. What is missing or out of range becomes its default; an error only when the
/// text is no session at all.
Result<Session> sessionFromJson(const QByteArray &json);

} // namespace cycast
