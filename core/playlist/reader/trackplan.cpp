// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/trackplan.h"

namespace cycast
{

DeliveryRules PlayoutOptions::deliveryRules() const
{
    return {format,       passthroughMaxKbps, crossfadeSeconds > 0.0,
            trimsSilence, loudness.levels,    loudness.targetLufs};
}

EncodingOptions PlayoutOptions::encodingOptions() const
{
    return {format, crossfadeSeconds, trimsSilence, loudness.levels ? loudness.maxPeakDbtp : 0.0};
}

SoundFacts factsOf(const SoundFacts &told, const SoundFacts *framed)
{
    if (!framed)
        return told;
    if (told.codec.isEmpty())
        return *framed;
    SoundFacts facts = told;
    if (framed->codec == told.codec) {
        facts.sampleRate = framed->sampleRate;
        facts.channels = framed->channels;
    }
    return facts;
}

TrackPlan planTrack(const PlaylistEntry &entry, bool isFramed, const std::optional<Loudness> &loudness,
                    const PlayoutOptions &options)
{
    const StreamKind &kind = options.format.kind();
    const Delivery delivery = deliveryOf(entry.sound, options.deliveryRules(), knownLufs(entry));
    TrackPlan plan;
    plan.why = delivery.why;
    if (delivery.isPassed && !kind.isCutByFramer())
        plan.way = TrackPlan::Way::Copied;
    else if (delivery.isPassed && isFramed)
        plan.way = TrackPlan::Way::Passed;
    else if (delivery.isPassed)
        plan.why = EncodedBecause::OtherContainer; // what its tags promise is not in it
    if (loudness) {
        plan.gainDb = gainDb(*loudness, options.loudness);
        plan.gainSteps = kind.hasGainInFrames() ? gainSteps(*loudness, options.loudness) : 0;
    }
    return plan;
}

} // namespace cycast
