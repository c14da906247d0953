// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QVarLengthArray>

#include <optional>

namespace cycast
{

/// What must be known of a raw_data_block() of AAC-LC (ISO/IEC 14496-3, 4.4.2.1) to make it louder or softer.
/// Its scale factors and noise energies are written as differences that start from the 8 bits of a channel's
/// global_gain; intensity stereo follows its other channel.
struct AacRawBlock {
    struct Gain {
        qsizetype bit = 0; ///< where its global_gain is, from the start of the block
        int value = 0;     ///< 0 to 255
        bool operator==(const Gain &) const = default;
    };
    QVarLengthArray<Gain, 2> gains; ///< of the channels in which there is sound
    int channels = 0;
    /// How far all gains can move together before one of the scale factors leaves 0 to 255.
    int mostStepsDown = 255;
    int mostStepsUp = 255;
    /// HE-AAC: half of the spectrum is described in a way of its own.
    bool hasReplication = false;
};

/// Takes the block apart to its end. Nothing when it is not one of AAC-LC: damaged, with tools of other
/// profiles, with a program config or a coupling channel inside, or followed by something else than zeroes.
/// `sampleRate`: of the core. Pure; bounded by the size of the block.
std::optional<AacRawBlock> parseAacRawBlock(QByteArrayView bytes, int sampleRate);

} // namespace cycast
