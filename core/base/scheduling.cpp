// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/scheduling.h"

#include "core/base/cpulist.h"

#include <QDir>

#include <algorithm>
#include <sched.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

namespace cycast::scheduling
{
namespace
{

// Linux gives each thread priority and processors of its own; POSIX, the process.
QList<pid_t> threads()
{
    QList<pid_t> result;
    const QStringList names =
        QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names)
        result.append(name.toInt());
    return result;
}

int nicenessOf(pid_t thread)
{
    return ::getpriority(PRIO_PROCESS, static_cast<id_t>(thread));
}

} // namespace

int niceness()
{
    return nicenessOf(::getpid());
}

bool setNiceness(int nice, const SetNiceness &set)
{
    const auto give = [&set](pid_t thread, int value) {
        return set ? set(thread, value) : ::setpriority(PRIO_PROCESS, static_cast<id_t>(thread), value) == 0;
    };
    const int by = nice - niceness();
    if (by == 0)
        return true;
    // The main thread first: where it may not, none does.
    if (!give(::getpid(), nice))
        return false;
    for (const pid_t thread : threads()) {
        if (thread != ::getpid())
            give(thread, std::min(19, nicenessOf(thread) + by));
    }
    return true;
}

int leastNiceness()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NICE, &limit) != 0)
        return niceness();
    const int byLimit = limit.rlim_cur == RLIM_INFINITY ? -20 : 20 - static_cast<int>(limit.rlim_cur);
    return ::geteuid() == 0 ? -20 : std::min(niceness(), std::max(-20, byLimit));
}

QList<int> cpus()
{
    QList<int> result;
    cpu_set_t set;
    CPU_ZERO(&set);
    if (::sched_getaffinity(::getpid(), sizeof set, &set) != 0)
        return result;
    for (int cpu = 0; cpu < mostCpus; ++cpu) {
        if (CPU_ISSET(cpu, &set))
            result.append(cpu);
    }
    return result;
}

bool setCpus(const QList<int> &cpus)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int cpu = 0; cpu < mostCpus; ++cpu) {
        if (cpus.isEmpty() || cpus.contains(cpu))
            CPU_SET(cpu, &set);
    }
    bool isDone = ::sched_setaffinity(::getpid(), sizeof set, &set) == 0;
    for (const pid_t thread : threads())
        isDone = ::sched_setaffinity(thread, sizeof set, &set) == 0 && isDone;
    return isDone;
}

} // namespace cycast::scheduling
