// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

struct BufferStatus {
    qint64 capacity = 0;  ///< bytes
    qint64 available = 0; ///< bytes read ahead, not yet broadcast
    qint64 space = 0;     ///< capacity - available
    double fillPercent = 0.0;
    double aheadSeconds = 0.0; ///< what `available` plays for
    bool operator==(const BufferStatus &) const = default;
};

} // namespace cycast
