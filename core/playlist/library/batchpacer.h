// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include <functional>

namespace cycast
{

/// Delivers at once when called for, then not again before some time has passed; calls in between become one.
/// What is too much for one delivery goes on in the next turn of the event loop: whatever else the thread
/// has to do comes in between. Lives in its owner's thread.
class BatchPacer
{
public:
    /// `deliver` returns whether there is more.
    BatchPacer(int intervalMs, std::function<bool()> deliver)
        : m_intervalMs(intervalMs)
        , m_deliver(std::move(deliver))
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            if (m_waiting)
                fire();
        });
    }

    void call()
    {
        if (m_timer.isActive())
            m_waiting = true;
        else
            fire();
    }

private:
    void fire()
    {
        m_waiting = false;
        m_timer.start(m_intervalMs);
        if (m_deliver()) {
            m_waiting = true;
            m_timer.start(0);
        }
    }

    int m_intervalMs;
    std::function<bool()> m_deliver;
    QTimer m_timer;
    bool m_waiting = false;
};

} // namespace cycast
