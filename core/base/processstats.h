// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace cycast
{

/// CPU, memory and descriptors of this process, looked up once in a second at the most: shorter windows
/// flicker, and opening /proc/self/statm costs more than a round of sending to nobody.
class ProcessStats
{
public:
    /// `nowNs`: of any monotonic clock.
    void look(qint64 nowNs);
    /// In percent of one core, between the last two looks; 0 before the second.
    double cpuPercent() const { return m_percent; }
    /// Resident, at the last look; 0 where the platform does not tell.
    qint64 residentBytes() const { return m_residentBytes; }
    /// Open, at the last look (files, connections, pipes); 0 where the platform does not tell.
    qint64 descriptors() const { return m_descriptors; }
    /// How many the computer lets this process open; 0: unknown, or as many as it likes.
    qint64 descriptorLimit() const { return m_descriptorLimit; }

private:
    qint64 m_lastNs = 0;
    qint64 m_lastCpuNs = 0;
    double m_percent = 0.0;
    qint64 m_residentBytes = 0;
    qint64 m_descriptors = 0;
    qint64 m_descriptorLimit = 0;
};

} // namespace cycast
