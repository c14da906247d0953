// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/roundtimer.h"

#include "core/base/monotonic.h"

#ifdef Q_OS_LINUX
#include <sys/timerfd.h>
#include <unistd.h>
#endif

namespace cycast
{

RoundTimer::RoundTimer(QObject *parent)
    : QObject(parent)
{
#ifdef Q_OS_LINUX
    m_descriptor = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (m_descriptor >= 0) {
        m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
            quint64 expirations = 0;
            if (::read(m_descriptor, &expirations, sizeof expirations) == sizeof expirations)
                emit expired();
        });
        return;
    }
#endif
    m_fallback.setSingleShot(true);
    m_fallback.setTimerType(Qt::PreciseTimer);
    connect(&m_fallback, &QTimer::timeout, this, &RoundTimer::expired);
}

RoundTimer::~RoundTimer()
{
    m_notifier.reset();
#ifdef Q_OS_LINUX
    if (m_descriptor >= 0)
        ::close(m_descriptor);
#endif
}

void RoundTimer::startAt(qint64 monotonicTimeNs)
{
#ifdef Q_OS_LINUX
    if (m_descriptor >= 0) {
        const qint64 ns = qMax<qint64>(monotonicTimeNs, 1); // 0 would disarm it
        itimerspec spec{};
        spec.it_value.tv_sec = static_cast<time_t>(ns / nsPerSecond);
        spec.it_value.tv_nsec = static_cast<long>(ns % nsPerSecond);
        ::timerfd_settime(m_descriptor, TFD_TIMER_ABSTIME, &spec, nullptr);
        return;
    }
#endif
    const qint64 waitNs = qMax<qint64>(0, monotonicTimeNs - monotonicNs());
    m_fallback.start(static_cast<int>(qMin<qint64>((waitNs + nsPerMs - 1) / nsPerMs, 1'000'000)));
}

void RoundTimer::stop()
{
#ifdef Q_OS_LINUX
    if (m_descriptor >= 0) {
        const itimerspec disarmed{};
        ::timerfd_settime(m_descriptor, 0, &disarmed, nullptr);
        return;
    }
#endif
    m_fallback.stop();
}

} // namespace cycast
