// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/threadsanitizer.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QThread>

#include <utility>

namespace cycast
{

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
