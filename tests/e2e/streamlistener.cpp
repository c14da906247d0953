// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/streamlistener.h"

#include "tests/e2e/sandbox.h"

#include <QTest>

namespace cycast::test
{
namespace
{

QByteArray headerIn(const QByteArray &head, const QByteArray &name)
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().toLower() == name.toLower())
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

} // namespace

QByteArray HttpAnswer::header(const QByteArray &name) const
{
    return headerIn(head, name);
}

HttpAnswer httpGet(quint16 port, const QByteArray &path, const QByteArray &method)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    HttpAnswer answer;
    if (!socket.waitForConnected(2000))
        return answer;
    socket.write(method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) +
                 "\r\nConnection: close\r\n\r\n");
    QByteArray all;
    while (socket.waitForReadyRead(3000) || socket.bytesAvailable() > 0)
        all += socket.readAll();
    const qsizetype end = all.indexOf("\r\n\r\n");
    if (end < 0)
        return answer;
    answer.head = all.left(end + 2);
    answer.body = all.mid(end + 4);
    answer.status = answer.head.mid(9, 3).toInt(); // after "HTTP/1.x "
    return answer;
}

StreamListener::StreamListener(quint16 port, const QByteArray &mount, bool asksForTitles)
{
    connect(&m_socket, &QTcpSocket::readyRead, this, &StreamListener::read);
    m_socket.connectToHost(QHostAddress::LocalHost, port);
    m_socket.write("GET " + mount + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Recorder/1.0\r\n" +
                   (asksForTitles ? "Icy-MetaData: 1\r\n" : "") + "\r\n");
}

bool StreamListener::hears(qint64 moreBytes, int timeoutMs)
{
    const qint64 goal = m_audio.size() + moreBytes;
    return QTest::qWaitFor([this, goal] { return m_audio.size() >= goal; }, timeoutMs);
}

bool StreamListener::isUnbroken() const
{
    return !frameStarts(m_audio).isEmpty();
}

void StreamListener::read()
{
    m_pending += m_socket.readAll();
    if (m_head.isEmpty()) {
        const qsizetype end = m_pending.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        m_head = m_pending.left(end + 2);
        m_pending.remove(0, end + 4);
        m_metaint = headerIn(m_head, "icy-metaint").toLongLong();
        m_untilBlock = m_metaint;
    }
    if (m_metaint == 0) {
        takeAudio(m_pending);
        m_pending.clear();
        return;
    }
    qsizetype at = 0;
    while (at < m_pending.size()) {
        if (m_untilBlock > 0) {
            const qsizetype piece = qMin<qint64>(m_untilBlock, m_pending.size() - at);
            takeAudio(QByteArrayView(m_pending).sliced(at, piece));
            m_untilBlock -= piece;
            at += piece;
            continue;
        }
        const qsizetype blockBytes = static_cast<unsigned char>(m_pending[at]) * 16;
        if (m_pending.size() - at < 1 + blockBytes)
            break;
        if (blockBytes > 0)
            m_titles.append(m_pending.mid(at + 1, blockBytes).replace('\0', ""));
        at += 1 + blockBytes;
        m_untilBlock = m_metaint;
    }
    m_pending.remove(0, at);
}

void StreamListener::takeAudio(QByteArrayView bytes)
{
    m_audio.append(bytes);
}

} // namespace cycast::test
