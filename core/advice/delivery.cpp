// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/delivery.h"
#include "core/values/playlistentry.h"

namespace cycast
{

StationFormat stationFormatOf(const Settings &settings)
{
    const Settings::Encoder &encoder = settings.encoder;
    return {codecNamed(encoder.format).value_or(StationCodec::Mp3), encoder.bitrateKbps, encoder.sampleRate,
            encoder.channels};
}

Delivery deliveryOf(const PlaylistEntry &entry, const Settings &settings)
{
    const Settings::Encoder &encoder = settings.encoder;
    return deliveryOf(entry.sound,
                      DeliveryRules{stationFormatOf(settings), encoder.passthroughMaxKbps,
                                    encoder.crossfadeSeconds > 0.0, encoder.trimSilence, encoder.loudness,
                                    encoder.targetLufs},
                      knownLufs(entry));
}

} // namespace cycast
