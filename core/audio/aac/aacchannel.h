// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/aac/aacbands.h"
#include "core/audio/bitreader.h"

#include <QVarLengthArray>

namespace cycast
{

/// ics_info(): how the values of one channel are divided (ISO/IEC 14496-3, 4.4.2.1).
struct AacWindows {
    bool areShort = false;
    int bands = 0; ///< that are used, of each group
    const AacBands *limits = nullptr;
    QVarLengthArray<int, 8> groups; ///< short windows in each; a long one is alone
};

/// Whether it could be read, and is of AAC-LC.
bool readAacWindows(BitReader &bits, int sampleRate, AacWindows &windows);

/// What an individual_channel_stream() says about its level.
struct AacChannel {
    qsizetype gainBit = 0; ///< where its global_gain is
    int gain = 0;          ///< 0 to 255
    bool hasSound = false; ///< something depends on the gain; otherwise the rest says nothing
    /// How far it can move before one of the scale factors that start from it leaves 0 to 255.
    int mostStepsDown = 255;
    int mostStepsUp = 255;
};

/// Reads to the end of the channel; false: it is damaged, or not of AAC-LC. `shared`: the windows of a pair
/// that has them in common, or null.
bool readAacChannel(BitReader &bits, int sampleRate, const AacWindows *shared, AacChannel &channel);

} // namespace cycast
