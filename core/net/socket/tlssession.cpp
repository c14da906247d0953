// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlssession.h"

#include "core/base/log.h"

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qint64 pieceBytes = 16'384; // as large as a TLS record gets
constexpr int kernelBytes = 65'536;   // towards the client, as for plain listeners
constexpr int inwardBytes = 32'768;   // a pushed file must not disappear into buffers
constexpr int closingMs = 10'000;
constexpr int silentMs = 20'000;

} // namespace

TlsSession::TlsSession(native::Socket tcp, const QSslConfiguration &configuration, int patienceMs,
                       Established established, QObject *parent)
    : QObject(parent)
    , m_established(std::move(established))
{
    native::prepareForStreaming(tcp, kernelBytes);
    native::setReceiveBuffer(tcp, inwardBytes);
    m_closing.setSingleShot(true);
    connect(&m_closing, &QTimer::timeout, this, &TlsSession::end);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &TlsSession::end);

    connect(&m_outer, &QSslSocket::encrypted, this, &TlsSession::handshakeDone);
    connect(&m_outer, &QSslSocket::readyRead, this, &TlsSession::inward);
    connect(&m_outer, &QSslSocket::encryptedBytesWritten, this, &TlsSession::outward);
    connect(&m_outer, &QSslSocket::disconnected, this, &TlsSession::outerEnded);
    connect(&m_outer, &QSslSocket::errorOccurred, this, [this] {
        qCDebug(lcListener).noquote()
            << u"TLS with %1: %2"_s.arg(m_outer.peerAddress().toString(), m_outer.errorString());
        if (m_outer.state() == QAbstractSocket::UnconnectedState)
            outerEnded();
    });
    m_outer.setReadBufferSize(inwardBytes);
    m_outer.setSslConfiguration(configuration);
    if (!m_outer.setSocketDescriptor(tcp)) {
        native::close(tcp);
        outerEnded();
        return;
    }
    m_patience.start(patienceMs);
    m_outer.startServerEncryption();
}

TlsSession::~TlsSession()
{
    m_outer.disconnect(this);
    m_readable.reset();
    m_writable.reset();
    if (m_inner != native::invalidSocket)
        native::close(m_inner);
    if (m_established)
        m_established(native::invalidSocket);
}

// Only now is there somebody to speak with, and a second and a third descriptor to spend on him.
void TlsSession::handshakeDone()
{
    m_patience.stop();
    native::Socket near = native::invalidSocket;
    if (!native::makePair(near, m_inner)) {
        end();
        return;
    }
    native::prepareForStreaming(m_inner, inwardBytes);
    m_readable = std::make_unique<QSocketNotifier>(m_inner, QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(m_inner, QSocketNotifier::Write);
    m_writable->setEnabled(false);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &TlsSession::outward);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &TlsSession::inward);
    std::exchange(m_established, nullptr)(near);
    inward();
}

void TlsSession::inward()
{
    if (m_ended)
        return;
    if (m_inner == native::invalidSocket) { // no handshake yet, and perhaps never
        if (m_outerEnded)
            end();
        return;
    }
    while (true) {
        if (m_inwardRest.isEmpty())
            m_inwardRest = m_outer.read(pieceBytes);
        if (m_inwardRest.isEmpty())
            break;
        const qint64 sent = native::send(m_inner, m_inwardRest);
        if (sent == native::peerGone || sent == native::peerLost) {
            innerEnded();
            return;
        }
        if (sent == native::wouldBlock) {
            m_writable->setEnabled(true);
            return;
        }
        m_inwardRest.remove(0, sent);
    }
    m_writable->setEnabled(false);
    if (m_outerEnded)
        end();
}

void TlsSession::outward()
{
    if (m_ended || m_outerEnded || m_closing.isActive() || m_inner == native::invalidSocket)
        return;
    std::array<char, pieceBytes> buffer;
    const auto hasRoom = [this] {
        return m_outer.bytesToWrite() + m_outer.encryptedBytesToWrite() < waitingBytes;
    };
    while (hasRoom()) {
        const qint64 got = native::receive(m_inner, buffer.data(), buffer.size());
        if (got == native::wouldBlock)
            break;
        if (got <= 0) {
            innerEnded();
            return;
        }
        m_outer.write(buffer.data(), got);
    }
    // Without room the next encryptedBytesWritten comes back here.
    m_readable->setEnabled(hasRoom());
}

// The station is done with it: what it has said still goes out, within reason.
void TlsSession::innerEnded()
{
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    m_inwardRest.clear();
    if (m_outerEnded) {
        end();
        return;
    }
    m_closing.start(closingMs);
    m_outer.disconnectFromHost(); // disconnected() follows
}

void TlsSession::outerEnded()
{
    if (std::exchange(m_outerEnded, true))
        return;
    if (m_readable)
        m_readable->setEnabled(false);
    if (m_closing.isActive())
        end();
    else
        inward(); // what it has said still goes in, and then the end
}

void TlsSession::checkPeer()
{
    const bool waits = m_outer.encryptedBytesToWrite() > 0;
    if (!m_ended && waits && native::peerIsSilent(m_outer.socketDescriptor(), silentMs))
        end();
}

void TlsSession::end()
{
    if (std::exchange(m_ended, true))
        return;
    m_closing.stop();
    m_patience.stop();
    if (m_readable) {
        m_readable->setEnabled(false);
        m_writable->setEnabled(false);
    }
    // The station learns of it now, not when this object has gone.
    if (m_inner != native::invalidSocket)
        native::close(std::exchange(m_inner, native::invalidSocket));
    m_outer.abort();
    if (m_established)
        std::exchange(m_established, nullptr)(native::invalidSocket);
    deleteLater();
}

} // namespace cycast
