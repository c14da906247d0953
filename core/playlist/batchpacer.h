// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include <functional>

namespace cycast
{

/// Delivers at once when called for, then not again before 250 ms have passed; calls in between become one.
/// Lives in its owner's thread.
class BatchPacer
{
public:
    static constexpr int intervalMs = 250;

    explicit BatchPacer(std::function<void()> deliver)
        : m_deliver(std::move(deliver))
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(intervalMs);
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
        m_timer.start();
        m_deliver();
    }

    std::function<void()> m_deliver;
    QTimer m_timer;
    bool m_waiting = false;
};

} // namespace cycast
