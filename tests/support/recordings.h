// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/mpeg/mpegheader.h"

namespace cycast::test
{

/// The sound of an MP3 recording: without the one frame at its beginning that tells how long it is. Nothing
/// where that is missing.
inline QByteArray soundOf(const QByteArray &recording)
{
    const auto header = parseMpegHeader(recording);
    if (!header || !isMpegInfoFrame(*header, QByteArrayView(recording).first(
                                                 qMin<qsizetype>(header->frameBytes, recording.size()))))
        return {};
    return recording.mid(header->frameBytes);
}

} // namespace cycast::test
