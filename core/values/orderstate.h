// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/playedtrack.h"

#include <QSet>

namespace cycast
{

/// The shuffle bag, to be kept over a restart.
struct BagState {
    QList<quint64> upcoming; ///< in their order
    quint64 last = 0;        ///< the entry that is heard, or was heard last
    QSet<quint64> had = {};  ///< for restoreBag() only: these have had their turn
    bool operator==(const BagState &) const = default;
};

/// What the station keeps from one run to the next about its order.
struct OrderState {
    BagState bag;
    QList<PlayedTrack> history; ///< newest first
    bool operator==(const OrderState &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::OrderState)
