// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/socket/nativesocket.h"

#include <QSocketNotifier>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

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

    /// Takes both sockets; the handshake begins.
    TlsSession(native::Socket tcp, native::Socket inner, const QSslConfiguration &configuration,
               QObject *parent);
    ~TlsSession() override;

    /// Ends the session when its peer has vanished without a word.
    void checkPeer();

private:
    void inward();
    void outward();
    void innerEnded();
    void outerEnded();
    void end();

    native::Socket m_inner;
    QSslSocket m_outer;
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    QByteArray m_inwardRest; ///< decrypted, not taken by the inner side yet
    bool m_outerEnded = false;
    bool m_ended = false;
    QTimer m_closing;
};

} // namespace cycast
