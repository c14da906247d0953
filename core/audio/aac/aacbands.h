// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>

namespace cycast
{

/// Where the scale factor bands of one window end (ISO/IEC 14496-3, 4.5.4): of 1024 or, short, 128 values.
struct AacBands {
    static constexpr int most = 51;

    int count = 0;                    ///< 0: AAC does not have that sample rate
    std::array<quint16, most> ends{}; ///< of the first, the second, ...
};

/// `sampleRate`: 7350 to 96000 Hz, one of the thirteen that AAC has.
const AacBands &aacLongBands(int sampleRate);
const AacBands &aacShortBands(int sampleRate);

} // namespace cycast
