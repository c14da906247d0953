// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/loudness.h"

#include "core/audio/mpeg/mpegsideinfo.h"

#include <cmath>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr double replayGainReferenceLufs = -18.0;
constexpr double r128ReferenceLufs = -23.0;
/// No music lies outside; a tag that says so is nonsense.
constexpr double softestLufs = -60.0;
constexpr double loudestLufs = 5.0;

std::optional<Loudness> sane(double lufs, double peakDbtp)
{
    if (!std::isfinite(lufs) || lufs < softestLufs || lufs > loudestLufs || lufs == 0.0)
        return {};
    return Loudness{lufs, std::isfinite(peakDbtp) ? qBound(-60.0, peakDbtp, 20.0) : 0.0};
}

/// "-6.30 dB", "-6,3", "+2 dB".
std::optional<double> leadingNumber(const QString &text)
{
    QString number = text.trimmed().section(u' ', 0, 0);
    number.replace(u',', u'.');
    if (number.endsWith("db"_L1, Qt::CaseInsensitive))
        number.chop(2);
    bool isNumber = false;
    const double value = number.toDouble(&isNumber);
    return isNumber ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<Loudness> loudnessFromReplayGain(const QString &gain, const QString &peak)
{
    const auto change = leadingNumber(gain);
    if (!change)
        return {};
    const auto linearPeak = leadingNumber(peak);
    const double peakDb = linearPeak && *linearPeak > 0.0 ? 20.0 * std::log10(*linearPeak) : 0.0;
    return sane(replayGainReferenceLufs - *change, peakDb);
}

std::optional<Loudness> loudnessFromR128(const QString &gain)
{
    const auto steps = leadingNumber(gain);
    return steps ? sane(r128ReferenceLufs - *steps / 256.0, 0.0) : std::nullopt;
}

double gainDb(const Loudness &loudness, const LoudnessRules &rules)
{
    return qBound(-40.0, rules.targetLufs - loudness.lufs, 20.0);
}

int gainSteps(const Loudness &loudness, const LoudnessRules &rules)
{
    const int wanted = qRound(gainDb(loudness, rules) / mpegGainStepDb);
    if (wanted <= 0)
        return wanted;
    const double room = rules.maxPeakDbtp - loudness.peakDbtp;
    return qBound(0, static_cast<int>(std::floor(room / mpegGainStepDb)), wanted);
}

} // namespace cycast
