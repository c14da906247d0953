// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/mutedframe.h"

#include "core/audio/mpeg/mpegsideinfo.h"

namespace cycast
{

QByteArray mutedFrame(const MpegHeader &header, QByteArrayView frame)
{
    QByteArray muted = frame.toByteArray();
    const int sideInfoAt = header.hasCrc ? 6 : 4;
    const int length = mpegSideInfoBytes(header);
    if (header.layer != 3 || muted.size() < sideInfoAt + length)
        return muted;
    std::fill_n(muted.begin() + sideInfoAt, length, '\0');
    correctMpegCrc(header, muted);
    return muted;
}

} // namespace cycast
