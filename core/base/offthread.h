// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/threadhop.h"

#include <QThreadPool>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

namespace cycast
{

/// How work in another thread answers an object that it may outlive, when a disk hangs: both hold this by
/// shared_ptr, and only this knows whether the owner is still there. Thread-safe.
template<class Owner>
class WayBack
{
public:
    explicit WayBack(Owner *owner)
        : m_owner(owner)
    {
    }

    /// Nobody is interested any more.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_owner = nullptr;
    }

    /// `call` gets the owner, in its thread; nothing happens when it has gone.
    template<class Call>
    void tell(Call call)
    {
        const std::lock_guard lock(m_mutex);
        if (m_owner != nullptr)
            hopTo(m_owner, [owner = m_owner, call = std::move(call)]() mutable { call(owner); });
    }

private:
    std::mutex m_mutex;
    Owner *m_owner;
};

/// How long an end waits for work that hangs in a disk.
inline constexpr std::chrono::milliseconds offThreadEndLimit{2000};

/// Threads that can be left behind: the end waits for them, but not for ever. Thread-safe, but for the end.
class BoundedPool
{
public:
    explicit BoundedPool(int threads, QThread::Priority priority = QThread::InheritPriority);
    ~BoundedPool(); ///< end()
    BoundedPool(const BoundedPool &) = delete;
    BoundedPool &operator=(const BoundedPool &) = delete;

    /// As soon as a thread is free; a higher priority goes first.
    void start(std::function<void()> call, int priority = 0);
    /// The next call waits for none that is at work now, where no more than `mostThreads` come of it.
    void makeRoom(int mostThreads);
    /// Forgets what has not begun and waits for the rest. Threads that hang for longer are left to
    /// themselves, with the pool they belong to. The second time nothing happens.
    void end(std::chrono::milliseconds limit = offThreadEndLimit);

private:
    std::unique_ptr<QThreadPool> m_pool; ///< null: it has ended
};

/// The one idiom for work that may hang: threads of the owner's own, a way back to the owner, and an end that
/// is bounded. A member of its owner, who is a QObject. What the work needs it holds by value or by
/// shared_ptr: it never touches the owner, but for what it tells by the way back.
///
/// Its destructor ends it. An owner whose work has to be told to stop does that in a destructor of its own.
template<class Owner>
class OffThread
{
public:
    OffThread(Owner *owner, int threads, QThread::Priority priority = QThread::InheritPriority)
        : m_back(std::make_shared<WayBack<Owner>>(owner))
        , m_pool(threads, priority)
    {
    }
    ~OffThread() { end(); }
    OffThread(const OffThread &) = delete;
    OffThread &operator=(const OffThread &) = delete;

    /// For what the work holds; an owner's thread may hold it as well.
    const std::shared_ptr<WayBack<Owner>> &back() const { return m_back; }

    /// `call` takes the way back, or nothing.
    template<class Call>
    void start(Call call, int priority = 0)
    {
        if constexpr (std::is_invocable_v<Call &, WayBack<Owner> &>)
            m_pool.start([back = m_back, call = std::move(call)]() mutable { call(*back); }, priority);
        else
            m_pool.start(std::move(call), priority);
    }

    void makeRoom(int mostThreads) { m_pool.makeRoom(mostThreads); }

    /// Closes the way back, then as BoundedPool::end().
    void end(std::chrono::milliseconds limit = offThreadEndLimit)
    {
        m_back->close();
        m_pool.end(limit);
    }

private:
    std::shared_ptr<WayBack<Owner>> m_back;
    BoundedPool m_pool;
};

} // namespace cycast
