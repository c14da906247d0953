// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <type_traits>
#include <utility>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>

#include <mutex>
#endif

namespace cycast
{

// For ThreadSanitizer only, which sees nothing of the locks inside Qt's queues. Without it all of this is
// nothing.

#ifdef __SANITIZE_THREAD__
/// A call that leaves this thread. What was done before it was put together comes before it runs, and that
/// before it goes. Each call is ordered by itself, so that nothing counts as ordered but what really is.
template<class Call>
class Travelling
{
public:
    explicit Travelling(Call &&call)
        : m_call(std::move(call))
    {
        __tsan_release(this);
    }
    Travelling(const Travelling &other)
        : m_call(other.m_call)
    {
        __tsan_release(this);
    }
    Travelling(Travelling &&other) noexcept
        : m_call(std::move(other.m_call))
    {
        __tsan_release(this);
    }
    ~Travelling() { __tsan_acquire(this); } // either thread may be the last to hold it
    Travelling &operator=(const Travelling &) = delete;
    Travelling &operator=(Travelling &&) = delete;
    void operator()()
    {
        __tsan_acquire(this);
        m_call();
        __tsan_release(this);
    }

private:
    Call m_call;
};
#endif

/// Where one thread has waited for another through Qt: orders the two.
inline void crossThreadFence()
{
#ifdef __SANITIZE_THREAD__
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
#endif
}

/// A call that is about to be run by another thread (a pool, a queue).
template<class Call>
auto travelling(Call &&call)
{
#ifdef __SANITIZE_THREAD__
    return Travelling<std::decay_t<Call>>(std::decay_t<Call>(std::forward<Call>(call)));
#else
    return std::decay_t<Call>(std::forward<Call>(call));
#endif
}

} // namespace cycast
