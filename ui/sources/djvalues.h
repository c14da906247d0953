// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"
#include "core/values/stationaddresses.h"

namespace cycast
{

/// One value that a broadcasting program asks for.
struct DjValue {
    QString label; ///< as that program calls it
    QString value;
    bool isSecret = false; ///< contains the pass phrase
};

enum class DjProgram : quint8 { Mixxx, Butt, Vlc, Obs, Ffmpeg, Other };

/// Where a live source connects.
struct DjDoor {
    QString host;
    int port = 0;
    QString mount;
    QString password;
    QString stationName;
    int bitrateKbps = 128;
    bool isSecure = false; ///< TLS
};
enum class DjPlace : quint8 { HomeNetwork, Elsewhere };
/// Elsewhere, the public address: live sources are served at the port that it leads to as well. Where it is
/// unknown, as at home.
DjDoor djDoor(const Settings &settings, const StationAddresses &addresses,
              DjPlace place = DjPlace::HomeNetwork);

/// "source:pass%20phrase@192.168.1.20:8000/stream", and the same as an icecast:// URL.
QString djAddress(const DjDoor &door);
QString djUrl(const DjDoor &door);
/// What ffmpeg is told besides, where its address is reached by TLS: "-tls 1 ", or nothing.
QString ffmpegTls(const DjDoor &door);

QString programName(DjProgram program);
/// Where in that program the values go, a sentence.
QString whereToEnter(DjProgram program);
/// Ready values, in the order in which the program asks for them. Pure.
QList<DjValue> djValues(DjProgram program, const DjDoor &door);
/// As shown while the pass phrase is hidden.
QString masked(const DjValue &value, const QString &password);

} // namespace cycast
