// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <utility>

namespace cycast
{

/// Runs `call` in the thread of `target`, later, in order. Does nothing when `target` is destroyed first. The
/// one way in which work crosses threads here; what the call captures are values.
template<class Call>
void hopTo(QObject *target, Call &&call)
{
    QMetaObject::invokeMethod(target, std::forward<Call>(call), Qt::QueuedConnection);
}

} // namespace cycast
