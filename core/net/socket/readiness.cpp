// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/readiness.h"

#include "core/base/monotonic.h"
#include "core/net/socket/notifier.h"

#include <array>

#ifdef Q_OS_LINUX
#include <sys/epoll.h>
#include <unistd.h>
#endif

namespace cycast
{
namespace
{

#ifdef Q_OS_LINUX
epoll_event eventFor(quint64 id, int interest)
{
    epoll_event event{};
    event.events = ((interest & Readiness::Read) != 0 ? EPOLLIN : 0U) |
                   ((interest & Readiness::Write) != 0 ? EPOLLOUT : 0U) |
                   ((interest & Readiness::End) != 0 ? EPOLLRDHUP : 0U);
    event.data.u64 = id;
    return event;
}
#endif

} // namespace

Readiness::Readiness(Handler handler, QObject *parent)
    : QObject(parent)
    , m_handler(std::move(handler))
{
#ifdef Q_OS_LINUX
    m_poller = ::epoll_create1(EPOLL_CLOEXEC);
    if (m_poller >= 0) {
        m_notifier = std::make_unique<QSocketNotifier>(m_poller, QSocketNotifier::Read, this);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, &Readiness::wakeUp);
    }
#endif
}

Readiness::~Readiness()
{
    m_notifier.reset();
#ifdef Q_OS_LINUX
    if (m_poller >= 0)
        ::close(m_poller);
#endif
}

void Readiness::wakeUp()
{
#ifdef Q_OS_LINUX
    std::array<epoll_event, eventsPerWakeUp> events;
    const int count = ::epoll_wait(m_poller, events.data(), static_cast<int>(events.size()), 0);
    const qint64 endNs = monotonicNs() + wakeUpNs;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<size_t>(i)];
        Event told;
        told.id = event.data.u64;
        told.isReadable = (event.events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
        told.isWritable = (event.events & EPOLLOUT) != 0;
        told.isAtEnd = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
        told.isGone = (event.events & (EPOLLHUP | EPOLLERR)) != 0;
        m_handler(told);
        if (monotonicNs() >= endNs)
            return; // the others are reported again
    }
#endif
}

bool Readiness::watch(native::Socket socket, quint64 id, int interest)
{
#ifdef Q_OS_LINUX
    if (m_poller >= 0) {
        epoll_event event = eventFor(id, interest);
        return ::epoll_ctl(m_poller, EPOLL_CTL_ADD, static_cast<int>(socket), &event) == 0;
    }
#endif
    Notifiers &notifiers = m_notifiers[socket];
    notifiers.read = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
    notifiers.write = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Write);
    connect(notifiers.read.get(), &QSocketNotifier::activated, this,
            [this, id] { m_handler({.id = id, .isReadable = true}); });
    connect(notifiers.write.get(), &QSocketNotifier::activated, this,
            [this, id] { m_handler({.id = id, .isWritable = true}); });
    change(socket, id, interest);
    return true;
}

void Readiness::change(native::Socket socket, quint64 id, int interest)
{
#ifdef Q_OS_LINUX
    if (m_poller >= 0) {
        epoll_event event = eventFor(id, interest);
        ::epoll_ctl(m_poller, EPOLL_CTL_MOD, static_cast<int>(socket), &event);
        return;
    }
#endif
    const auto it = m_notifiers.find(socket);
    if (it == m_notifiers.end())
        return;
    it->second.read->setEnabled((interest & Read) != 0);
    it->second.write->setEnabled((interest & Write) != 0);
}

void Readiness::forget(native::Socket socket)
{
#ifdef Q_OS_LINUX
    if (m_poller >= 0) {
        ::epoll_ctl(m_poller, EPOLL_CTL_DEL, static_cast<int>(socket), nullptr);
        return;
    }
#endif
    const auto it = m_notifiers.find(socket);
    if (it == m_notifiers.end())
        return;
    retire(it->second.read, this);
    retire(it->second.write, this);
    m_notifiers.erase(it);
}

} // namespace cycast
