// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/delivery.h"
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

namespace cycast
{

// What the settings mean for each room, which knows of no settings. They have been checked. Pure.

/// Relative ones are read against `base`. Empty: no https.
QList<CertificateFiles> certificateFilesOf(const Settings &settings, const QString &base);
DoorOptions doorOptionsOf(const Settings &settings);
LobbyOptions lobbyOptionsOf(const Settings &settings);
LoginOptions loginOptionsOf(const Settings &settings);
SourceServerOptions sourceOptionsOf(const Settings &settings);
/// `monitorToken`: how the built-in listener makes itself known.
ListenerServerOptions listenerOptionsOf(const Settings &settings, const QByteArray &monitorToken);
AdminServerOptions adminOptionsOf(const Settings &settings);
MountOptions mountOptionsOf(const Settings &settings);
PlayoutOptions playoutOptionsOf(const Settings &settings);
ProgrammeOptions programmeOptionsOf(const Settings &settings);

} // namespace cycast
