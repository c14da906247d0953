// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/nativesocket.h"

#include <QSocketNotifier>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <functional>
#include <memory>

namespace cycast
{

/// One TLS connection: encrypted to the outside, plain bytes to one end of a socket pair inside. Each side
/// reads only as fast as the other takes, so neither an encoder that pushes nor a player that stands still
/// costs more than two small buffers. Ends with either side, and deletes itself then.
/// Lives in the terminator's thread.
class TlsSession : public QObject
{
    Q_OBJECT

public:
    /// What may wait for a client that does not read, besides the kernel's buffers.
    static constexpr qint64 waitingBytes = 65'536;

    /// Gets the near end of the pair when the handshake is done; invalidSocket: it came to nothing.
    using Established = std::function<void(native::Socket near)>;

    /// Takes the socket; the handshake begins, and has `patienceMs`.
    TlsSession(native::Socket tcp, const QSslConfiguration &configuration, int patienceMs,
               Established established, QObject *parent);
    ~TlsSession() override;

    /// Ends the session when its peer has vanished without a word.
    void checkPeer();
    bool isShakingHands() const { return !m_ended && m_established; }
    void end();

private:
    void handshakeDone();
    void inward();
    void outward();
    void innerEnded();
    void outerEnded();

    Established m_established; ///< until it was called
    native::Socket m_inner = native::invalidSocket;
    QSslSocket m_outer;
    std::unique_ptr<QSocketNotifier> m_readable; ///< of the inner end
    std::unique_ptr<QSocketNotifier> m_writable;
    QByteArray m_inwardRest; ///< decrypted, not taken by the inner side yet
    bool m_outerEnded = false;
    bool m_ended = false;
    QTimer m_closing;
    QTimer m_patience; ///< with the handshake
};

} // namespace cycast
