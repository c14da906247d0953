// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/histogram.h"

#include <atomic>
#include <cstdint>
#include <thread>

namespace bench
{

/// Asks for /api/stats once a second, in a thread of its own, and takes the time until the whole answer is
/// there. The results are for after stop().
class ApiPoller
{
public:
    ~ApiPoller() { stop(); }
    void start(std::uint16_t port);
    void stop();

    const Histogram &answers() const { return m_answers; }
    int failures() const { return m_failures; }

private:
    void run(std::uint16_t port);
    static bool ask(std::uint16_t port);

    std::atomic<bool> m_stopped{false};
    std::thread m_thread;
    Histogram m_answers;
    int m_failures = 0;
};

} // namespace bench
