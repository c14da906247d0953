// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/stationformat.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// What a file must be like to be sent as it is.
struct DeliveryRules {
    StationFormat format;
    int passthroughMaxKbps = 320; ///< 0: nothing is passed on
    bool crossfades = false;
    bool trimsSilence = false;
    bool levels = false;       ///< every track as loud as the others,
    double targetLufs = -16.0; ///< namely so loud
    bool operator==(const DeliveryRules &) const = default;
};

/// Why a file is decoded and encoded. `found` and `wanted` go with it in Delivery.
enum class EncodedBecause : quint8 {
    Nothing,         ///< it is not
    NotKnownYet,     ///< nobody has looked into the file
    OtherCodec,      ///< it is not what the stream is
    OtherContainer,  ///< its frames are in a kind of file from which they are not taken
    TracksFade,      ///< into one another
    SilenceIsCut,    ///< at its ends
    SampleRate,      ///< found instead of wanted, Hz
    Channels,        ///< likewise
    Bitrate,         ///< found is more than wanted, kbit/s
    IsLevelled,      ///< it is made as loud as the others, which only MP3 and AAC frames let us do in place
    LoudnessUnknown, ///< likewise, and nobody has measured whether it is so already
    NotPlain,        ///< its frames need more than the stream's header says (HE-AAC, an Opus gain)
    EverythingIs     ///< by the settings
};

struct Delivery {
    bool isPassed = false; ///< as it is; otherwise decoded and encoded
    EncodedBecause why = EncodedBecause::NotKnownYet;
    int found = 0;
    int wanted = 0;
    StationCodec stream = StationCodec::Mp3; ///< what it becomes
    bool isLevelled = false; ///< passed with another gain in its frames, as far as its peaks allow
    bool operator==(const Delivery &) const = default;
};

/// What becomes of a file with these facts. Unknown facts: it is encoded. `lufs`: how loud it is, by its tags
/// or as measured; 0: not known. Pure.
Delivery deliveryOf(const SoundFacts &sound, const DeliveryRules &rules, double lufs = 0.0);

/// How loud a row is as far as its tags or a measurement say; 0: not known.
double knownLufs(const PlaylistEntry &entry);

} // namespace cycast
