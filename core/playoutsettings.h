// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"
#include "core/playlist/trackopener.h"

namespace cycast
{

/// What the block "encoder" means for the rooms that do it. The settings have been checked.
StationFormat stationFormatOf(const Settings &settings);
PlayoutOptions playoutOptionsOf(const Settings &settings);

} // namespace cycast
