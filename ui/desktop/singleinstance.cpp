// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/singleinstance.h"

#include "core/base/filename.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int connectingMs = 1'500;
constexpr int answerMs = 10'000; ///< somebody is there, on a machine that may be busy
constexpr qint64 maxBytes = 1 << 20;

} // namespace

SingleInstance::SingleInstance(const QString &station, QObject *parent)
    : QObject(parent)
    , m_server(this)
{
    const QByteArray who = station.toUtf8() + '\0' + qgetenv("USER") + qgetenv("HOME");
    // In a folder that is this user's alone, where the system has one: nobody else can stand in for us.
    const QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR");
    m_name = (QDir::isAbsolutePath(folder) && QFileInfo(folder).isDir() ? folder + u'/' : QString()) +
             u"cycast-"_s +
             QString::fromLatin1(QCryptographicHash::hash(who, QCryptographicHash::Sha256).toHex().left(24));
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::take);
}

bool SingleInstance::handOver(const QStringList &files)
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(connectingMs))
        return false;
    const QByteArray line =
        QJsonDocument(QJsonArray::fromStringList(storedPaths(files))).toJson(QJsonDocument::Compact) + '\n';
    socket.write(line);
    // Only its answer says that somebody is alive behind the socket.
    return socket.waitForBytesWritten(answerMs) && socket.waitForReadyRead(answerMs) &&
           socket.readAll().startsWith("ok");
}

bool SingleInstance::listen()
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    // What a crash left behind is in nobody's hands: handOver() has just found out.
    QLocalServer::removeServer(m_name);
    return m_server.listen(m_name);
}

void SingleInstance::take()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (socket->bytesAvailable() > maxBytes) {
                socket->abort();
                return;
            }
            if (!socket->canReadLine())
                return;
            const QJsonDocument document = QJsonDocument::fromJson(socket->readLine());
            socket->write("ok\n");
            socket->flush(); // what is asked for may take a while
            socket->disconnectFromServer();
            if (!document.isArray())
                return;
            QStringList files;
            for (const auto value : document.array())
                files.append(pathFromStored(value.toString()));
            files.removeAll(QString());
            emit asked(files);
        });
    }
}

} // namespace cycast
