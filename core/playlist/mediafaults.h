// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stationstatus.h"

namespace cycast
{

/// Tells what kind of problem a row has (PlaylistEntry::fault), and gives copy protection and videos without
/// sound a sentence of their own. Looks into the file only when there is a problem, or when its kind of file
/// may be protected. Blocking; for a pool thread.
PlaylistEntry withFault(PlaylistEntry entry);

} // namespace cycast
