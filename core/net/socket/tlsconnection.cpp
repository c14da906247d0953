// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlsconnection.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace cycast
{
namespace
{

constexpr qsizetype recordBytes = SSL3_RT_MAX_PLAIN_LENGTH; // 16,384: RFC 8446, 5.1

/// What the system said of the socket behind a call of the library.
qint64 systemResult(int error)
{
    switch (error) {
    case EAGAIN:
    case EINTR:
        return native::wouldBlock;
    case ETIMEDOUT:
    case EHOSTUNREACH:
    case ENETUNREACH:
        return native::peerLost;
    default:
        return native::peerGone;
    }
}

} // namespace

std::unique_ptr<TlsConnection> TlsConnection::accept(const std::shared_ptr<const TlsContext> &context,
                                                     native::Socket socket,
                                                     std::shared_ptr<const TlsContext> proof)
{
    SSL *ssl = SSL_new(context->native());
    if (!ssl || SSL_set_fd(ssl, static_cast<int>(socket)) != 1) {
        SSL_free(ssl);
        ERR_clear_error();
        return nullptr;
    }
    SSL_set_accept_state(ssl);
    SSL_set_app_data(ssl, proof ? proof->native() : nullptr);
    std::unique_ptr<TlsConnection> connection(new TlsConnection(context, ssl));
    connection->m_proof = std::move(proof);
    return connection;
}

TlsConnection::~TlsConnection()
{
    SSL_free(m_ssl);
}

TlsConnection::Handshake TlsConnection::proceed()
{
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl);
    if (result == 1)
        return Handshake::Done;
    switch (SSL_get_error(m_ssl, result)) {
    case SSL_ERROR_WANT_READ:
        return Handshake::WantsToRead;
    case SSL_ERROR_WANT_WRITE:
        return Handshake::WantsToWrite;
    default:
        m_isBroken = true;
        m_problem = ERR_peek_last_error() != 0 ? lastTlsError() : QStringLiteral("the peer hung up");
        return Handshake::Failed;
    }
}

// Of a read or a write that did not succeed.
qint64 TlsConnection::failedWith(int result)
{
    const int systemError = errno;
    switch (SSL_get_error(m_ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return native::wouldBlock;
    case SSL_ERROR_ZERO_RETURN:
        return 0;
    case SSL_ERROR_SYSCALL:
        m_isBroken = true;
        ERR_clear_error();
        return systemError == 0 ? 0 : systemResult(systemError);
    default:
        m_isBroken = true;
        m_problem = lastTlsError();
        return native::peerGone;
    }
}

qint64 TlsConnection::receive(char *buffer, qint64 size)
{
    if (m_isBroken)
        return native::peerGone;
    ERR_clear_error();
    errno = 0;
    const int got = SSL_read(m_ssl, buffer, static_cast<int>(qMin<qint64>(size, recordBytes)));
    return got > 0 ? got : failedWith(got);
}

bool TlsConnection::hasPending() const
{
    return SSL_pending(m_ssl) > 0 || SSL_has_pending(m_ssl) == 1;
}

qint64 TlsConnection::flush()
{
    if (m_waiting == 0)
        return 0;
    if (m_isBroken)
        return native::peerGone;
    // The record is encrypted already: nothing is read from here but its length.
    static const std::array<char, recordBytes> nothing{};
    const qint64 taken = write(nothing.data(), m_waiting);
    if (taken > 0)
        m_waiting = 0;
    return taken > 0 ? 0 : m_isBroken || taken == 0 ? native::peerGone : native::wouldBlock;
}

qint64 TlsConnection::write(const char *data, qsizetype size)
{
    ERR_clear_error();
    errno = 0;
    const int taken = SSL_write(m_ssl, data, static_cast<int>(size));
    return taken > 0 ? taken : failedWith(taken);
}

qint64 TlsConnection::send(QByteArrayView bytes)
{
    if (m_isBroken)
        return native::peerGone;
    if (const qint64 result = flush(); result < 0)
        return result;
    qint64 sent = 0;
    while (sent < bytes.size()) {
        const qsizetype size = qMin(bytes.size() - static_cast<qsizetype>(sent), recordBytes);
        const qint64 taken = write(bytes.data() + sent, size);
        if (taken > 0) {
            sent += taken;
            continue;
        }
        if (m_isBroken || taken == 0)
            return sent > 0 ? sent : native::peerGone;
        // An answer to the peer's new key (RFC 8446, 4.6.3) goes first, and did not get out: nothing of ours
        // is taken.
        if (SSL_in_init(m_ssl))
            return sent > 0 ? sent : native::wouldBlock;
        // Encrypted and not gone out whole: it cannot be taken back, so it counts as accepted. A whole record
        // that stands still is counted once and never a second one.
        m_waiting = size;
        return sent + size;
    }
    return sent;
}

qint64 TlsConnection::send(std::span<const native::Bytes> pieces)
{
    qsizetype total = 0;
    for (const native::Bytes &piece : pieces)
        total += piece.size;
    if (pieces.size() == 1)
        return send(QByteArrayView(pieces[0].data, pieces[0].size));
    // A record for each piece would cost more than putting them side by side, as every block of titles makes
    // three.
    qint64 sent = 0;
    size_t next = 0;
    qsizetype offset = 0;
    std::array<char, recordBytes> record;
    while (sent < total) {
        qsizetype size = 0;
        while (size < recordBytes && next < pieces.size()) {
            const native::Bytes &piece = pieces[next];
            const qsizetype take = qMin(piece.size - offset, recordBytes - size);
            std::memcpy(record.data() + size, piece.data + offset, static_cast<size_t>(take));
            size += take;
            offset += take;
            if (offset == piece.size) {
                ++next;
                offset = 0;
            }
        }
        const qint64 taken = send(QByteArrayView(record.data(), size));
        if (taken <= 0)
            return sent > 0 ? sent : taken;
        sent += taken;
        if (m_waiting > 0 || m_isBroken)
            break;
    }
    return sent;
}

void TlsConnection::finishSending()
{
    if (m_isBroken || flush() < 0)
        return;
    ERR_clear_error();
    if (SSL_is_init_finished(m_ssl))
        SSL_shutdown(m_ssl);
    ERR_clear_error();
    m_isBroken = true;
}

bool TlsConnection::isResumed() const
{
    return SSL_session_reused(m_ssl) == 1;
}

bool TlsConnection::isSentByKernel() const
{
    return BIO_get_ktls_send(SSL_get_wbio(m_ssl)) != 0;
}

} // namespace cycast
