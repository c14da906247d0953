// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <ctime>
#include <functional>

namespace cycast
{

/// Nanoseconds of a clock that never jumps. Called where rounds and requests begin; everything below gets
/// the time as an argument.
inline qint64 monotonicNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

inline constexpr qint64 nsPerMs = 1'000'000;
inline constexpr qint64 nsPerSecond = 1'000'000'000;

/// Milliseconds of the same clock.
inline qint64 monotonicMs()
{
    return monotonicNs() / nsPerMs;
}

/// Who is woken by an event, and not by somebody who brings the time along, asks this; tests hold it.
using Clock = std::function<qint64()>;

/// What the calling thread has computed so far, in nanoseconds of a processor.
inline qint64 threadCpuNs()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return qint64{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

} // namespace cycast
