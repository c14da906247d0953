// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/aac/adtsheader.h"

namespace cycast
{

inline constexpr int adtsSamplesPerFrame = 1024;

/// The header of one AAC-LC frame without CRC (ISO/IEC 13818-7 6.2). `payloadBytes`: what follows it, at
/// most 8184. `sampleRate` must be one of the table's (8000 to 96000 Hz); `channels`: 1 to 7.
QByteArray adtsHeader(int sampleRate, int channels, qsizetype payloadBytes);

/// One frame of digital silence, header included, one or two channels: needs nothing from frames before it.
QByteArray silentAdtsFrame(int sampleRate, int channels);

} // namespace cycast
