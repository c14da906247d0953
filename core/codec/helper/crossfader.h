// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/helper/resampler.h"

#include <optional>

namespace cycast
{

/// Joins tracks: end to start, or with the last seconds of one under the first seconds of the next (equal
/// power). Only tracks that last at least twice as long as the fade take part, so that no song covers a short
/// one and nothing is ever held back whole; the beginning of a track waits for as long as that is not known.
/// Otherwise holds back as much as it fades; with 0 s it holds nothing and changes nothing. Pure.
class Crossfader
{
public:
    Crossfader(double seconds, int sampleRate, int channels);

    /// `fades`: with its neighbours; otherwise (a jingle) it stands by itself.
    void beginTrack(bool fades = true);
    void feed(const Samples &samples, Samples &out);
    /// The track has ended. beginTrack() and finish() say so too.
    void endTrack(Samples &out);
    /// Nothing follows: the end comes as it is.
    void finish(Samples &out);

    /// Where in the `out` of the last call, before which that was empty, the new track begins; once. What is
    /// before that belongs to the one before.
    std::optional<size_t> takeBeginning() { return std::exchange(m_beginning, {}); }

private:
    bool isLong(size_t samples) const { return samples >= 2 * m_length; }
    void decide(Samples &out);
    void mix(const Samples &samples, Samples &out);
    void giveExcess(Samples &out);

    size_t m_channels;
    size_t m_length; ///< samples that fade
    bool m_fades = true;
    bool m_isRunning = false; ///< within a track
    bool m_isDecided = true;  ///< how this one begins
    size_t m_seen = 0;        ///< samples of this one
    Samples m_start;          ///< its first samples, until that is decided
    Samples m_ready;          ///< of the one before, for the next call
    Samples m_tail;           ///< the newest samples, held back
    Samples m_fading;         ///< the end of the track before
    size_t m_faded = 0;       ///< how much of it has been mixed
    std::optional<size_t> m_beginning;
};

} // namespace cycast
