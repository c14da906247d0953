// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/helper/resampler.h"

namespace cycast
{

/// Leaves out the silence before the first and after the last sound of a track. Silence is below -60 dBFS; a
/// twentieth of a second of it stays on either side, so that nothing begins or ends abruptly. Silence within
/// stays, and so does what exceeds the last 30 s of a longer one at the end: memory is bounded. Pure.
class SilenceTrimmer
{
public:
    SilenceTrimmer(int sampleRate, int channels);

    void beginTrack();
    /// Whole sample frames; appends to `out` what is certain to stay.
    void feed(const Samples &samples, Samples &out);
    void endTrack(Samples &out);

private:
    static constexpr float threshold = 0.001F;

    size_t m_channels;
    size_t m_kept;     ///< samples of silence that stay
    size_t m_mostHeld; ///< samples
    bool m_hasBegun = false;
    Samples m_held; ///< silence that nothing has followed yet
};

} // namespace cycast
