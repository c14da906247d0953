// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audition/ear.h"

#include "core/audition/soundlevel.h"
#include "core/audition/streamdecoder.h"
#include "core/base/monotonic.h"
#include "core/base/threadhop.h"

#include <QTcpSocket>
#include <QUrl>

#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int stepMs = 100; ///< so long a wait may keep the end waiting
constexpr int connectMs = 2'000;
constexpr auto again = std::chrono::milliseconds(500);
constexpr qsizetype maxHeadBytes = 16'384;
constexpr qint64 reportNs = 250 * nsPerMs;

QByteArray headerValue(const QByteArray &head, QByteArrayView name)
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

/// The title of a metadata block; null when it names none.
QString titleIn(const QByteArray &block)
{
    constexpr QByteArrayView start = "StreamTitle='";
    const qsizetype from = block.indexOf(start);
    if (from < 0)
        return {};
    const qsizetype to = block.indexOf("';", from + start.size());
    const QString title = QString::fromUtf8(block.mid(from + start.size(), to - from - start.size()));
    return title.isNull() ? u""_s : title;
}

} // namespace

Ear::Ear(QObject *parent)
    : QThread(parent)
{
    setObjectName(u"cycast-ear"_s);
}

Ear::~Ear()
{
    stop();
}

template<class Call>
void Ear::tell(Call &&call)
{
    hopTo(this, std::forward<Call>(call));
}

void Ear::listen(const QString &url, const QByteArray &token)
{
    stop();
    const QUrl address(url);
    m_host = address.host();
    m_port = static_cast<quint16>(address.port(80));
    m_path = address.path(QUrl::FullyEncoded).toLatin1();
    m_token = token;
    start(QThread::LowPriority);
}

void Ear::stop()
{
    requestInterruption();
    {
        const std::lock_guard lock(m_mutex);
        m_pause.notify_all();
    }
    wait();
    crossThreadFence();
}

void Ear::run()
{
    while (!isInterruptionRequested()) {
        const QString why = listenOnce();
        if (isInterruptionRequested())
            break;
        tell([this, why] { emit disconnected(why); });
        std::unique_lock lock(m_mutex);
        if (!isInterruptionRequested())
            m_pause.wait_for(lock, again);
    }
    crossThreadFence();
}

bool Ear::fill(QTcpSocket &socket, qsizetype wanted)
{
    while (m_input.size() < wanted) {
        if (isInterruptionRequested())
            return false;
        if (socket.bytesAvailable() > 0) {
            m_input += socket.read(65'536);
        } else if (socket.state() != QAbstractSocket::ConnectedState) {
            return false;
        } else {
            if (m_beforeWait)
                m_beforeWait();
            socket.waitForReadyRead(stepMs);
        }
    }
    return true;
}

bool Ear::readHead(QTcpSocket &socket, QByteArray &head)
{
    qsizetype end = -1;
    while ((end = m_input.indexOf("\r\n\r\n")) < 0) {
        if (m_input.size() > maxHeadBytes || !fill(socket, m_input.size() + 1))
            return false;
    }
    head = m_input.left(end + 2);
    m_input.remove(0, end + 4);
    return true;
}

int Ear::readAudio(QTcpSocket &socket, char *buffer, int size)
{
    if (m_metaint > 0 && m_untilMeta == 0) {
        if (!fill(socket, 1))
            return 0;
        const qsizetype length = static_cast<quint8>(m_input.at(0)) * 16;
        if (!fill(socket, 1 + length))
            return 0;
        const QString title = titleIn(m_input.mid(1, length));
        m_input.remove(0, 1 + length);
        m_untilMeta = m_metaint;
        if (!title.isNull())
            tell([this, title] { emit titleHeard(title); });
    }
    if (!fill(socket, 1))
        return 0;
    qint64 count = qMin<qint64>(size, m_input.size());
    if (m_metaint > 0) {
        count = qMin(count, m_untilMeta);
        m_untilMeta -= count;
    }
    std::copy_n(m_input.constData(), count, buffer);
    m_input.remove(0, count);
    return static_cast<int>(count);
}

void Ear::soundDecoded(const SoundBlock &) {}

QString Ear::listenOnce()
{
    QTcpSocket socket;
    m_input.clear();
    m_beforeWait = {};
    socket.connectToHost(m_host, m_port);
    for (int waited = 0; socket.state() != QAbstractSocket::ConnectedState; waited += stepMs) {
        if (isInterruptionRequested())
            return {};
        if (socket.waitForConnected(stepMs))
            break;
        if (socket.state() == QAbstractSocket::UnconnectedState || waited >= connectMs)
            return u"it cannot be reached: "_s + socket.errorString();
    }
    socket.write("GET " + m_path + " HTTP/1.0\r\nHost: " + m_host.toLatin1() + "\r\nUser-Agent: " + m_agent +
                 "\r\nIcy-MetaData: 1\r\n" +
                 (m_token.isEmpty() ? QByteArray() : "X-Cycast-Monitor: " + m_token + "\r\n") + "\r\n");
    QByteArray head;
    if (!readHead(socket, head))
        return u"it gave no answer"_s;
    const QByteArray status = head.left(head.indexOf('\r'));
    if (!status.contains(" 200"))
        return u"it answered “%1”"_s.arg(QString::fromLatin1(status.left(100)));
    m_metaint = headerValue(head, "icy-metaint").toLongLong();
    m_untilMeta = m_metaint;
    tell([this] { emit connected(); });

    SoundLevel level;
    bool hasNews = false;
    qint64 toldNs = 0;
    const auto report = [&] {
        const qint64 nowNs = monotonicNs();
        if (!hasNews || nowNs - toldNs < reportNs)
            return;
        hasNews = false;
        toldNs = nowNs;
        const double loudest = level.takeLoudest();
        tell([this, loudest] { emit soundHeard(loudest); });
    };
    StreamDecoder decoder([this, &socket](char *buffer, int size) { return readAudio(socket, buffer, size); },
                          [this, &level, &hasNews](const SoundBlock &block) {
                              level.add(block.samples, block.frames * block.channels,
                                        qint64{block.sampleRate} * block.channels);
                              hasNews = true;
                              soundDecoded(block);
                          });
    if (const auto opened = decoder.open(headerValue(head, "Content-Type")); !opened)
        return opened.error();
    m_beforeWait = [&decoder, &report] {
        decoder.poll();
        report();
    };
    while (!isInterruptionRequested() && decoder.step())
        report();
    m_beforeWait = {};
    return u"the connection ended"_s;
}

} // namespace cycast
