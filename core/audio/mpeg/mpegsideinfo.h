// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/mpeg/mpegheader.h"

namespace cycast
{

/// Bytes of side information of a Layer III frame (ISO/IEC 11172-3 2.4.1.7, 13818-3 2.4.1.7).
int mpegSideInfoBytes(const MpegHeader &header);

/// Makes the CRC of a whole Layer III frame right after its side information was changed; a frame without
/// CRC stays as it is.
void correctMpegCrc(const MpegHeader &header, QByteArray &frame);

/// How much one step of global_gain changes the level, in dB: a factor of 2^(1/4) (2.4.3.4.7.1; of AAC too,
/// ISO/IEC 14496-3 4.6.2.3).
inline constexpr double mpegGainStepDb = 1.505149978319906;

/// The same Layer III frame, louder or softer by whole steps: global_gain of each granule and channel is
/// moved within its 0 to 255, nothing else but the CRC changes. Frames of other layers come back unchanged.
/// Pure.
QByteArray withGlobalGain(const MpegHeader &header, QByteArrayView frame, int steps);

} // namespace cycast
