// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

/// An import whose rows are still coming.
struct RunningImport {
    quint64 request = 0;
    quint64 before = 0; ///< id of the row in front of which they go; 0: the end
};

} // namespace cycast
