// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/transport.h"

#include <QObject>
#include <QThread>

#include <functional>

namespace cycast
{

class TlsContext;
class HandshakeRoom;

/// Where connections become TLS connections: a thread of its own does the dear part, the handshake; then the
/// connection comes back and is served like all others, by whoever would serve it plain. One descriptor each,
/// no copy, no second thread afterwards. Lives in the station's thread; the thread begins with the first
/// certificate.
class TlsHandshakes : public QObject
{
public:
    /// At a time: what more would cost in memory and computing is what strangers decide.
    static constexpr int mostAtATime = 64;
    /// How far the thread stands behind the others, by nice(1): computing a handshake can wait, a round
    /// cannot.
    static constexpr int niceness = 5;

    TlsHandshakes();
    /// Ends the thread and every handshake in it.
    ~TlsHandshakes() override;

    /// Not open: there is none.
    using Handler = std::function<void(quint64 ticket, Transport)>;
    /// Who gets the connections when they are ready; called in this object's thread.
    void setHandler(Handler handler) { m_handler = std::move(handler); }

    /// For connections from now on; those that exist go on with the one they began with. Null: no TLS.
    void setContext(std::shared_ptr<const TlsContext> context);
    /// One is on its way: whoever asks waits for it.
    void setAwaited(bool isAwaited) { m_isAwaited = isAwaited; }
    /// What who asks for a proof of this server's name is shown (TlsContext::makeForProof()); null: nothing.
    void setProof(std::shared_ptr<const TlsContext> proof);
    bool isOffered() const { return m_context || m_proof || m_isAwaited; }

    bool hasRoom() const { return (m_context || m_proof) && m_count < mostAtATime; }
    /// Takes a plain connection whose first bytes are a handshake, still unread. The handler hears of it,
    /// later.
    void accept(Transport tcp, quint64 ticket, int patienceMs);
    /// Ends a handshake that others cannot wait for; the handler hears of it all the same.
    void giveUp(quint64 ticket);

private:
    void begin();

    std::shared_ptr<const TlsContext> m_context;
    std::shared_ptr<const TlsContext> m_proof;
    Handler m_handler;
    QThread m_thread;
    HandshakeRoom *m_room = nullptr; ///< lives in m_thread
    int m_count = 0;
    bool m_isAwaited = false;
};

} // namespace cycast
