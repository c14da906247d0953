// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace cycast
{

/// Puts the demo tracks, which are part of the program, into `folder` (created when it is missing) and
/// returns how many were written. A file that is there already, whatever it holds, stays as it is.
/// Blocking; about 900 kB.
Result<int> installDemoMusic(const QString &folder);

} // namespace cycast
