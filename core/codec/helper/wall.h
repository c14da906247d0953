// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// What keeps a decoder that a hostile file has taken over from reaching anything: files come open, answers
/// go out through the standard output, and nothing else is there. Linux; elsewhere there is no wall. Both are
/// for good, and for threads that are started afterwards too. In the helper program only.
namespace cycast
{

/// No program that it might start gains rights, and (Landlock) no file can be opened, made or removed, no
/// port used, nobody outside signalled. False: this kernel has no Landlock; the second wall stands without
/// it.
bool shutOutFiles();

/// (seccomp) Of the system's calls those are left that decoding needs: reading and writing what is open,
/// memory without new code in it, time, waiting. All others fail with "not permitted", for all threads.
/// False: this kernel has no seccomp.
bool shutOutSystem();

/// What the walls are for, tried out: a line to the standard output for each attempt, "socket: refused" or
/// "socket: possible". For tests. Attempts at files come first; `onlyFiles`: no others.
void tryTheWalls(bool onlyFiles);

} // namespace cycast
