// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/http/lobby.h"

#include <QSocketNotifier>
#include <QTcpServer>

#include <functional>
#include <memory>

namespace cycast
{

/// One listening port: lets people into the lobby, a bounded number of them for a bounded time whenever the
/// event loop comes by, and nobody while a round is due: whoever knocks and hangs up as fast as he can only
/// waits in the kernel's queue. Out of descriptors it pauses. Lives in the station's thread.
class FrontDoor : public QObject
{
public:
    static constexpr int acceptsPerWakeUp = 32;
    static constexpr qint64 wakeUpNs = 2'000'000;
    static constexpr int pauseMs = 200;

    explicit FrontDoor(Lobby &lobby);
    ~FrontDoor() override;

    /// Listens; "0.0.0.0", "::" and "" mean every address, IPv4 and IPv6. Port 0: any. The error says who may
    /// hold the port.
    Result<void> open(const QString &host, quint16 port);
    void close();
    bool isListening() const { return m_server.isListening(); }
    quint16 port() const { return m_server.serverPort(); }

    /// Asked before anybody is let in: whether something is due that must not wait.
    void setIsBusy(std::function<bool()> isBusy) { m_isBusy = std::move(isBusy); }

private:
    void letIn();
    void pause();

    Lobby &m_lobby;
    std::function<bool()> m_isBusy;
    QTcpServer m_server; ///< binds and listens; it accepts nobody
    std::unique_ptr<QSocketNotifier> m_knocks;
};

} // namespace cycast
