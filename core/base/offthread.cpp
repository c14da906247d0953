// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/offthread.h"

namespace cycast
{

BoundedPool::BoundedPool(int threads, QThread::Priority priority)
    : m_pool(std::make_unique<QThreadPool>())
{
    m_pool->setMaxThreadCount(threads);
    m_pool->setThreadPriority(priority);
}

BoundedPool::~BoundedPool()
{
    end();
}

void BoundedPool::start(std::function<void()> call, int priority)
{
    if (m_pool)
        m_pool->start(travelling(std::move(call)), priority);
}

void BoundedPool::makeRoom(int mostThreads)
{
    if (m_pool)
        m_pool->setMaxThreadCount(qMin(m_pool->activeThreadCount() + 1, mostThreads));
}

void BoundedPool::end(std::chrono::milliseconds limit)
{
    if (!m_pool)
        return;
    m_pool->clear();
    if (!m_pool->waitForDone(static_cast<int>(limit.count())))
        static_cast<void>(m_pool.release()); // it hangs: destroying the pool would wait for it
    m_pool.reset();
}

} // namespace cycast
