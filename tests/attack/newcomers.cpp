// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/attack/newcomers.h"

#include "core/base/monotonic.h"
#include "tests/support/rawsocket.h"
#include "tests/support/slack.h"

#include <algorithm>
#include <chrono>

namespace cycast::test
{

Newcomers::Newcomers(int port)
    : m_port(port)
    , m_thread([this] { run(); })
{
}

Newcomers::~Newcomers()
{
    stop();
}

void Newcomers::stop()
{
    m_stops = true;
    if (m_thread.joinable())
        m_thread.join();
}

bool Newcomers::wait(int newcomers)
{
    return waitUntil([&] { return count() >= newcomers; });
}

void Newcomers::run()
{
    constexpr qint64 patienceNs = 10 * nsPerSecond;
    while (!m_stops) {
        const qint64 fromNs = monotonicNs();
        qint64 waitNs = patienceNs;
        RawSocket socket(m_port);
        if (socket.isOpen() && socket.send("GET /stream HTTP/1.0\r\nUser-Agent: newcomer\r\n\r\n")) {
            QByteArray answer;
            while (!m_stops && !socket.atEnd() && monotonicNs() - fromNs < patienceNs) {
                answer += socket.receive(20);
                const qsizetype headEnd = answer.indexOf("\r\n\r\n");
                if (headEnd >= 0 && answer.size() > headEnd + 4 && statusOf(answer) == 200) {
                    waitNs = monotonicNs() - fromNs;
                    break;
                }
            }
        }
        if (m_stops && waitNs == patienceNs)
            return; // was not given its time
        {
            const std::lock_guard lock(m_mutex);
            m_waitsMs.append(static_cast<double>(waitNs) / nsPerMs);
        }
        if (const qint64 restNs = 100 * nsPerMs - (monotonicNs() - fromNs); restNs > 0)
            std::this_thread::sleep_for(std::chrono::nanoseconds(restNs));
    }
}

double Newcomers::percentile(double percent) const
{
    const std::lock_guard lock(m_mutex);
    if (m_waitsMs.isEmpty())
        return -1.0;
    QList<double> sorted = m_waitsMs;
    std::sort(sorted.begin(), sorted.end());
    return sorted.at(qMin(sorted.size() - 1,
                          static_cast<qsizetype>(percent / 100.0 * static_cast<double>(sorted.size()))));
}

int Newcomers::count() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_waitsMs.size());
}

} // namespace cycast::test
