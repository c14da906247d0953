// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/transport.h"

#include "core/net/socket/tlsconnection.h"

namespace cycast
{

Transport::Transport() = default;

Transport::Transport(native::Socket socket)
    : m_socket(socket)
{
}

Transport::~Transport()
{
    close();
}

Transport::Transport(Transport &&other) noexcept
    : m_socket(std::exchange(other.m_socket, native::invalidSocket))
    , m_tls(std::move(other.m_tls))
{
}

Transport &Transport::operator=(Transport &&other) noexcept
{
    if (this != &other) {
        close();
        m_socket = std::exchange(other.m_socket, native::invalidSocket);
        m_tls = std::move(other.m_tls);
    }
    return *this;
}

void Transport::protect(std::unique_ptr<TlsConnection> tls)
{
    m_tls = std::move(tls);
}

qint64 Transport::receive(char *buffer, qint64 size)
{
    return m_tls ? m_tls->receive(buffer, size) : native::receive(m_socket, buffer, size);
}

bool Transport::hasPending() const
{
    return m_tls && m_tls->hasPending();
}

qint64 Transport::send(QByteArrayView bytes)
{
    return m_tls ? m_tls->send(bytes) : native::send(m_socket, bytes);
}

qint64 Transport::send(std::span<const native::Bytes> pieces)
{
    return m_tls ? m_tls->send(pieces) : native::send(m_socket, pieces);
}

qint64 Transport::flush()
{
    return m_tls ? m_tls->flush() : 0;
}

void Transport::finishSending()
{
    if (m_tls)
        m_tls->finishSending();
    native::finishSending(m_socket);
}

qint64 Transport::unconfirmedBytes() const
{
    return native::unsentBytes(m_socket) + (m_tls ? m_tls->waitingBytes() : 0);
}

// With a notice, as far as the kernel takes it: players tell an end from a theft by it.
void Transport::close()
{
    if (!isOpen())
        return;
    if (m_tls)
        m_tls->finishSending();
    m_tls.reset();
    native::close(std::exchange(m_socket, native::invalidSocket));
}

void Transport::abort()
{
    if (!isOpen())
        return;
    m_tls.reset();
    native::abort(std::exchange(m_socket, native::invalidSocket));
}

} // namespace cycast
