// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/histogram.h"

#include <atomic>
#include <cstdint>
#include <thread>

namespace bench
{

/// Asks for /api/stats so many times a second, in a thread of its own, and takes the time until the whole
/// answer is there. "Too many requests" is an answer, too. The results are for after stop().
class ApiPoller
{
public:
    ~ApiPoller() { stop(); }
    void start(std::uint16_t port, int perSecond);
    void stop();

    const Histogram &answers() const { return m_answers; }
    int failures() const { return m_failures; }
    int refusals() const { return m_refusals; }

private:
    void run(std::uint16_t port, int perSecond);
    enum class Answer { Whole, TooMany, None };
    static Answer ask(std::uint16_t port);

    std::atomic<bool> m_stopped{false};
    std::thread m_thread;
    Histogram m_answers;
    int m_failures = 0;
    int m_refusals = 0;
};

} // namespace bench
