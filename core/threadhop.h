// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QThread>

#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

namespace cycast
{

#ifdef __SANITIZE_THREAD__
/// For ThreadSanitizer only, which sees nothing of the locks inside Qt's queues and threads: what comes
/// before pass() in one thread comes before what follows pass() of a copy in another.
class Crossing
{
public:
    void pass() const { const std::lock_guard lock(*m_mutex); }

private:
    std::shared_ptr<std::mutex> m_mutex = std::make_shared<std::mutex>();
};

/// A call that leaves this thread passes when it has been put together, begins, ends and goes. Each has a
/// crossing of its own, so that nothing counts as ordered but what really is.
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
        , m_crossing(other.m_crossing)
    {
        m_crossing.pass();
    }
    Travelling(Travelling &&other) noexcept
        : m_call(std::move(other.m_call))
        , m_crossing(other.m_crossing)
    {
        m_crossing.pass();
    }
    ~Travelling() { m_crossing.pass(); } // either thread may be the last to hold it
    Travelling &operator=(const Travelling &) = delete;
    Travelling &operator=(Travelling &&) = delete;
    void operator()()
    {
        m_crossing.pass();
        m_call();
        m_crossing.pass();
    }

private:
    Call m_call;
    Crossing m_crossing;
};
#endif

/// Where one thread has waited for another through Qt: orders the two for ThreadSanitizer. Nothing otherwise.
inline void crossThreadFence()
{
#ifdef __SANITIZE_THREAD__
    static const Crossing crossing;
    crossing.pass();
#endif
}

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

/// From now on `thread` owns `object`: its events come there, and it goes there when the thread ends.
inline void moveInto(QThread *thread, QObject *object)
{
    object->moveToThread(thread);
    QObject::connect(thread, &QThread::finished, object, [object] {
        crossThreadFence();
        delete object;
        crossThreadFence();
    });
}

/// Ends the loop of `thread` and waits until it and what it owned have gone. False: it still hangs somewhere.
inline bool endThread(QThread *thread, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever))
{
    crossThreadFence();
    thread->quit();
    const bool hasEnded = thread->wait(deadline);
    crossThreadFence();
    return hasEnded;
}

} // namespace cycast
