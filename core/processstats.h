// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

/// CPU and memory of this process. Cheap: two system calls, no file but /proc/self/statm.
class ProcessStats
{
public:
    /// CPU since the last call in percent of one core; 0 at the first call.
    double cpuPercent(qint64 nowNs);
    /// Resident bytes; 0 where the platform does not tell.
    static qint64 residentBytes();

private:
    qint64 m_lastNs = 0;
    qint64 m_lastCpuNs = 0;
    double m_percent = 0.0;
};

} // namespace cycast
