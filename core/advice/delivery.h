// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/delivery.h"
#include "core/config/settings.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// The block "encoder" as a format. The settings have been checked.
StationFormat stationFormatOf(const Settings &settings);

/// What will become of this file on this station, before it plays. Pure.
Delivery deliveryOf(const PlaylistEntry &entry, const Settings &settings);

} // namespace cycast
