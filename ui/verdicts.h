// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stationstatus.h"
#include "ui/theme.h"

/// The guide's verdicts as the window shows them: a word, a sentence and a tone. The thresholds are in
/// core/advice/health.h. Pure functions.
namespace cycast::verdicts
{

struct Verdict {
    Tone tone = Tone::Neutral;
    QString word;     ///< "Healthy", never empty
    QString sentence; ///< what it means and what helps
};

/// `swingPoints`: highest minus lowest fill in the last 10 s.
Verdict buffer(const StationStatus &status, double swingPoints);
Verdict cpu(const StationStatus &status);
Verdict latency(const StationStatus &status);

} // namespace cycast::verdicts
