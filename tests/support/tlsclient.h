// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslSocket>
#include <QStringList>

#include <memory>
#include <vector>

namespace cycast::test
{

/// A self-signed certificate for localhost, valid for 60 days, and its key, made by the openssl program.
/// `kind`: how openssl makes the key. False: it could not.
bool makeCertificate(const QString &certificateFile, const QString &keyFile, const QString &name,
                     const QStringList &kind = {QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                                                QStringLiteral("ec_paramgen_curve:prime256v1")});

/// The first bytes of a TLS connection, as a client of our time sends them.
QByteArray clientHello();

/// A TLS client on 127.0.0.1 that believes every certificate. Reads while the event loop turns.
class TlsClient : public QObject
{
    Q_OBJECT

public:
    explicit TlsClient(int port);

    /// Also before the handshake is done.
    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    void setReading(bool on);
    void hangUp() { m_socket.disconnectFromHost(); } ///< when everything has been sent
    void reset();

    const QByteArray &received() const { return m_received; }
    /// What came behind the head of the answer.
    QByteArray audio() const;
    bool isEncrypted() const { return m_socket.isEncrypted(); }
    bool hasEnded() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }
    qint64 bytesToWrite() const { return m_socket.bytesToWrite() + m_socket.encryptedBytesToWrite(); }
    QString certificateName() const;

private:
    void read();

    QSslSocket m_socket;
    QByteArray m_received;
    bool m_reading = true;
};

using TlsCrowd = std::vector<std::unique_ptr<TlsClient>>;

/// Listeners of /stream, all of whom hear it; none where some do not. Ten come at a time: no more
/// shake hands from one address.
TlsCrowd tlsCrowd(int port, int count);
/// Each of them hears something more.
bool allHearOn(const TlsCrowd &crowd);

} // namespace cycast::test
