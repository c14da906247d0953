// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/serverprocess.h"

#include <filesystem>

namespace bench
{

double ServerProcess::wakeUps() const
{
    double sum = 0.0;
    std::error_code error;
    const std::string tasks = "/proc/" + std::to_string(m_pid) + "/task";
    for (const auto &task : std::filesystem::directory_iterator(tasks, error)) {
        std::ifstream status(task.path() / "status");
        for (std::string word; status >> word;) {
            double value = 0.0;
            // A thread that is woken has given up the processor of its own will before.
            if (word == "voluntary_ctxt_switches:" && status >> value)
                sum += value;
        }
    }
    return sum;
}

} // namespace bench
