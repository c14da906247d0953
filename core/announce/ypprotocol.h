// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/web/webcaller.h"

#include <QByteArray>
#include <QString>

namespace cycast
{

/// What a public directory is told of a station: the words of the YP protocol, as Icecast 2.4 says them.
struct YpStation {
    QString name;
    QString genre;
    QString description;
    QString url;       ///< the station's own site
    QString listenUrl; ///< of the stream, from everywhere
    QByteArray contentType;
    QByteArray subtype; ///< "opus" of Ogg; empty otherwise
    int bitrateKbps = 0;
    int sampleRate = 0; ///< Hz
    int channels = 0;
    bool operator==(const YpStation &) const = default;
};

/// What changes while it is listed.
struct YpMoment {
    QString title; ///< "Artist - Title"
    int listeners = 0;
    int maxListeners = 0; ///< that the station has room for; 0: unknown
    bool operator==(const YpMoment &) const = default;
};

/// Bodies of POST requests, application/x-www-form-urlencoded.
QByteArray ypAdd(const YpStation &station);
QByteArray ypTouch(const QByteArray &sid, const YpStation &station, const YpMoment &moment);
QByteArray ypRemove(const QByteArray &sid);

/// What the directory answered; it does so in headers.
struct YpAnswer {
    enum class Kind : quint8 {
        Accepted,
        Refused,
        None ///< no directory answered: the network, or a server that has troubles of its own
    };
    Kind kind = Kind::None;
    QString message;      ///< in its own words, made one line of at most 200 characters; or the system's
    QByteArray sid;       ///< the name under which it knows the station; of an answer to add only
    int touchSeconds = 0; ///< how often it wants to hear of the station; 0: it does not say
};
YpAnswer ypAnswerOf(const WebAnswer &answer);

} // namespace cycast
