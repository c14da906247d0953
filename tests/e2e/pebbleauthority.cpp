// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/pebbleauthority.h"

#include "tests/support/slack.h"
#include "tests/support/tlsclient.h"

#include <QSslCertificate>
#include <QSslSocket>

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{

PebbleAuthority::PebbleAuthority(const Sandbox &sandbox)
    : m_sandbox(sandbox)
    , m_before(QSslConfiguration::defaultConfiguration())
{
}

PebbleAuthority::~PebbleAuthority()
{
    QSslConfiguration::setDefaultConfiguration(m_before);
}

bool PebbleAuthority::start(int httpPort, int tlsPort)
{
    const QString certificate = m_sandbox.path(u"pebble.pem"_s);
    const QString key = m_sandbox.path(u"pebble.key"_s);
    if (!makeCertificate(certificate, key, u"pebble"_s))
        return false;
    QSslConfiguration trusting = m_before;
    trusting.addCaCertificates(QSslCertificate::fromPath(certificate));
    QSslConfiguration::setDefaultConfiguration(trusting);
    m_port = freePort();
    m_managementPort = freePort();
    const QString names = u"127.0.0.1:%1"_s.arg(freePort());
    m_sandbox.write(
        u"pebble.json"_s,
        u"{\"pebble\":{\"listenAddress\":\"127.0.0.1:%1\",\"managementListenAddress\":\"127.0.0.1:%2\","
        "\"certificate\":\"%3\",\"privateKey\":\"%4\",\"httpPort\":%5,\"tlsPort\":%6,"
        "\"ocspResponderURL\":\"\",\"externalAccountBindingRequired\":false}}"_s.arg(m_port)
            .arg(m_managementPort)
            .arg(certificate, key)
            .arg(httpPort)
            .arg(tlsPort)
            .toUtf8());
    m_names = m_sandbox.start(u"pebble-challtestsrv"_s, {u"-http01"_s,
                                                         {},
                                                         u"-https01"_s,
                                                         {},
                                                         u"-tlsalpn01"_s,
                                                         {},
                                                         u"-dns01"_s,
                                                         names,
                                                         u"-management"_s,
                                                         u"127.0.0.1:%1"_s.arg(freePort()),
                                                         u"-defaultIPv6"_s,
                                                         {}});
    // The sandbox's environment, and what this program wants to hear that way.
    qputenv("PEBBLE_VA_NOSLEEP", "1");
    qputenv("PEBBLE_WFE_NONCEREJECT", "33");
    m_authority = m_sandbox.start(u"pebble"_s,
                                  {u"-config"_s, m_sandbox.path(u"pebble.json"_s), u"-dnsserver"_s, names});
    qunsetenv("PEBBLE_VA_NOSLEEP");
    qunsetenv("PEBBLE_WFE_NONCEREJECT");
    return waitUntil(
        [this] {
            QTcpSocket socket;
            socket.connectToHost(u"127.0.0.1"_s, m_port);
            return socket.waitForConnected(200);
        },
        20'000);
}

QString PebbleAuthority::directory() const
{
    return u"https://localhost:%1/dir"_s.arg(m_port);
}

QString PebbleAuthority::otherDirectory() const
{
    return u"https://127.0.0.1:%1/dir"_s.arg(m_port);
}

QByteArray PebbleAuthority::root() const
{
    QSslSocket socket;
    socket.connectToHostEncrypted(u"127.0.0.1"_s, m_managementPort);
    if (!socket.waitForEncrypted(5'000))
        return {};
    socket.write("GET /roots/0 HTTP/1.0\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(2'000))
        answer += socket.readAll();
    return bodyOf(answer);
}

int PebbleAuthority::orders()
{
    m_log += m_authority->readAllStandardOutput() + m_authority->readAllStandardError();
    return static_cast<int>(m_log.count("/order-plz -> calling handler"));
}

} // namespace cycast::test
