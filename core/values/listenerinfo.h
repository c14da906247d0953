// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

namespace cycast
{

/// The part of a listener that never changes; sent once, when he joins.
struct ListenerInfo {
    quint64 id = 0;
    QString address;
    QString player;   ///< User-Agent
    QString protocol; ///< "HTTP/1.1", with "+ICY" when titles are interleaved
    QDateTime connectedAt;
    bool operator==(const ListenerInfo &) const = default;
};

/// The numbers of one listener, small on purpose: 20,000 of them cross the door at once.
struct ListenerFigures {
    quint64 id = 0;
    qint64 bytesSent = 0; ///< accepted by the kernel, audio and metadata
    float behindSeconds = 0.0F;
    quint32 skips = 0;
    bool active = true; ///< accepted something in the last 10 s, or nothing was due
    bool operator==(const ListenerFigures &) const = default;
};

/// Why somebody listens no more.
enum class LeftBecause : quint8 {
    HungUp,         ///< his player closed the connection
    ConnectionLost, ///< no sign of life any more: his network or his machine is gone
    StoodStill,     ///< took nothing for a minute (a paused player) until what came next had left the ring
    NeverRead,      ///< took nothing of what was sent to it from the first moment on
    RemovedByYou,
    RemovedByAdmin, ///< with /admin/killclient
    Banned,
    FormatChanged, ///< the stream went on in another format: players come back by themselves
    OffAir         ///< the station went off the air
};

struct ListenerGone {
    quint64 id = 0;
    qint64 bytesSent = 0;
    Sentence reason; ///< `why` in English, for the log: "disconnected", "removed by you"
    LeftBecause why = LeftBecause::HungUp;
    QDateTime leftAt = {};
    ListenerInfo info = {}; ///< who it was
    bool operator==(const ListenerGone &) const = default;
};

inline constexpr int mostRecentlyLeft = 200;

/// Sent while somebody watches (StationControl::watchListeners). `complete`: forget what was known before.
struct ListenersUpdate {
    bool complete = false;
    QList<ListenerInfo> joined;
    /// Oldest first. In a complete one: who has left lately, at most mostRecentlyLeft of them.
    QList<ListenerGone> left;
    QList<ListenerFigures> figures; ///< of all listeners
    bool operator==(const ListenersUpdate &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::ListenersUpdate)
