// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/aac/aacrawblock.h"
#include "core/audio/mpeg/mpegsideinfo.h"

namespace cycast
{

/// The same raw_data_block() of AAC-LC, louder or softer by whole steps of mpegGainStepDb: all of its
/// global_gain fields are moved, nothing else. Where the scale factors of one band leave no room for so many
/// steps, all channels move by as many as there are: the picture between them stays. Channels without sound
/// stay as they are. Nothing: the block cannot be read (parseAacRawBlock). Pure.
std::optional<QByteArray> withAacGain(QByteArrayView block, int sampleRate, int steps);

/// Likewise a whole ADTS frame with one block; what had a CRC comes back without. Nothing for other frames
/// too.
std::optional<QByteArray> withAdtsGain(QByteArrayView frame, int steps);

} // namespace cycast
