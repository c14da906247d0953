// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <sys/types.h>

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;
using SSL_SESSION = struct ssl_session_st;

namespace bench
{

/// What the crowd needs of TLS: believes every certificate; with `resumes`, everybody after the first comes
/// back with the first one's ticket.
class TlsClient
{
public:
    explicit TlsClient(bool resumes);
    ~TlsClient();
    TlsClient(const TlsClient &) = delete;
    TlsClient &operator=(const TlsClient &) = delete;

    SSL *connection(int socket);

    enum class Step { Done, WantsToRead, WantsToWrite, Failed };
    static Step shakeHands(SSL *connection);
    /// As recv(): -1 with EAGAIN when there is nothing yet. Tells tickets from data.
    ssize_t receive(SSL *connection, std::uint8_t *buffer, std::size_t size);
    static bool send(SSL *connection, const char *bytes, std::size_t size);
    static void free(SSL *connection);

private:
    SSL_CTX *m_context;
    SSL_SESSION *m_session = nullptr;
    bool m_resumes;
};

} // namespace bench
