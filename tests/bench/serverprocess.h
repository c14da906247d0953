// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/clockseconds.h"

#include <cstdint>
#include <fstream>
#include <string>
#include <sys/types.h>

namespace bench
{

/// The process that is measured; everything is 0 when it is not there.
class ServerProcess
{
public:
    explicit ServerProcess(pid_t pid)
        : m_pid(pid)
    {
    }
    /// CPU time of all its threads, those that have ended included: user and system, to the nanosecond.
    double cpuSeconds() const
    {
        clockid_t clock{};
        return m_pid > 0 && ::clock_getcpuclockid(m_pid, &clock) == 0 ? clockSeconds(clock) : 0.0;
    }
    double residentKb() const { return field("VmRSS:"); }
    /// Of the main thread and all others.
    double wakeUps() const;

private:
    double field(const std::string &name) const
    {
        std::ifstream status("/proc/" + std::to_string(m_pid) + "/status");
        for (std::string word; status >> word;) {
            double value = 0.0;
            if (word == name && status >> value)
                return value;
        }
        return 0.0;
    }

    pid_t m_pid;
};

} // namespace bench
