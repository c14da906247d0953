// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/reach/evidence.h"

namespace cycast
{

/// What is concluded from what was seen: one sentence that names it, and at most one action. IPv4 and IPv6
/// are judged apart. Never a guess: what was not seen is not said, and "everybody" needs either an address of
/// one's own in the internet, a port that the router keeps for us, or somebody outside who has listened.
/// Pure.
ReachReport reportOf(const Evidence &evidence);

/// The steps of the walk in words, in their order. Pure.
QList<ReachStep> stepsOf(const Evidence &evidence);

} // namespace cycast
