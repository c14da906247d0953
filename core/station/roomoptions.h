// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/acme/certifier.h"
#include "core/advice/delivery.h"
#include "core/announce/announcements.h"
#include "core/net/http/doors.h"
#include "core/net/http/lobby.h"
#include "core/net/pages/adminserver.h"
#include "core/net/sources/logins.h"
#include "core/net/sources/sourceserver.h"
#include "core/net/stream/listenerserver.h"
#include "core/net/stream/mount.h"
#include "core/playlist/reader/trackopener.h"
#include "core/programme/programme.h"
#include "core/station/certificates.h"
#include "core/values/outside.h"
#include "core/values/reachreport.h"

namespace cycast
{

// What the settings mean for each room, which knows of no settings. They have been checked. Pure.

/// Relative ones are read against `base`. `own`: the one that was got by itself, for where the settings name
/// none; empty: there is none. Nothing: no https.
QList<CertificateFiles> certificateFilesOf(const Settings &settings, const QString &base,
                                           const QString &own = {});
/// What a certificate is to be got for, and where.
Certifier::Wish certificateWishOf(const Settings &settings, const Outside &outside);
DoorOptions doorOptionsOf(const Settings &settings);
LobbyOptions lobbyOptionsOf(const Settings &settings);
LoginOptions loginOptionsOf(const Settings &settings);
SourceServerOptions sourceOptionsOf(const Settings &settings);
/// What the doctor's report says of the way in.
Outside outsideOf(const ReachReport &report, const QString &mount);
/// Where the world sees the station: as the user says, else as was found out; empty: unknown.
QString publicUrlOf(const Settings &settings, const Outside &outside);
/// `monitorToken`: how the built-in listener makes itself known.
ListenerServerOptions listenerOptionsOf(const Settings &settings, const Outside &outside,
                                        const QByteArray &monitorToken);
AdminServerOptions adminOptionsOf(const Settings &settings);
/// What others are to be told of the station as it is now.
Announcements announcementsOf(const Settings &settings, const Outside &outside, const StationStatus &status);
MountOptions mountOptionsOf(const Settings &settings);
PlayoutOptions playoutOptionsOf(const Settings &settings);
ProgrammeOptions programmeOptionsOf(const Settings &settings);

} // namespace cycast
