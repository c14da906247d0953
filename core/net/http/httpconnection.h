// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http/frontdoor.h"
#include "core/net/http/httpresponse.h"

#include <QTcpSocket>
#include <QTimer>

namespace cycast
{

/// A connection that asks for pages, lists or the API: one answer after the other (keep-alive), closed after
/// 15 s of silence or 30 s of an answer that nobody reads. Deletes itself when the connection ends.
/// Lives in the station's thread.
class HttpConnection : public QObject
{
    Q_OBJECT

public:
    /// Takes the arrival's socket. `next` gets every further request of the same connection, socket
    /// included, as if it had just arrived.
    HttpConnection(Arrival &&arrival, FrontDoor::Handler next, QObject *parent);

    /// Answers the current request; closes afterwards unless both sides want to go on.
    void respond(const HttpResponse &response);
    /// The same after a while (slowing down those who guess passwords); the connection reads nothing until
    /// then.
    void respondLater(const HttpResponse &response, int delayMs);
    /// A ready answer, then close.
    void respondRaw(const QByteArray &bytes);

private:
    void readNext();
    void finish();

    FrontDoor::Handler m_next;
    HttpRequest m_request;
    ConnectionEnds m_ends;
    quint16 m_port;
    QByteArray m_input; ///< bytes of the next request so far
    bool m_answering = true;
    QTcpSocket m_socket;
    QTimer m_idle;
};

} // namespace cycast
