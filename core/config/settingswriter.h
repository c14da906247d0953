// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/config/settings.h"

namespace cycast
{

/// Like withSettings(), but looks at these keys only: what somebody else changed in `text` meanwhile stays.
Result<QByteArray> withValues(const QByteArray &text, const Settings &settings, const QStringList &keys,
                              const QString &fileName);

/// A commented settings file that says `settings`, made from the field table.
QByteArray firstSettingsText(const Settings &settings);

} // namespace cycast
