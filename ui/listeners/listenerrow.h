// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/listenerinfo.h"

#include <algorithm>

namespace cycast
{

/// A listener as a row of the table: who, the latest figures, and the rate made of them.
struct ListenerRow {
    enum Column { Id, Address, Player, Connected, BytesSent, Rate, Behind, State, ColumnCount };

    ListenerInfo info;
    ListenerFigures figures;
    bool hasFigures = false;
    double bytesPerSecond = 0.0; ///< over the last 5 to 10 s
    // Where the rate is measured from, and where it will be measured from next.
    qint64 baseMs = 0, baseBytes = 0, nextBaseMs = 0, nextBaseBytes = 0;

    /// How long, at `nowMs` of the wall clock.
    qint64 connectedMs(qint64 nowMs) const
    {
        return info.connectedAt.isValid() ? std::max<qint64>(0, nowMs - info.connectedAt.toMSecsSinceEpoch())
                                          : 0;
    }
};

} // namespace cycast
