// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/nativesocket.h"
#include "core/net/socket/tlsidentity.h"

#include <QObject>
#include <QSslConfiguration>
#include <QThread>

namespace cycast
{

class TlsPump;

/// Where TLS ends. A thread of its own shakes hands, decrypts, and pumps plain bytes through a socket pair
/// into the normal path: listeners, sources, page and API work as they are, and plain connections pay
/// nothing. What waits for a TLS client that does not read is bounded: the pair's buffer, 64 kB here, and the
/// kernel's. A handshake costs one descriptor; the pair is made when it is done. Lives in the station's
/// thread; the thread begins with the first identity.
class TlsTerminator : public QObject
{
    Q_OBJECT

public:
    /// At a time: what more would cost in memory and computing is what strangers decide.
    static constexpr int maxHandshakes = 64;

    TlsTerminator();
    /// Ends the thread and every connection in it.
    ~TlsTerminator() override;

    /// For connections from now on; those that exist go on with the one they began with. Empty: no TLS.
    void setIdentity(const TlsIdentity &identity);
    bool isReady() const { return !m_identity.isEmpty(); }

    bool hasRoom() const { return m_handshakes < maxHandshakes; }
    int handshakes() const { return m_handshakes; }
    /// Takes a TCP socket whose first bytes are a handshake, still unread. handshakeEnded() follows, later.
    void take(native::Socket tcp, quint64 ticket, int patienceMs);
    /// Ends a handshake that others cannot wait for; handshakeEnded() follows all the same.
    void giveUp(quint64 ticket);

signals:
    /// `near`: our end of the connection, whose owner the receiver is; closing it ends the connection.
    /// invalidSocket: there is none.
    void handshakeEnded(quint64 ticket, cycast::native::Socket near);

private:
    void startThread();

    TlsIdentity m_identity;
    QSslConfiguration m_configuration;
    QThread m_thread;
    TlsPump *m_pump = nullptr; ///< lives in m_thread
    int m_handshakes = 0;
};

} // namespace cycast
