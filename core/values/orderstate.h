// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playlist/order/playlist.h"

namespace cycast
{

/// What the station keeps from one run to the next about its order.
struct OrderState {
    BagState bag;
    QList<PlayedTrack> history; ///< newest first
    bool operator==(const OrderState &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::OrderState)
