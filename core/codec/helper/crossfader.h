// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/helper/resampler.h"

namespace cycast
{

/// Joins tracks: end to start, or with the last seconds of one under the first seconds of the next (equal
/// power). Holds back as much as it fades; with 0 s it holds nothing and changes nothing. Pure.
class Crossfader
{
public:
    Crossfader(double seconds, int sampleRate, int channels);

    void beginTrack();
    void feed(const Samples &samples, Samples &out);
    /// Nothing follows: the end comes as it is.
    void finish(Samples &out);

private:
    void giveExcess(Samples &out);

    size_t m_channels;
    size_t m_length;    ///< samples that fade
    Samples m_tail;     ///< the newest samples, held back
    Samples m_fading;   ///< the end of the track before
    size_t m_faded = 0; ///< how much of it has been mixed
};

} // namespace cycast
