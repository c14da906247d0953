// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/threadhop.h"

#include <mutex>
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

    /// First thing in the owner's destructor: nobody is interested any more.
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

} // namespace cycast
