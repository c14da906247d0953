// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <atomic>
#include <thread>

namespace cycast::test
{

struct FloodPlan {
    enum class Then {
        HangUp,    ///< as soon as the request is sent
        ReadAll,   ///< the answer, until the server closes
        NeverRead, ///< stays and reads nothing
        GoOn,      ///< stays, reads nothing, and sends the request again and again
    };
    int port = 0;
    QByteArray request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"; ///< empty: says nothing
    Then then = Then::HangUp;
    int perSecond = 1000;  ///< new connections
    int atOnce = 200;      ///< open at a time; those that stay are opened once
    int receiveBuffer = 0; ///< of each, bytes; 0: as it comes
    int addresses = 1;     ///< of the attacker: 127.0.0.1, 127.0.1.1, ...
};

/// Many clients in one thread of their own, from construction until stop().
class Flood
{
public:
    explicit Flood(const FloodPlan &plan);
    ~Flood();
    void stop(); ///< closes what is open

    qint64 opened() const { return m_opened; }     ///< connections made
    qint64 answered() const { return m_answered; } ///< of ReadAll: those that were told something
    qint64 closed() const { return m_closed; }     ///< by the server

private:
    void run();

    const FloodPlan m_plan;
    std::atomic<bool> m_stops = false;
    std::atomic<qint64> m_opened = 0;
    std::atomic<qint64> m_answered = 0;
    std::atomic<qint64> m_closed = 0;
    std::thread m_thread;
};

} // namespace cycast::test
