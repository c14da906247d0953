// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

/// Which coded frames mean the same outside of their file: those that need nothing of its headers. Pure.
namespace cycast
{

/// What an AudioSpecificConfig says (ISO/IEC 14496-3, 1.6.2.1).
struct AacConfig {
    bool isPlain = false; ///< AAC-LC, 1024 samples a frame, no band replication or stereo extension signalled
    int sampleRate = 0;   ///< Hz, of the core
    int channels = 0;
    bool operator==(const AacConfig &) const = default;
};
AacConfig aacConfigOf(QByteArrayView config);

/// Whether a raw_data_block() is one of AAC-LC that can be read to its end, has so many channels and no band
/// replication, which nobody need have signalled.
bool isPlainAacBlock(QByteArrayView block, int sampleRate, int channels);
/// Likewise of a whole ADTS frame with one block.
bool isPlainAdtsFrame(QByteArrayView frame, int sampleRate, int channels);
/// Frames at the start of a file that must be so.
inline constexpr int aacFramesTried = 8;

/// What an OpusHead packet says (RFC 7845, 5.1).
struct OpusConfig {
    bool isPlain = false; ///< one or two channels in the usual order, no gain
    int channels = 0;
    bool operator==(const OpusConfig &) const = default;
};
OpusConfig opusConfigOf(QByteArrayView head);

} // namespace cycast
