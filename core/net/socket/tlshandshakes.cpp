// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlshandshakes.h"

#include "core/base/log.h"
#include "core/base/monotonic.h"
#include "core/base/threadhop.h"
#include "core/net/socket/readiness.h"
#include "core/net/socket/tlsconnection.h"

#include <QTimer>

namespace cycast
{
namespace
{

constexpr int sweepMs = 250;

using Parcel = std::shared_ptr<Transport>; // a connection on its way between the threads

} // namespace

/// The far side: owns those who shake hands.
class HandshakeRoom : public QObject
{
public:
    using Done = std::function<void(quint64, const Parcel &)>;

    explicit HandshakeRoom(Done done)
        : m_done(std::move(done))
        , m_readiness([this](const Readiness::Event &event) { step(event.id); }, this)
        , m_sweep(this)
    {
        m_sweep.setInterval(sweepMs);
        connect(&m_sweep, &QTimer::timeout, this, &HandshakeRoom::sweep);
    }

    void take(const Parcel &parcel, quint64 ticket, const std::shared_ptr<const TlsContext> &context,
              const std::shared_ptr<const TlsContext> &proof, qint64 untilNs)
    {
        auto tls = TlsConnection::accept(context ? context : proof, parcel->descriptor(), proof);
        if (!tls) {
            m_done(ticket, std::make_shared<Transport>());
            return;
        }
        parcel->protect(std::move(tls));
        m_guests.emplace(ticket, Guest{parcel, untilNs});
        if (!m_sweep.isActive())
            m_sweep.start();
        step(ticket);
    }

    void giveUp(quint64 ticket)
    {
        if (m_guests.contains(ticket))
            end(ticket, false);
    }

private:
    struct Guest {
        Parcel transport;
        qint64 untilNs;
        int interest = -1; ///< of Readiness; -1: not watched
    };

    void step(quint64 ticket)
    {
        const auto it = m_guests.find(ticket);
        if (it == m_guests.end())
            return;
        TlsConnection *tls = it->second.transport->tls();
        switch (tls->proceed()) {
        case TlsConnection::Handshake::Done:
            end(ticket, true);
            break;
        case TlsConnection::Handshake::WantsToRead:
            watch(it->second, ticket, Readiness::Read);
            break;
        case TlsConnection::Handshake::WantsToWrite:
            watch(it->second, ticket, Readiness::Write);
            break;
        case TlsConnection::Handshake::Failed:
            qCDebug(lcListener).noquote() << QStringLiteral("A TLS handshake failed:") << tls->problem();
            end(ticket, false);
            break;
        }
    }

    void watch(Guest &guest, quint64 ticket, int interest)
    {
        if (guest.interest == interest)
            return;
        const native::Socket socket = guest.transport->descriptor();
        if (std::exchange(guest.interest, interest) >= 0)
            m_readiness.change(socket, ticket, interest);
        else if (!m_readiness.watch(socket, ticket, interest))
            end(ticket, false);
    }

    void end(quint64 ticket, bool isDone)
    {
        const auto it = m_guests.find(ticket);
        const Guest guest = std::move(it->second);
        m_guests.erase(it);
        if (guest.interest >= 0)
            m_readiness.forget(guest.transport->descriptor());
        if (!isDone)
            guest.transport->close();
        if (m_guests.empty())
            m_sweep.stop();
        m_done(ticket, guest.transport);
    }

    void sweep()
    {
        const qint64 nowNs = monotonicNs();
        std::vector<quint64> late;
        for (const auto &[ticket, guest] : m_guests) {
            if (guest.untilNs <= nowNs)
                late.push_back(ticket);
        }
        for (const quint64 ticket : late)
            end(ticket, false);
    }

    Done m_done;
    Readiness m_readiness;
    std::unordered_map<quint64, Guest> m_guests;
    QTimer m_sweep; ///< runs only while somebody is in here
};

TlsHandshakes::TlsHandshakes() = default;

TlsHandshakes::~TlsHandshakes()
{
    endThread(&m_thread);
}

void TlsHandshakes::setContext(std::shared_ptr<const TlsContext> context)
{
    m_context = std::move(context);
    begin();
}

void TlsHandshakes::setProof(std::shared_ptr<const TlsContext> proof)
{
    m_proof = std::move(proof);
    begin();
}

void TlsHandshakes::begin()
{
    if ((!m_context && !m_proof) || m_room)
        return;
    m_room = new HandshakeRoom([this](quint64 ticket, const Parcel &parcel) {
        hopTo(this, [this, ticket, parcel] {
            --m_count;
            m_handler(ticket, std::move(*parcel));
        });
    });
    m_thread.setObjectName(QStringLiteral("cycast-tls"));
    moveInto(&m_thread, m_room);
    QObject::connect(&m_thread, &QThread::started, m_room, [] { native::stepBehind(niceness); });
    m_thread.start();
}

void TlsHandshakes::accept(Transport tcp, quint64 ticket, int patienceMs)
{
    ++m_count;
    const auto parcel = std::make_shared<Transport>(std::move(tcp));
    const qint64 untilNs = monotonicNs() + patienceMs * nsPerMs;
    hopTo(m_room, [room = m_room, parcel, ticket, context = m_context, proof = m_proof, untilNs] {
        room->take(parcel, ticket, context, proof, untilNs);
    });
}

void TlsHandshakes::giveUp(quint64 ticket)
{
    hopTo(m_room, [room = m_room, ticket] { room->giveUp(ticket); });
}

} // namespace cycast
