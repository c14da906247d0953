// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeweb.h"

#include "tests/support/rawsocket.h"

#include <QTcpSocket>

#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{

FakeWeb::FakeWeb(Answer answer, QObject *parent)
    : QTcpServer(parent)
    , m_answer(std::move(answer))
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("No port left.");
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = nextPendingConnection()) {
            const auto input = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, input] { take(socket, *input); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

QString FakeWeb::url(const QString &path) const
{
    return u"http://127.0.0.1:%1%2"_s.arg(serverPort()).arg(path);
}

void FakeWeb::take(QTcpSocket *socket, QByteArray &input)
{
    input += socket->readAll();
    const qsizetype end = input.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    Request request;
    request.head = input.first(end + 4);
    request.line = input.first(input.indexOf("\r\n"));
    request.body = input.sliced(end + 4);
    if (request.body.size() < headerOf(request.head, "Content-Length").toInt())
        return;
    input.clear();
    requests.append(request);
    socket->write(m_answer(request));
    socket->disconnectFromHost();
}

} // namespace cycast::test
