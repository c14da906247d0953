// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/attention.h"

#include <QString>

namespace cycast
{

/// "3 missing": how many tracks need attention for one reason, as a part of a longer line. `count` is written
/// out already. Each is a text of its own, because no language makes it from the word in the table.
QString attentionCount(AttentionKind kind, const QString &count);

} // namespace cycast
