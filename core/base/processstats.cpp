// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/processstats.h"

#include <QFile>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace cycast
{
namespace
{

qint64 cpuNs()
{
#ifdef Q_OS_UNIX
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) != 0)
        return 0;
    const auto ns = [](const timeval &time) {
        return qint64{time.tv_sec} * 1'000'000'000 + time.tv_usec * 1000;
    };
    return ns(usage.ru_utime) + ns(usage.ru_stime);
#else
    return 0;
#endif
}

qint64 currentResidentBytes()
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields.at(1).toLongLong() * ::sysconf(_SC_PAGESIZE) : 0;
#else
    return 0;
#endif
}

/// Counted by the kernel where it does (Linux 6.2); before, the lowest free number, which is no more than one
/// too few for each gap. Reading the folder would take milliseconds with thousands of listeners.
qint64 openDescriptors()
{
#ifdef Q_OS_LINUX
    struct stat folder = {};
    if (::stat("/proc/self/fd", &folder) == 0 && folder.st_size > 0)
        return folder.st_size;
#endif
#ifdef Q_OS_UNIX
    const int free = ::fcntl(0, F_DUPFD_CLOEXEC, 0);
    if (free >= 0)
        ::close(free);
    return free < 0 ? 0 : free;
#else
    return 0;
#endif
}

qint64 limitOfDescriptors()
{
#ifdef Q_OS_UNIX
    rlimit limit{};
    const bool isKnown = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
    return isKnown ? static_cast<qint64>(limit.rlim_cur) : 0;
#else
    return 0;
#endif
}

} // namespace

void ProcessStats::look(qint64 nowNs)
{
    if (m_lastNs != 0 && nowNs - m_lastNs < 1'000'000'000)
        return;
    const qint64 cpu = cpuNs();
    if (m_lastNs != 0)
        m_percent = 100.0 * static_cast<double>(cpu - m_lastCpuNs) / static_cast<double>(nowNs - m_lastNs);
    m_lastNs = nowNs;
    m_lastCpuNs = cpu;
    m_residentBytes = currentResidentBytes();
    m_descriptors = openDescriptors();
    m_descriptorLimit = limitOfDescriptors();
}

} // namespace cycast
