// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/health.h"
#include "core/values/systemfigures.h"

namespace cycast
{

struct Settings;

/// The guide's chapter on the operating system, looked up in this one. Reads a few small files of the system.
SystemFigures systemFigures();

/// How soon a processor that rests is back at work.
enum class GovernorVerdict : quint8 { Unknown, Fast, Adapts, Slow };
GovernorVerdict governorVerdict(const QString &governor);
Verdict describe(GovernorVerdict verdict);

/// Pure; by the bits of systemfiles::throttling().
SystemFigures::Heat heatOf(qint64 throttling);
Verdict describe(SystemFigures::Heat heat);

/// Whether advanced.nice and advanced.cpus are in force.
enum class PriorityVerdict : quint8 { Usual, Raised, NotPermitted, OtherCpus };
PriorityVerdict priorityVerdict(const SystemFigures &figures, int wantedNice, const QString &wantedCpus);
Verdict describe(PriorityVerdict verdict);

/// Who encrypts what goes out over https.
enum class EncryptionVerdict : quint8 { ByKernel, ByProgram };
Verdict describe(EncryptionVerdict verdict);

} // namespace cycast
