// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlsterminator.h"

#include "core/base/threadhop.h"
#include "core/net/socket/tlssession.h"

#include <QTimer>

namespace cycast
{
namespace
{

constexpr int sweepMs = 5'000;

/// Two descriptors on their way into the other thread; closed when they never get there.
struct Handover {
    native::Socket tcp = native::invalidSocket;
    native::Socket far = native::invalidSocket;

    Handover() = default;
    Handover(const Handover &) = delete;
    Handover &operator=(const Handover &) = delete;
    ~Handover()
    {
        if (tcp != native::invalidSocket)
            native::close(tcp);
        if (far != native::invalidSocket)
            native::close(far);
    }
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

    void take(Handover &handover, const QSslConfiguration &configuration)
    {
        new TlsSession(std::exchange(handover.tcp, native::invalidSocket),
                       std::exchange(handover.far, native::invalidSocket), configuration, this);
        if (!m_sweep.isActive())
            m_sweep.start();
    }

private:
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

native::Socket TlsTerminator::take(native::Socket tcp)
{
    auto handover = std::make_shared<Handover>();
    handover->tcp = tcp;
    native::Socket near = native::invalidSocket;
    if (!m_pump || !native::makePair(near, handover->far))
        return native::invalidSocket;
    hopTo(m_pump, [pump = m_pump, handover, configuration = m_configuration] {
        pump->take(*handover, configuration);
    });
    return near;
}

} // namespace cycast
