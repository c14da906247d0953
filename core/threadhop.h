// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <mutex>
#include <type_traits>
#include <utility>

namespace cycast
{

#ifdef __SANITIZE_THREAD__
/// For ThreadSanitizer only, which sees nothing of the locks inside Qt's queues: a call that leaves this
/// thread passes through a lock that is seen, when it has been put together, begins, ends and goes.
inline void crossThreadFence()
{
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
}

template<class Call>
class Travelling
{
public:
    explicit Travelling(Call &&call)
        : m_call(std::move(call))
    {
    }
    Travelling(const Travelling &other)
        : m_call(other.m_call)
    {
        crossThreadFence();
    }
    Travelling(Travelling &&other) noexcept
        : m_call(std::move(other.m_call))
    {
        crossThreadFence();
    }
    ~Travelling() { crossThreadFence(); } // either thread may be the last to hold it
    Travelling &operator=(const Travelling &) = delete;
    Travelling &operator=(Travelling &&) = delete;
    void operator()()
    {
        crossThreadFence();
        m_call();
        crossThreadFence();
    }

private:
    Call m_call;
};
#endif

/// A call that is about to be run by another thread (a pool, a queue). Nothing but itself outside of
/// ThreadSanitizer.
template<class Call>
auto travelling(Call &&call)
{
#ifdef __SANITIZE_THREAD__
    return Travelling<std::decay_t<Call>>(std::decay_t<Call>(std::forward<Call>(call)));
#else
    return std::decay_t<Call>(std::forward<Call>(call));
#endif
}

/// Runs `call` in the thread of `target`, later, in order. Does nothing when `target` is destroyed first. The
/// one way in which work crosses threads here; what the call captures are values.
template<class Call>
void hopTo(QObject *target, Call &&call)
{
    QMetaObject::invokeMethod(target, travelling(std::forward<Call>(call)), Qt::QueuedConnection);
}

} // namespace cycast
