// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/nativesocket.h"
#include "core/net/socket/tlsidentity.h"

#include <QSslConfiguration>
#include <QThread>

#include <memory>

namespace cycast
{

class TlsPump;

/// Where TLS ends. A thread of its own shakes hands, decrypts, and pumps plain bytes through a socket pair
/// into the normal path: listeners, sources, page and API work as they are, and plain connections pay
/// nothing. What waits for a TLS client that does not read is bounded: the pair's buffer, 64 kB here, and the
/// kernel's. Lives in the station's thread; the thread begins with the first identity.
class TlsTerminator
{
public:
    TlsTerminator();
    /// Ends the thread and every connection in it.
    ~TlsTerminator();
    TlsTerminator(const TlsTerminator &) = delete;
    TlsTerminator &operator=(const TlsTerminator &) = delete;

    /// For connections from now on; those that exist go on with the one they began with. Empty: no TLS.
    void setIdentity(const TlsIdentity &identity);
    bool isReady() const { return !m_identity.isEmpty(); }

    /// Takes a TCP socket whose first bytes are a handshake, still unread. Returns the near end of the pair;
    /// closing it ends the connection. invalidSocket: no descriptors left, and the TCP socket is closed.
    native::Socket take(native::Socket tcp);

private:
    void startThread();

    TlsIdentity m_identity;
    QSslConfiguration m_configuration;
    QThread m_thread;
    TlsPump *m_pump = nullptr; ///< lives in m_thread
};

} // namespace cycast
