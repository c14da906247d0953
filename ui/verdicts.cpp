// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/verdicts.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace cycast::verdicts
{
static QString tr(const char *t)
{
    return QCoreApplication::translate("Verdicts", t);
}
Verdict buffer(const StationStatus &status, double swing)
{
    if (status.state == AirState::OffAir)
        return {Tone::Neutral, tr("Off air"), tr("x")};
    if (swing > 20)
        return {Tone::Warning, tr("Unstable"), tr("x")};
    if (status.buffer.fillPercent < 5)
        return {Tone::Critical, tr("Running low"), tr("x")};
    return {Tone::Good, tr("Healthy"), tr("x")};
}
Verdict cpu(const StationStatus &status)
{
    return {status.cpuPercent > 50 ? Tone::Warning : Tone::Good, tr("Good"), {}};
}
Verdict latency(const StationStatus &)
{
    return {Tone::Good, tr("Good"), {}};
}
} // namespace cycast::verdicts
