// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace cycast
{

/// Runs `work`, which touches the disk at `path`, in a thread that can be left behind, and waits for it: true
/// when it was done within `patienceMs`. A dead network disk lets a system call wait for hours, and nothing
/// but the end of the process ends it. `work` owns all that it needs: it may still run after false came back.
///
/// Where something hangs already, the next ones are given less time (half as much each, 300 ms at the least),
/// and none at all behind mostHanging of them: no disk holds more threads than that, and all that is on it
/// costs no time. When the disk answers again, that is forgotten by itself. Thread-safe.
bool patiently(const QString &path, int patienceMs, std::function<void()> work);

inline constexpr int mostHanging = 8;

/// How many threads hang on that disk now.
int hangingAt(const QString &path);

} // namespace cycast
