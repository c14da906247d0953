// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/frontdoor.h"

#include "core/base/escaping.h"
#include "core/base/monotonic.h"
#include "core/net/http/httpresponse.h"
#include "core/net/http/unreadablehead.h"
#include "core/net/socket/notifier.h"
#include "core/net/socket/tlsterminator.h"
#include "core/net/sources/shoutcasthead.h"

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
QString Arrival::who() const
{
    const QByteArray agent = request.header("User-Agent");
    const QString program = agent.isEmpty() ? u"unnamed program"_s : logEscaped(QString::fromUtf8(agent), 80);
    return u"%1, %2"_s.arg(address.toString(), program);
}

FrontDoor::FrontDoor(Handler handler, QObject *parent)
    : QTcpServer(parent)
    , m_handler(std::move(handler))
{
    // Hundreds may arrive at once, when a station is announced or comes back.
    setListenBacklogSize(4096);
    m_sweep.setInterval(500);
    connect(&m_sweep, &QTimer::timeout, this, &FrontDoor::sweep);
    // Out of descriptors: Qt pauses; those who wait in the backlog get in when others have left.
    connect(this, &QTcpServer::acceptError, this, [this] {
        emit refused({.sentence = u"A connection could not be accepted: %1."_s.arg(errorString()),
                      .port = serverPort()});
        QTimer::singleShot(200, this, &QTcpServer::resumeAccepting);
    });
}

FrontDoor::~FrontDoor()
{
    for (const auto &[socket, pending] : m_pending)
        native::close(socket);
}

Result<void> FrontDoor::open(const QString &host, quint16 port)
{
    QHostAddress address(host);
    if (host.isEmpty() || address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6)
        address = QHostAddress::Any;
    else if (host == u"localhost"_s)
        address = QHostAddress::LocalHost;
    else if (address.isNull())
        return failure(u"The address \"%1\" in server.host is not an IP address of this machine; use 0.0.0.0 "
                       "for every address."_s.arg(host));
    if (listen(address, port))
        return {};
    switch (serverError()) {
    case QAbstractSocket::AddressInUseError:
        return failure(
            u"Port %1 is already in use by another program; close it or choose another port."_s.arg(port));
    case QAbstractSocket::SocketAccessError:
        return failure(u"Port %1 needs administrator rights; choose a port from 1024 on."_s.arg(port));
    case QAbstractSocket::SocketAddressNotAvailableError:
        return failure(u"This machine has no address %1 (server.host)."_s.arg(host));
    default:
        return failure(u"Port %1 cannot be opened: %2."_s.arg(port).arg(errorString()));
    }
}

void FrontDoor::incomingConnection(qintptr socket)
{
    native::prepare(socket);
    Pending pending;
    pending.socket = socket;
    pending.ends = {native::peerAddress(socket), native::localAddress(socket)};
    pending.sinceMs = monotonicNs() / nsPerMs;
    admit(std::move(pending));
}

void FrontDoor::admit(Pending &&pending)
{
    const native::Socket socket = pending.socket;
    m_pending.insert_or_assign(socket, std::move(pending));
    // The request is mostly there already: then no notifier is ever made.
    readMore(socket);
    const auto it = m_pending.find(socket);
    if (it == m_pending.end())
        return;
    it->second.notifier = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
    connect(it->second.notifier.get(), &QSocketNotifier::activated, this,
            [this, socket] { readMore(socket); });
    if (!m_sweep.isActive())
        m_sweep.start();
}

void FrontDoor::readMore(native::Socket socket)
{
    const auto it = m_pending.find(socket);
    if (it == m_pending.end())
        return;
    Pending &pending = it->second;
    // Looked at, not taken: the handshake is the terminator's to read.
    if (pending.head.isEmpty() && !pending.ends.isSecure && native::peek(socket) == tlsHandshakeByte) {
        beginTls(pending);
        return;
    }
    std::array<char, maxHeadBytes + 1> buffer;
    const qint64 got = native::receive(socket, buffer.data(), buffer.size());
    if (got == native::wouldBlock)
        return;
    if (got <= 0) {
        drop(socket);
        return;
    }
    pending.head.append(buffer.data(), got);
    HttpParse parse = parseHttpRequest(pending.head);
    switch (parse.state) {
    case HttpParse::State::Incomplete:
        return;
    case HttpParse::State::Bad:
        refuse(pending, parse.status, parse.reason);
        return;
    case HttpParse::State::NotHttp:
        if (mayBeShoutcast(pending.head)) {
            parse.request = {};
            parse.request.method = shoutcastMethod.toByteArray();
            parse.headBytes = 0; // it reads its lines itself
            break;
        }
        refuse(pending, 400, "This is an HTTP port: plain HTTP requests only.");
        return;
    case HttpParse::State::Complete:
        break;
    }
    const Pending done = takeOut(socket);
    Arrival arrival;
    arrival.socket = socket;
    arrival.ends = done.ends;
    arrival.address = done.ends.peer;
    arrival.port = serverPort();
    arrival.request = std::move(parse.request);
    arrival.rest = done.head.mid(parse.headBytes);
    arrival.isSecure = done.ends.isSecure;
    m_handler(std::move(arrival));
}

void FrontDoor::beginTls(Pending &pending)
{
    if (!m_tls || !m_tls->isReady()) {
        pending.head = QByteArray(1, tlsHandshakeByte);
        refuse(pending, 400,
               "This port speaks plain HTTP, not TLS: use http:// instead of https://, or have the owner of "
               "the station set a certificate (server.tls_certificate).");
        return;
    }
    // Its time goes on: handshake and request head together have the header's.
    Pending secure = takeOut(pending.socket);
    secure.socket = m_tls->take(secure.socket);
    secure.ends.isSecure = true;
    if (secure.socket != native::invalidSocket)
        admit(std::move(secure));
}

FrontDoor::Pending FrontDoor::takeOut(native::Socket socket)
{
    const auto it = m_pending.find(socket);
    Pending pending = std::move(it->second);
    m_pending.erase(it);
    retire(pending.notifier, this);
    return pending;
}

void FrontDoor::refuse(Pending &pending, int status, const QByteArray &reason)
{
    native::send(pending.socket, serialized(HttpResponse::text(status, reason), false, true));
    Refusal refusal;
    refusal.peer = pending.ends.peer;
    refusal.port = serverPort();
    refusal.head = std::move(pending.head);
    refusal.reason = logEscaped(QString::fromUtf8(reason));
    const QString program = describeUnreadableHead(refusal.head).program;
    refusal.sentence = u"Refused a request from %1, %2: %3"_s.arg(
        refusal.peer.toString(), program.isEmpty() ? u"unnamed program"_s : program, refusal.reason);
    drop(pending.socket); // the end of `pending`
    emit refused(refusal);
}

void FrontDoor::drop(native::Socket socket)
{
    if (m_pending.contains(socket))
        native::close(takeOut(socket).socket);
}

void FrontDoor::sweep()
{
    const qint64 limit = monotonicNs() / nsPerMs - m_headerTimeoutMs;
    std::vector<native::Socket> late;
    for (const auto &[socket, pending] : m_pending) {
        if (pending.sinceMs <= limit)
            late.push_back(socket);
    }
    for (const native::Socket socket : late) {
        Pending &pending = m_pending.at(socket);
        // A silent connection (browsers open spare ones) is closed without a word.
        if (pending.head.isEmpty())
            drop(socket);
        else
            refuse(pending, 408, "The request head did not arrive in time.");
    }
    if (m_pending.empty())
        m_sweep.stop();
}

} // namespace cycast
