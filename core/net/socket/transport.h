// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/nativesocket.h"

#include <utility>

namespace cycast
{

/// Our end of a connection, and all that those who read and write know of it: bytes in, bytes out, a
/// descriptor to wait on. What protects the bytes on their way is its business alone. Owns the descriptor.
/// Non-blocking.
class Transport
{
public:
    Transport() = default;
    explicit Transport(native::Socket socket)
        : m_socket(socket)
    {
    }
    ~Transport() { close(); }
    Transport(Transport &&other) noexcept
        : m_socket(other.release())
    {
    }
    Transport &operator=(Transport &&other) noexcept
    {
        if (this != &other) {
            close();
            m_socket = other.release();
        }
        return *this;
    }
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;

    bool isOpen() const { return m_socket != native::invalidSocket; }
    native::Socket descriptor() const { return m_socket; }

    /// As native::receive() and native::send().
    qint64 receive(char *buffer, qint64 size) { return native::receive(m_socket, buffer, size); }
    qint64 send(QByteArrayView bytes) { return native::send(m_socket, bytes); }
    qint64 send(std::span<const native::Bytes> pieces) { return native::send(m_socket, pieces); }
    /// Nothing more comes from us; what comes from the peer can still be read.
    void finishSending() { native::finishSending(m_socket); }
    /// Whether the peer's computer has everything that was sent.
    bool hasArrived() const { return native::unsentBytes(m_socket) == 0; }

    void close()
    {
        if (isOpen())
            native::close(release());
    }
    /// At once, with a reset: what the peer has not taken yet is thrown away, here and in the kernel.
    void abort()
    {
        if (isOpen())
            native::abort(release());
    }
    native::Socket release() { return std::exchange(m_socket, native::invalidSocket); }

private:
    native::Socket m_socket = native::invalidSocket;
};

} // namespace cycast
