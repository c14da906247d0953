// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTextStream;

namespace cycast
{

struct CommandLine;
struct ReachReport;

/// cycastd --check-reach: the doctor's walk, step by step, and its sentence, for the settings in the file.
/// Asks nobody outside of the own network. When no station is on the air, it stands at the port itself for as
/// long as it takes; with reach.open_port the router is asked for the port, and given it back where no
/// station needs it. Returns the exit code; needs a QCoreApplication. Takes less than 10 s.
int checkReach(const CommandLine &command, QTextStream &out, QTextStream &err);

inline constexpr int kExitEverybody = 0;
inline constexpr int kExitIpv6Only = 3; ///< everybody who has IPv6
inline constexpr int kExitNotOutside = 4;

} // namespace cycast
