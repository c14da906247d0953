// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <atomic>
#include <mutex>
#include <thread>

namespace cycast::test
{

/// New listeners, one after the other, ten a second: how long each waits from connecting to its first byte of
/// audio.
class Newcomers
{
public:
    explicit Newcomers(int port);
    ~Newcomers();
    void stop();
    /// Until so many have come in; false when they do not within ten seconds and what the machine took of
    /// them.
    bool wait(int newcomers);

    /// In milliseconds; of those that came in (the others count as 10 s).
    double percentile(double percent) const;
    int count() const;

private:
    void run();

    const int m_port;
    std::atomic<bool> m_stops = false;
    mutable std::mutex m_mutex;
    QList<double> m_waitsMs;
    std::thread m_thread;
};

} // namespace cycast::test
