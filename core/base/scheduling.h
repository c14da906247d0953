// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <functional>
#include <sys/types.h>

/// How the system shares its processors out to this program. All threads of the process; thread-safe.
/// Helper programs begin with what the program has.
namespace cycast::scheduling
{

/// nice(1) of the main thread; threads that stand behind it by intention stay as far behind it.
int niceness();
/// Gives one thread its niceness; false: it is not permitted.
using SetNiceness = std::function<bool(pid_t thread, int nice)>;
/// False: the system, or `set` in its place, does not permit it. Back towards what the program was started
/// with is always permitted.
bool setNiceness(int nice, const SetNiceness &set = {});
/// What setNiceness() may go down to, by capability or limit (RLIMIT_NICE).
int leastNiceness();

/// Processors that the program may use.
QList<int> cpus();
/// None: all that the system permits. False: none of them can be had.
bool setCpus(const QList<int> &cpus);

} // namespace cycast::scheduling
