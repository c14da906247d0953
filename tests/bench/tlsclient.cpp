// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/tlsclient.h"

#include <cerrno>
#include <csignal>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace bench
{

TlsClient::TlsClient(bool resumes)
    : m_context(SSL_CTX_new(TLS_client_method()))
    , m_resumes(resumes)
{
    std::signal(SIGPIPE, SIG_IGN);
    SSL_CTX_set_verify(m_context, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_mode(m_context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(m_context, SSL_OP_IGNORE_UNEXPECTED_EOF);
}

TlsClient::~TlsClient()
{
    SSL_SESSION_free(m_session);
    SSL_CTX_free(m_context);
}

SSL *TlsClient::connection(int socket)
{
    SSL *connection = SSL_new(m_context);
    SSL_set_fd(connection, socket);
    SSL_set_connect_state(connection);
    if (m_session)
        SSL_set_session(connection, m_session);
    return connection;
}

TlsClient::Step TlsClient::shakeHands(SSL *connection)
{
    ERR_clear_error();
    const int result = SSL_do_handshake(connection);
    if (result == 1)
        return Step::Done;
    switch (SSL_get_error(connection, result)) {
    case SSL_ERROR_WANT_READ:
        return Step::WantsToRead;
    case SSL_ERROR_WANT_WRITE:
        return Step::WantsToWrite;
    default:
        return Step::Failed;
    }
}

ssize_t TlsClient::receive(SSL *connection, std::uint8_t *buffer, std::size_t size)
{
    ERR_clear_error();
    std::size_t all = 0;
    // A record a call: the rest is taken at once, as a plain read takes it.
    while (all < size) {
        const int got = SSL_read(connection, buffer + all, static_cast<int>(size - all));
        if (got > 0) {
            all += static_cast<std::size_t>(got);
            continue;
        }
        if (SSL_get_error(connection, got) == SSL_ERROR_WANT_READ)
            errno = EAGAIN;
        else
            errno = ECONNRESET;
        break;
    }
    if (all > 0 && m_resumes && !m_session)
        m_session = SSL_get1_session(connection); // the ticket stands before the data
    return all > 0 ? static_cast<ssize_t>(all) : errno == EAGAIN ? -1 : 0;
}

bool TlsClient::send(SSL *connection, const char *bytes, std::size_t size)
{
    return SSL_write(connection, bytes, static_cast<int>(size)) == static_cast<int>(size);
}

void TlsClient::free(SSL *connection)
{
    SSL_free(connection);
}

} // namespace bench
