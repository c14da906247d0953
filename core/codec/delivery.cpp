// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/delivery.h"

#include "core/audio/mpeg/mpegsideinfo.h"

#include <cmath>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

Delivery deliveryOf(const SoundFacts &sound, const DeliveryRules &rules, double lufs)
{
    using Why = EncodedBecause;
    const StationFormat &format = rules.format;
    const StreamKind &kind = format.kind();
    const auto encoded = [&format](Why why, int found = 0, int wanted = 0) {
        return Delivery{false, why, found, wanted, format.codec, false};
    };
    if (sound.codec.isEmpty())
        return encoded(Why::NotKnownYet);
    // MP3 frames are taken from bare files, AAC frames from MP4 files too, Opus packets from Ogg.
    if (sound.codec != kind.name())
        return encoded(Why::OtherCodec);
    if (!kind.isTakenFrom(sound.container))
        return encoded(Why::OtherContainer);
    if (rules.crossfades)
        return encoded(Why::TracksFade);
    if (rules.trimsSilence)
        return encoded(Why::SilenceIsCut);
    // Opus has one rate; what its header says is what it was made from.
    if (!kind.isDecodedAlike() && sound.sampleRate != format.sampleRate)
        return encoded(Why::SampleRate, sound.sampleRate, format.sampleRate);
    if (sound.channels != format.channels)
        return encoded(Why::Channels, sound.channels, format.channels);
    if (kind.needsPlainFrames() && !sound.isPlain)
        return encoded(Why::NotPlain);
    if (rules.passthroughMaxKbps == 0)
        return encoded(Why::EverythingIs);
    if (sound.bitrateKbps > rules.passthroughMaxKbps)
        return encoded(Why::Bitrate, sound.bitrateKbps, rules.passthroughMaxKbps);
    const bool isRight = lufs != 0.0 && std::abs(lufs - rules.targetLufs) <= mpegGainStepDb / 2;
    const bool isLevelled = rules.levels && !isRight;
    if (isLevelled && !kind.hasGainInFrames())
        return encoded(lufs == 0.0 ? Why::LoudnessUnknown : Why::IsLevelled);
    return {true, Why::Nothing, 0, 0, format.codec, isLevelled};
}

double knownLufs(const PlaylistEntry &entry)
{
    return entry.sound.taggedLufs != 0.0 ? entry.sound.taggedLufs : static_cast<double>(entry.loudnessLufs);
}

} // namespace cycast
