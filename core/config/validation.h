// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

namespace cycast
{

/// What the field accepts, as in "from 1 to 1000 MB" or "\"next\" or \"resume\"".
Sentence acceptedBy(const SettingField &field, PortRule rule = PortRule::Fixed);

/// Whether this address of a network interface can be reached from this computer only.
bool isLoopbackHost(const QString &host);

} // namespace cycast
