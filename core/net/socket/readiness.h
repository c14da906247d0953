// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/nativesocket.h"

#include <QObject>
#include <QSocketNotifier>

#include <functional>
#include <memory>
#include <unordered_map>

namespace cycast
{

/// Many sockets in one place of the event loop: a notifier for each would cost the loop a look at all of them
/// whenever anything happens. A wake-up tells of a bounded number, for a bounded time, and of the rest next
/// time; nobody is passed over. Lives in the station's thread.
class Readiness : public QObject
{
public:
    static constexpr int eventsPerWakeUp = 32;
    static constexpr qint64 wakeUpNs = 2'000'000;

    enum Interest : quint8 {
        Read = 1,
        Write = 2,
        End = 4, ///< the peer has finished sending
    };
    struct Event {
        quint64 id = 0;
        bool isReadable = false; ///< also when the peer has finished sending
        bool isWritable = false;
        bool isAtEnd = false; ///< the peer has finished sending, or is gone
        bool isGone = false;  ///< both directions have ended
    };
    /// May watch and forget anything, itself included.
    using Handler = std::function<void(const Event &)>;

    explicit Readiness(Handler handler, QObject *parent = nullptr);
    ~Readiness() override;

    /// `id` names the socket in events: never the same twice. False: the system refuses.
    bool watch(native::Socket socket, quint64 id, int interest);
    void change(native::Socket socket, quint64 id, int interest);
    /// Before the socket is closed or given away. Events that were on their way come all the same.
    void forget(native::Socket socket);

private:
    void wakeUp();

    Handler m_handler;
    int m_poller = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    struct Notifiers {
        std::unique_ptr<QSocketNotifier> read;
        std::unique_ptr<QSocketNotifier> write;
    };
    std::unordered_map<native::Socket, Notifiers> m_notifiers; ///< where the platform has no epoll
};

} // namespace cycast
