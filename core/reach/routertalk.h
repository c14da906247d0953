// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/reach/evidence.h"
#include "core/reach/gatewayclient.h"
#include "core/reach/igd.h"
#include "core/reach/pcp.h"
#include "core/reach/routes.h"

#include <QDeadlineTimer>

namespace cycast
{

/// A port that a router keeps open for us, and what is needed to renew and to delete it. A value.
struct HeldPort {
    enum class By : quint8 { Nobody, Upnp, NatPmp, Pcp, Pinhole };
    By by = By::Nobody;
    PortMapping mapping;
    QHostAddress gateway;
    QHostAddress own;
    igd::Router router;
    quint32 epochSeconds = 0; ///< of the router, when it was asked last
    qint64 askedMs = 0;       ///< when that was, by a clock that never jumps
    QByteArray pinholeId;
    bool isEmpty() const { return by == By::Nobody; }
};

/// How a router's clock shows that its table has been emptied since (RFC 6886, 3.6): it tells less time than
/// has passed, but for an eighth and 2 s. Pure.
bool hasForgotten(quint32 epochThen, quint32 epochNow, qint64 passedMs);

/// The ports to try, the wanted one first, then the one behind it, then some that are always the same for
/// this station. Pure.
QList<quint16> portsToTry(int wanted, const QByteArray &identity);

/// What one router says, and what it does for us: for IPv4, or for IPv6. Blocks; never longer than 2.5 s for
/// one question, and no question is put after the deadline.
class RouterTalk
{
public:
    struct Place {
        routes::Gateway gateway;
        QHostAddress own;
        int port = 0;
        QByteArray identity; ///< the same over restarts, and no other station's
        quint32 leaseSeconds = 3'600;
        QDeadlineTimer deadline;
        igd::Router router; ///< IPv6: who was found by IPv4, in case that none answers by IPv6
    };
    explicit RouterTalk(Place place);

    /// The part that takes long where nobody answers, and needs no other answer: for a thread beside.
    struct Met {
        GatewayClient::Greeting greeting;
        std::optional<igd::Router> router;
    };
    static Met meet(const Place &place);
    /// Changes nothing in the router.
    RouterEvidence look(const Met &met);
    /// After look(): one mapping, verified. Says in `seen` how it went.
    HeldPort open(RouterEvidence &seen);
    /// The same one again, without a search. Empty: it has to be opened anew. `wasForgotten`: the router did
    /// not know it any more.
    HeldPort renew(const HeldPort &held, bool &wasForgotten);
    void close(const HeldPort &held);

    const igd::Router &router() const { return m_place.router; }

private:
    bool isV4() const { return m_place.own.protocol() == QAbstractSocket::IPv4Protocol; }
    void lookByUpnp(RouterEvidence &seen);
    void lookForPinholes(RouterEvidence &seen);
    HeldPort openByPcp(RouterEvidence &seen, quint16 wanted);
    HeldPort openByNatPmp(RouterEvidence &seen, quint16 wanted);
    HeldPort openByUpnp(RouterEvidence &seen);
    int addByUpnp(RouterEvidence &seen, quint16 external, quint32 &leaseSeconds);
    HeldPort openPinhole(RouterEvidence &seen);
    HeldPort held(HeldPort::By by, quint16 external, quint32 leaseSeconds) const;
    void refuse(RouterEvidence &seen, RouterRefusal why, int code, const QString &by) const;
    template<class Call>
    auto ask(Call call);

    Place m_place;
    bool m_isSilent = false; ///< it has let us wait for too long
};

} // namespace cycast
