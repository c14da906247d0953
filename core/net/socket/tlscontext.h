// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/socket/tlsidentity.h"

#include <memory>

using SSL_CTX = struct ssl_ctx_st;

namespace cycast
{

/// What all connections of one identity share: certificates and keys, protocol versions, ciphers, the keys of
/// session tickets. Never changes once it is made; connections keep the one that they began with, so that a
/// renewed certificate drops nobody. Thread-safe.
///
/// TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only (RFC 9325); no renegotiation, no
/// compression, no early data (a request could be played again). Whoever comes back within two hours brings a
/// ticket (RFC 8446, 4.6.1; RFC 5077) and is spared the dear half of the handshake; nothing is kept for him
/// here.
class TlsContext
{
public:
    /// The first identity that suits a client is used: an ECDSA certificate beside an RSA one serves modern
    /// clients cheaper and old ones at all. An error when the library refuses one of them.
    static Result<std::shared_ptr<const TlsContext>> make(const QList<TlsIdentity> &identities);

    /// For one who proves whose this server is: shows this identity to whoever speaks "acme-tls/1" (RFC
    /// 8737), and to nobody else.
    static Result<std::shared_ptr<const TlsContext>> makeForProof(const TlsIdentity &identity);

    ~TlsContext();
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    SSL_CTX *native() const { return m_context; }

private:
    explicit TlsContext(SSL_CTX *context)
        : m_context(context)
    {
    }

    SSL_CTX *m_context;
};

/// Why the library refused the last call in this thread, in its own words; empties its list of errors.
QString lastTlsError();

} // namespace cycast
