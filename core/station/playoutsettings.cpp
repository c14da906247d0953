// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/playoutsettings.h"

namespace cycast
{

PlayoutOptions playoutOptionsOf(const Settings &settings)
{
    const Settings::Encoder &encoder = settings.encoder;
    PlayoutOptions options;
    options.format = stationFormatOf(settings);
    options.passthroughMaxKbps = encoder.passthroughMaxKbps;
    options.crossfadeSeconds = encoder.crossfadeSeconds;
    options.trimsSilence = encoder.trimSilence;
    options.loudness = {encoder.loudness, encoder.targetLufs, encoder.maxPeakDbtp};
    options.codecProgram = codecProgramPath();
    return options;
}

} // namespace cycast
