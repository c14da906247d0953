// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tlsclient.h"

#include "tests/support/rawsocket.h"
#include "tests/support/slack.h"

#include <QProcess>
#include <QTcpServer>

#include <algorithm>
#include <sys/socket.h>

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{

bool makeCertificate(const QString &certificateFile, const QString &keyFile, const QString &name,
                     const QStringList &kind)
{
    QProcess openssl;
    const QStringList request{u"req"_s,         u"-x509"_s,   u"-nodes"_s,
                              u"-days"_s,       u"60"_s,      u"-subj"_s,
                              u"/CN="_s + name, u"-addext"_s, u"subjectAltName=DNS:localhost,IP:127.0.0.1"_s,
                              u"-newkey"_s};
    openssl.start(u"openssl"_s,
                  request + kind + QStringList{u"-keyout"_s, keyFile, u"-out"_s, certificateFile});
    return openssl.waitForFinished(20'000) && openssl.exitCode() == 0;
}

QByteArray clientHello()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    QSslSocket client;
    client.connectToHostEncrypted(u"localhost"_s, server.serverPort(), QIODevice::ReadWrite,
                                  QAbstractSocket::AnyIPProtocol);
    if (!client.waitForConnected(5000) || !server.waitForNewConnection(5000))
        return {};
    QTcpSocket *accepted = server.nextPendingConnection();
    while (accepted->bytesAvailable() < 100 &&
           (client.waitForReadyRead(20), accepted->waitForReadyRead(200))) {
    }
    return accepted->readAll();
}

TlsClient::TlsClient(int port)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_socket.setSslConfiguration(configuration);
    connect(&m_socket, &QSslSocket::readyRead, this, &TlsClient::read);
    m_socket.connectToHostEncrypted(u"127.0.0.1"_s, static_cast<quint16>(port));
}

void TlsClient::setReading(bool on)
{
    m_reading = on;
    m_socket.setReadBufferSize(on ? 0 : 4096);
    if (on)
        read();
}

void TlsClient::read()
{
    if (m_reading)
        m_received += m_socket.readAll();
}

void TlsClient::reset()
{
    const linger atOnce{1, 0};
    ::setsockopt(static_cast<int>(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                 sizeof atOnce);
    m_socket.abort();
}

QByteArray TlsClient::audio() const
{
    return bodyOf(m_received);
}

QString TlsClient::certificateName() const
{
    return m_socket.peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0);
}

TlsCrowd tlsCrowd(int port, int count)
{
    TlsCrowd crowd;
    for (int i = 1; i <= count; ++i) {
        crowd.push_back(std::make_unique<TlsClient>(port));
        crowd.back()->send("GET /stream HTTP/1.0\r\n\r\n");
        const auto hear = [&crowd] {
            return std::all_of(crowd.end() - 10, crowd.end(),
                               [](const auto &client) { return client->audio().size() > 0; });
        };
        if (i % 10 == 0 && !waitUntil(hear))
            return {};
    }
    return crowd;
}

bool allHearOn(const TlsCrowd &crowd)
{
    std::vector<qsizetype> before;
    for (const auto &client : crowd)
        before.push_back(client->audio().size());
    return waitUntil([&] {
        size_t i = 0;
        return std::all_of(crowd.begin(), crowd.end(),
                           [&](const auto &client) { return client->audio().size() > before[i++]; });
    });
}

} // namespace cycast::test
