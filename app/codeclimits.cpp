// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/codeclimits.h"

#include <thread>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/syscall.h>
#endif

namespace cycast
{

namespace
{

#ifdef Q_OS_UNIX
constexpr int backgroundNice = 10;
constexpr int secondsAtFirst = 600;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // these map terabytes of addresses
constexpr rlim_t memoryBytes = 768UL * 1024 * 1024;
#endif

/// For good, or so that it can be raised again up to what the system allows.
void bound(int what, rlim_t most, bool isForGood = false)
{
    rlimit limit{};
    if (::getrlimit(what, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? most : qMin(most, limit.rlim_max);
    if (isForGood)
        limit.rlim_max = limit.rlim_cur;
    ::setrlimit(what, &limit);
}
#endif

void closeInherited()
{
#ifdef Q_OS_LINUX
#ifdef SYS_close_range
    if (::syscall(SYS_close_range, 3U, ~0U, 0U) == 0)
        return;
#endif
#endif
#ifdef Q_OS_UNIX
    for (int descriptor = 3; descriptor < 4096; ++descriptor)
        ::close(descriptor);
#endif
}

} // namespace

void confine(Urgency urgency)
{
    closeInherited();
#ifdef Q_OS_UNIX
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    bound(RLIMIT_AS, memoryBytes, true);
#endif
    bound(RLIMIT_CORE, 0, true);
    if (urgency == Urgency::RealTime)
        return;
    allowProcessorTime(secondsAtFirst);
    if (urgency == Urgency::OnAir)
        return;
    [[maybe_unused]] const int niceness = ::nice(backgroundNice);
#ifdef Q_OS_LINUX
    // Best effort, its lowest level: class 2 in bits 13 to 15, level 7.
    ::syscall(SYS_ioprio_set, 1, 0, 2 << 13 | 7);
#endif
#else
    Q_UNUSED(urgency)
#endif
}

void allowProcessorTime([[maybe_unused]] int seconds)
{
#ifdef Q_OS_UNIX
    rusage used{};
    if (::getrusage(RUSAGE_SELF, &used) == 0)
        bound(RLIMIT_CPU, static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + seconds + 1));
#endif
}

void endWithTheStation()
{
#ifdef Q_OS_UNIX
    std::thread([] {
        pollfd other{STDIN_FILENO, 0, 0}; // its end is told without being asked for
        for (;;) {
            if (::poll(&other, 1, -1) > 0 && (other.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
                ::_exit(0);
        }
    }).detach();
#endif
}

} // namespace cycast
