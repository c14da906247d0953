// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/nativesocket.h"

#include <memory>
#include <utility>

namespace cycast
{

class TlsConnection;

/// Our end of a connection, and all that those who read and write know of it: bytes in, bytes out, a
/// descriptor to wait on. What protects the bytes on their way is its business alone. Owns the descriptor.
/// Non-blocking. Whoever has it may use it, in one thread at a time.
class Transport
{
public:
    Transport();
    explicit Transport(native::Socket socket);
    ~Transport();
    Transport(Transport &&other) noexcept;
    Transport &operator=(Transport &&other) noexcept;
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;

    /// From now on everything goes through `tls`, which was made for this descriptor.
    void protect(std::unique_ptr<TlsConnection> tls);
    /// Null: plain.
    TlsConnection *tls() const { return m_tls.get(); }

    bool isOpen() const { return m_socket != native::invalidSocket; }
    native::Socket descriptor() const { return m_socket; }

    /// As native::receive().
    qint64 receive(char *buffer, qint64 size);
    /// Can be received, though the descriptor does not tell of it.
    bool hasPending() const;

    /// As native::send(). What was accepted may wait in here for the kernel, at most a record of 16 kB: the
    /// next call sends it first, and so does flush().
    qint64 send(QByteArrayView bytes);
    qint64 send(std::span<const native::Bytes> pieces);
    /// 0 when the kernel has all that was accepted; else wouldBlock or peerGone.
    qint64 flush();

    /// Nothing more comes from us; what comes from the peer can still be read.
    void finishSending();
    /// Bytes accepted that the peer's computer has not confirmed.
    qint64 unconfirmedBytes() const;

    void close();
    /// At once, with a reset: what the peer has not taken yet is thrown away, here and in the kernel.
    void abort();

private:
    native::Socket m_socket = native::invalidSocket;
    std::unique_ptr<TlsConnection> m_tls;
};

} // namespace cycast
