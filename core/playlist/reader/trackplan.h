// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/delivery.h"
#include "core/codec/loudness.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// How tracks become the stream.
struct PlayoutOptions {
    StationFormat format;
    int passthroughMaxKbps = 320;
    double crossfadeSeconds = 0.0;
    bool trimsSilence = false;
    LoudnessRules loudness;
    QString codecProgram; ///< cycast-codec; empty: nothing can be encoded

    DeliveryRules deliveryRules() const;
    EncodingOptions encodingOptions() const;
    bool operator==(const PlayoutOptions &) const = default;
};

/// What becomes of one track, and why: decided once, before anything is built.
struct TrackPlan {
    enum class Way : quint8 {
        Passed, ///< its frames, cut out by our own framer
        Copied, ///< its frames, taken out by the helper program
        Encoded
    };
    Way way = Way::Encoded;
    EncodedBecause why = EncodedBecause::NotKnownYet; ///< it is encoded
    double gainDb = 0.0;                              ///< of what is encoded of it
    int gainSteps = 0;                                ///< of its own frames

    bool operator==(const TrackPlan &) const = default;
};

/// What a track is: as its look told, but our own framer knows best what can be passed, for it is what will
/// do it. `framed`: what that found; null: no frames. Pure.
SoundFacts factsOf(const SoundFacts &told, const SoundFacts *framed);

/// `entry`: with facts, and with its loudness as far as that is known. `isFramed`: our framer found frames.
/// `loudness`: nothing: it stays as it is. Pure.
TrackPlan planTrack(const PlaylistEntry &entry, bool isFramed, const std::optional<Loudness> &loudness,
                    const PlayoutOptions &options);

} // namespace cycast
