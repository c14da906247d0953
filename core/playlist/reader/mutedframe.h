// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/mpeg/mpegheader.h"

namespace cycast
{

/// The same Layer III frame with its side information emptied (and its CRC made right): it decodes to
/// silence, needs nothing from frames before it, and its main data stays in place as reservoir for those
/// after it. Frames of other layers come back unchanged: they stand alone. Pure.
QByteArray mutedFrame(const MpegHeader &header, QByteArrayView frame);

} // namespace cycast
