// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/mpeg/mpegheader.h"

#include <QByteArray>

#include <vector>

namespace cycast
{

/// MP3 frames as a file of their own. Its first frame carries no sound: it is kept free, and says at the end
/// how many frames follow and where in the file which moment lies ("Xing", or "Info" where they are all of
/// one bit rate). Without it players guess the length by the first bit rate that they meet. Until it is
/// written, the place says nothing, and is passed over all the same. One per file; pure.
class MpegRecording
{
public:
    /// What the file begins with; empty where there is no such frame (Layers I and II). `frames`: the first
    /// ones that will follow.
    QByteArray begin(QByteArrayView frames);
    /// Whole frames that follow.
    void take(QByteArrayView frames);
    /// To be written over the first bytes of the file; empty: nothing is.
    QByteArray beginning() const;

private:
    QByteArray m_place; ///< the frame that is kept free; empty: there is none
    MpegHeader m_kind;
    int m_firstKbps = 0;
    bool m_hasOneBitrate = true;
    Flicks m_duration = 0;
    qint64 m_bytes = 0; ///< in the file
    qint64 m_frames = 0;
    qint64 m_framesPerPlace = 1;
    std::vector<qint64> m_places; ///< where every so many-th frame lies
};

} // namespace cycast
