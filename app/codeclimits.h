// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// What keeps cycast-codec from harming the computer it runs on.
namespace cycast
{

enum class Urgency : quint8 {
    Background, ///< nobody waits for it: everything else goes first
    OnAir,      ///< after a skip or a start the broadcast waits for it, however busy the computer is
    RealTime,   ///< a live source is waiting, for as long as it lasts
};

/// Closes everything inherited but the standard streams, bounds memory and processor time, and lowers the
/// priority for processor and disk of what is done in the background.
void confine(Urgency urgency);

/// So much more processor time from now on; then it is ended. Not for a live source, which lasts as long as
/// it lasts.
void allowProcessorTime(int seconds);

/// Ends this process at once when the other end of the standard input is gone, even in the middle of a
/// decoder that does not return.
void endWithTheStation();

} // namespace cycast
