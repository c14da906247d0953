// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/reach/natpmp.h"
#include "core/reach/pcp.h"

#include <QDeadlineTimer>
#include <QHostAddress>

#include <functional>
#include <optional>

namespace cycast
{

/// Speaks NAT-PMP and PCP with one router. Blocks: for a thread that may wait. Each question is repeated
/// after 250, 750 and 1,750 ms, and then nobody is there; at once where the router says that nobody is.
class GatewayClient
{
public:
    /// `own`: this computer's address, as the router sees it. Nothing is asked after the deadline.
    GatewayClient(const QHostAddress &router, const QHostAddress &own, QDeadlineTimer deadline);

    /// Both protocols are asked at the same time; nothing is changed in the router.
    struct Greeting {
        std::optional<pcp::Answer> pcp;
        std::optional<natpmp::Answer> natPmp; ///< with the router's own address; IPv4 only
    };
    Greeting greet() const;

    std::optional<natpmp::Answer> map(quint16 internal, quint16 external, quint32 lifetimeSeconds) const;
    std::optional<pcp::Answer> map(const pcp::Nonce &nonce, quint16 internal, quint16 external,
                                   quint32 lifetimeSeconds) const;

private:
    /// `take` gets each answer, and says whether no other is needed.
    void ask(const QList<QByteArray> &questions, const std::function<bool(const QByteArray &)> &take) const;

    QHostAddress m_router;
    QHostAddress m_own;
    QDeadlineTimer m_deadline;
};

} // namespace cycast
