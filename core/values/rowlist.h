// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

/// Whose rows: of the list that is played, or of what comes in between.
enum class RowList : quint8 { Tracks, Jingles };

} // namespace cycast
