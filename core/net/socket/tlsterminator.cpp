// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlsterminator.h"

#include "core/base/threadhop.h"
#include "core/net/socket/tlssession.h"

#include <QHash>
#include <QTimer>

namespace cycast
{
namespace
{

constexpr int sweepMs = 5'000;

/// A descriptor on its way into the other thread; closed when it never gets there.
struct Parcel {
    native::Socket socket = native::invalidSocket;

    explicit Parcel(native::Socket given)
        : socket(given)
    {
    }
    Parcel(const Parcel &) = delete;
    Parcel &operator=(const Parcel &) = delete;
    ~Parcel()
    {
        if (socket != native::invalidSocket)
            native::close(socket);
    }
    native::Socket open() { return std::exchange(socket, native::invalidSocket); }
};

} // namespace

/// The far side: owns the sessions, as children, and looks after peers that vanished without a word.
class TlsPump : public QObject
{
public:
    TlsPump()
        : m_sweep(this)
    {
        m_sweep.setInterval(sweepMs);
        connect(&m_sweep, &QTimer::timeout, this, [this] {
            const auto sessions = findChildren<TlsSession *>(Qt::FindDirectChildrenOnly);
            for (TlsSession *session : sessions)
                session->checkPeer();
            if (sessions.isEmpty())
                m_sweep.stop();
        });
    }

    ~TlsPump() override { qDeleteAll(findChildren<TlsSession *>(Qt::FindDirectChildrenOnly)); }

    void take(native::Socket tcp, quint64 ticket, const QSslConfiguration &configuration, int patienceMs,
              const TlsSession::Established &established)
    {
        auto *session = new TlsSession(
            tcp, configuration, patienceMs,
            [this, ticket, established](native::Socket near) {
                m_handshakes.remove(ticket);
                established(near);
            },
            this);
        if (session->isShakingHands())
            m_handshakes.insert(ticket, session);
        if (!m_sweep.isActive())
            m_sweep.start();
    }

    void giveUp(quint64 ticket)
    {
        if (TlsSession *session = m_handshakes.value(ticket))
            session->end();
    }

private:
    QHash<quint64, TlsSession *> m_handshakes;
    QTimer m_sweep;
};

TlsTerminator::TlsTerminator() = default;

TlsTerminator::~TlsTerminator()
{
    endThread(&m_thread);
}

void TlsTerminator::startThread()
{
    m_pump = new TlsPump;
    m_thread.setObjectName(QStringLiteral("cycast-tls"));
    moveInto(&m_thread, m_pump);
    m_thread.start();
}

void TlsTerminator::setIdentity(const TlsIdentity &identity)
{
    m_identity = identity;
    if (identity.isEmpty())
        return;
    m_configuration = QSslConfiguration::defaultConfiguration();
    m_configuration.setProtocol(QSsl::TlsV1_2OrLater);
    m_configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_configuration.setLocalCertificateChain(identity.chain);
    m_configuration.setPrivateKey(identity.key);
    if (!m_pump)
        startThread();
}

void TlsTerminator::take(native::Socket tcp, quint64 ticket, int patienceMs)
{
    auto parcel = std::make_shared<Parcel>(tcp);
    if (!m_pump) {
        emit handshakeEnded(ticket, native::invalidSocket);
        return;
    }
    ++m_handshakes;
    const auto established = [this, ticket](native::Socket near) {
        auto back = std::make_shared<Parcel>(near);
        hopTo(this, [this, ticket, back] {
            --m_handshakes;
            emit handshakeEnded(ticket, back->open());
        });
    };
    hopTo(m_pump, [pump = m_pump, parcel, ticket, configuration = m_configuration, patienceMs, established] {
        pump->take(parcel->open(), ticket, configuration, patienceMs, established);
    });
}

void TlsTerminator::giveUp(quint64 ticket)
{
    if (m_pump)
        hopTo(m_pump, [pump = m_pump, ticket] { pump->giveUp(ticket); });
}

} // namespace cycast
