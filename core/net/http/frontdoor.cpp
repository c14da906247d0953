// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/frontdoor.h"

#include "core/base/monotonic.h"
#include "core/net/socket/notifier.h"

#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

FrontDoor::FrontDoor(Lobby &lobby)
    : m_lobby(lobby)
{
    // Hundreds may arrive at once, when a station is announced or comes back.
    m_server.setListenBacklogSize(4096);
}

FrontDoor::~FrontDoor()
{
    close();
}

Result<void> FrontDoor::open(const QString &host, quint16 port)
{
    QHostAddress address(host);
    if (host.isEmpty() || address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6)
        address = QHostAddress::Any;
    else if (host == u"localhost"_s)
        address = QHostAddress::LocalHost;
    else if (address.isNull())
        return failure(Core::tr("The address \"%1\" in server.host is not an IP address of this machine; use "
                                "0.0.0.0 for every address.")
                           .arg(host));
    if (m_server.listen(address, port)) {
        m_server.pauseAccepting();
        const native::Socket socket = m_server.socketDescriptor();
        native::prepareListening(socket, Lobby::sendBufferBytes, Lobby::receiveBufferBytes);
        m_knocks = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
        connect(m_knocks.get(), &QSocketNotifier::activated, this, &FrontDoor::letIn);
        return {};
    }
    switch (m_server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return failure(
            Core::tr("Port %1 is already in use by another program; close it or choose another port.")
                .arg(port));
    case QAbstractSocket::SocketAccessError:
        return failure(Core::tr("Port %1 needs administrator rights; choose a port from 1024 on.").arg(port));
    case QAbstractSocket::SocketAddressNotAvailableError:
        return failure(Core::tr("This machine has no address %1 (server.host).").arg(host));
    default:
        return failure(Core::tr("Port %1 cannot be opened: %2.").arg(port).arg(m_server.errorString()));
    }
}

void FrontDoor::close()
{
    retire(m_knocks, this);
    m_server.close();
}

void FrontDoor::letIn()
{
    if (m_isBusy && m_isBusy())
        return; // they knock on
    const native::Socket listening = m_server.socketDescriptor();
    const qint64 endNs = monotonicNs() + wakeUpNs;
    for (int i = 0; i < acceptsPerWakeUp && m_knocks && monotonicNs() < endNs; ++i) {
        QHostAddress peer;
        const qint64 socket = native::accept(listening, peer);
        if (socket == native::wouldBlock)
            return;
        if (socket == native::exhausted) {
            pause();
            return;
        }
        if (socket >= 0)
            m_lobby.admit(static_cast<native::Socket>(socket), peer, port());
    }
}

// Those who wait in the queue get in when others have left.
void FrontDoor::pause()
{
    m_knocks->setEnabled(false);
    emit m_lobby.refused({.sentence =
                              u"A connection could not be accepted: this computer has no descriptor or no "
                              "memory left for it."_s,
                          .port = port()});
    QTimer::singleShot(pauseMs, this, [this] {
        if (m_knocks)
            m_knocks->setEnabled(true);
    });
}

} // namespace cycast
