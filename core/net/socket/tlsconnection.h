// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/nativesocket.h"
#include "core/net/socket/tlscontext.h"

#include <memory>

using SSL = struct ssl_st;

namespace cycast
{

/// TLS on one descriptor, which it does not own: bytes are encrypted from where they stand and decrypted to
/// where they are wanted. Non-blocking. Whoever has it may use it, in one thread at a time.
class TlsConnection
{
public:
    /// As a server; the handshake has not begun. `proof`: for who asks for that (TlsContext::makeForProof());
    /// may be null. Null: no memory.
    static std::unique_ptr<TlsConnection> accept(const std::shared_ptr<const TlsContext> &context,
                                                 native::Socket socket,
                                                 std::shared_ptr<const TlsContext> proof = {});
    ~TlsConnection();
    TlsConnection(const TlsConnection &) = delete;
    TlsConnection &operator=(const TlsConnection &) = delete;

    enum class Handshake : quint8 { Done, WantsToRead, WantsToWrite, Failed };
    /// One step; again when the descriptor is ready for what it wants.
    Handshake proceed();
    /// Why it failed, in the library's words.
    QString problem() const { return m_problem; }

    /// As native::receive(): 0 is the peer's end, with or without a close notice (RFC 8446, 6.1 wants one;
    /// most players just hang up).
    qint64 receive(char *buffer, qint64 size);
    /// Decrypted already, or received and not decrypted yet: the descriptor alone does not tell of it.
    bool hasPending() const;

    /// As native::send(). What is accepted may wait in here, one record of 16 kB at most, until the kernel
    /// takes it: the next call sends that first, and takes nothing else before.
    qint64 send(QByteArrayView bytes);
    qint64 send(std::span<const native::Bytes> pieces);
    /// 0 when the kernel has everything that was accepted, after one more try; else wouldBlock or peerGone.
    qint64 flush();
    /// Accepted, and not all of it with the kernel.
    qint64 waitingBytes() const { return m_waiting; }

    /// The close notice, as far as the socket takes it. Nothing is sent afterwards.
    void finishSending();

    /// The session was begun with a ticket.
    bool isResumed() const;
    /// The kernel encrypts what is sent.
    bool isSentByKernel() const;

private:
    explicit TlsConnection(std::shared_ptr<const TlsContext> context, SSL *ssl)
        : m_context(std::move(context))
        , m_ssl(ssl)
    {
    }
    qint64 failedWith(int result);
    qint64 write(const char *data, qsizetype size);

    std::shared_ptr<const TlsContext> m_context;
    std::shared_ptr<const TlsContext> m_proof;
    SSL *m_ssl;
    qsizetype m_waiting = 0; ///< bytes in the record that the kernel has not taken whole
    bool m_isBroken = false; ///< nothing may be sent any more, not even a close notice
    QString m_problem;
};

} // namespace cycast
