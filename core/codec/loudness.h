// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace cycast
{

/// How loud a track is, and how it ends. A track of silence has no loudness.
struct Loudness {
    double lufs = 0.0;      ///< integrated, EBU R 128
    double peakDbtp = 0.0;  ///< highest true peak; 0 when it is not known
    qint32 silentEndMs = 0; ///< after its last sound above -60 dBFS
    bool operator==(const Loudness &) const = default;
};

struct LoudnessRules {
    bool levels = false;
    double targetLufs = -16.0;
    double maxPeakDbtp = -1.0;
    bool operator==(const LoudnessRules &) const = default;
};

/// What the tags say. ReplayGain: "-6.30 dB" against -18 LUFS (ReplayGain 2.0) with a linear peak; R128:
/// steps of 1/256 dB against -23 LUFS (RFC 7845 5.2.1). Nothing when there is none or it is nonsense.
std::optional<Loudness> loudnessFromReplayGain(const QString &gain, const QString &peak);
std::optional<Loudness> loudnessFromR128(const QString &gain);

/// How much an encoded track is changed, in dB, -40 to 20. Peaks are the limiter's work.
double gainDb(const Loudness &loudness, const LoudnessRules &rules);
/// The same for a passed MP3 or AAC file, in steps of mpegGainStepDb: the nearest one, but upwards only as
/// far as the peak allows.
int gainSteps(const Loudness &loudness, const LoudnessRules &rules);

} // namespace cycast
