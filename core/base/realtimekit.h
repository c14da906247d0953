// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <sys/types.h>

namespace cycast
{

/// RealtimeKit (org.freedesktop.RealtimeKit1 on the system's D-Bus): a service of most desktops that lets who
/// sits at the computer go before others, without a capability. It is started by being asked. For one thread
/// at a time; it blocks, two seconds a call at most.
class RealtimeKit
{
public:
    /// Connects. Without the library, without a bus: error() says so, and every call fails.
    RealtimeKit();
    ~RealtimeKit();
    RealtimeKit(const RealtimeKit &) = delete;
    RealtimeKit &operator=(const RealtimeKit &) = delete;

    /// The thread, of this process, gets that niceness (its least is -15 where nobody configured it
    /// otherwise).
    bool setNiceness(pid_t thread, int nice);

    /// What the system said when something failed last; empty before.
    QString error() const { return m_error; }

private:
    struct Bus;

    std::unique_ptr<Bus> m_bus;
    QString m_error;
};

} // namespace cycast
