// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/stationformat.h"
#include "core/stationstatus.h"

namespace cycast
{

/// What a file must be like to be sent as it is.
struct DeliveryRules {
    StationFormat format;
    int passthroughMaxKbps = 320; ///< 0: nothing is passed on
    bool crossfades = false;
    bool trimsSilence = false;
    bool operator==(const DeliveryRules &) const = default;
};

struct Delivery {
    bool isPassed = false; ///< bit for bit; otherwise decoded and encoded
    QString reason;        ///< why it is not, half a sentence: "48 kHz instead of 44.1 kHz"
    bool operator==(const Delivery &) const = default;
};

/// What becomes of a file with these facts. Unknown facts: it is encoded. Pure.
Delivery deliveryOf(const SoundFacts &sound, const DeliveryRules &rules);

} // namespace cycast
