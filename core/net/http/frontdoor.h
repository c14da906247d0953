// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/http/httprequest.h"
#include "core/net/socket/nativesocket.h"

#include <QSocketNotifier>
#include <QTcpServer>
#include <QTimer>

#include <functional>
#include <memory>
#include <unordered_map>

namespace cycast
{

class TlsTerminator;

/// Both ends of a TCP connection. Behind TLS the socket is another one, which knows neither.
struct ConnectionEnds {
    QHostAddress peer;
    QHostAddress local;    ///< the address that the peer used to reach us
    bool isSecure = false; ///< TLS
};

/// Somebody at a port with a complete request head. Whoever takes it owns the socket.
struct Arrival {
    native::Socket socket = native::invalidSocket;
    ConnectionEnds ends;
    QHostAddress address; ///< the client's: the peer's, or what a trusted proxy reports
    quint16 port = 0;     ///< ours
    HttpRequest request;
    QByteArray rest;                 ///< what came after the head: body or audio
    bool isSecure = false;           ///< the client uses https, to us or to a trusted proxy
    bool isFromUnknownProxy = false; ///< says that it speaks for somebody else, and is not trusted

    QString who() const; ///< "192.168.1.7, butt 0.1.37", escaped for logs
};

/// Somebody whom the door itself turned away: what came was no request.
struct Refusal {
    QString sentence;       ///< for the log, escaped
    QHostAddress peer = {}; ///< null: nobody in particular (no descriptors left)
    quint16 port = 0;       ///< ours
    QByteArray head = {};   ///< what was sent, raw
    QString reason = {};    ///< what the peer was told
};

/// One listening port: accepts in batches and reads request heads, within limits of size and time, without a
/// QTcpSocket. A client that never finishes costs a descriptor, a notifier and 15 s. Whoever begins with a
/// TLS handshake goes through the terminator first and comes back as plain bytes.
/// Lives in the station's thread.
class FrontDoor : public QTcpServer
{
    Q_OBJECT

public:
    using Handler = std::function<void(Arrival &&)>;

    FrontDoor(Handler handler, QObject *parent = nullptr);
    ~FrontDoor() override;

    /// Listens; "0.0.0.0", "::" and "" mean every address, IPv4 and IPv6. Port 0: any. The error says who may
    /// hold the port.
    Result<void> open(const QString &host, quint16 port);

    void setHeaderTimeout(double seconds) { m_headerTimeoutMs = qRound64(seconds * 1000); }
    /// Who takes connections that begin with a TLS handshake; outlives this. None: they are refused.
    void setTls(TlsTerminator *tls) { m_tls = tls; }
    int unfinishedRequests() const { return static_cast<int>(m_pending.size()); }

signals:
    void refused(const cycast::Refusal &refusal);

protected:
    void incomingConnection(qintptr socket) override;

private:
    struct Pending {
        native::Socket socket = native::invalidSocket;
        ConnectionEnds ends;
        QByteArray head;
        qint64 sinceMs = 0;
        std::unique_ptr<QSocketNotifier> notifier;
    };

    void admit(Pending &&pending);
    void readMore(native::Socket socket);
    void beginTls(Pending &pending);
    Pending takeOut(native::Socket socket);
    void refuse(Pending &pending, int status, const QByteArray &reason);
    void drop(native::Socket socket);
    void sweep();

    Handler m_handler;
    TlsTerminator *m_tls = nullptr;
    qint64 m_headerTimeoutMs = 15'000;
    std::unordered_map<native::Socket, Pending> m_pending;
    QTimer m_sweep; ///< runs only while somebody is unfinished
};

} // namespace cycast
