// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/delivery.h"
#include "core/playlist/reader/trackopener.h"

namespace cycast
{

/// What the block "encoder" means for the room that does it. The settings have been checked.
PlayoutOptions playoutOptionsOf(const Settings &settings);

} // namespace cycast
