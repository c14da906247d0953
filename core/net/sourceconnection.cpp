// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sourceconnection.h"

#include "core/monotonic.h"
#include "core/net/httpresponse.h"
#include "core/net/titleupdate.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

// Small reads, so that a pushed file is held back within a fraction of a second of audio.
constexpr qint64 readBytes = 8192;
// Two seconds at 128 kbit/s, half a second at 512.
constexpr int kernelBufferBytes = 32 * 1024;

QByteArray firstOf(const HttpRequest &request, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        const QByteArray value = request.header(name);
        if (!value.isEmpty())
            return value;
    }
    return {};
}

// "bitrate=128", "ice-bitrate=128" among others, as libshout and butt write them.
int bitrateFromAudioInfo(const QByteArray &info)
{
    for (const QByteArray &part : info.split(';')) {
        const qsizetype equals = part.indexOf('=');
        if (equals > 0 && part.first(equals).trimmed().endsWith("bitrate"))
            return part.sliced(equals + 1).trimmed().toInt();
    }
    return 0;
}

} // namespace

SourceDescription describeSource(const HttpRequest &request, const QHostAddress &address)
{
    SourceDescription result;
    result.address = address.toString();
    result.program = logEscaped(QString::fromUtf8(request.header("User-Agent")), 120);
    result.name = cleanTitle(decodedTitle(firstOf(request, {"ice-name", "icy-name"}), {}));
    result.contentType = request.header("Content-Type");
    const int announced = firstOf(request, {"ice-bitrate", "icy-br"}).toInt();
    result.bitrateKbps = announced > 0 ? announced : bitrateFromAudioInfo(request.header("ice-audio-info"));
    return result;
}

SourceConnection::SourceConnection(Arrival &&arrival, std::unique_ptr<Framer> framer, QObject *parent)
    : QObject(parent)
    , m_description(describeSource(arrival.request, arrival.address))
    , m_framer(std::move(framer))
    , m_rest(std::move(arrival.rest))
    , m_expectsContinue(arrival.request.headerHasToken("Expect", "100-continue"))
    , m_connectedNs(monotonicNs())
    , m_lastDataNs(m_connectedNs)
{
    if (arrival.request.headerHasToken("Transfer-Encoding", "chunked"))
        m_chunked.emplace();
    // Content-Length: 0 is how libshout announces a stream, not an empty body.
    else if (const qint64 length = arrival.request.header("Content-Length").toLongLong(); length > 0)
        m_bodyLeft = length;
    m_socket.setReadBufferSize(2 * readBytes);
    m_socket.setSocketDescriptor(arrival.socket);
    // Otherwise the kernel would take minutes of a pushed file ahead, and go on with them when it is gone.
    m_socket.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, kernelBufferBytes);
    m_resume.setSingleShot(true);
    m_resume.setTimerType(Qt::PreciseTimer);
    connect(&m_resume, &QTimer::timeout, this, [this] {
        m_lastDataNs = monotonicNs(); // it was held back by us: its time begins now
        read();
    });
    connect(&m_socket, &QTcpSocket::readyRead, this, &SourceConnection::read);
    connect(&m_socket, &QTcpSocket::disconnected, this, [this] {
        // What arrived before the end still counts, whether or not it would have been held back.
        while (!m_ended && m_socket.bytesAvailable() > 0)
            take(m_socket.read(readBytes));
        end(u"the source disconnected"_s);
    });
    connect(&m_watch, &QTimer::timeout, this, [this] {
        const bool heldByUs = m_resume.isActive();
        if (!heldByUs && monotonicNs() - m_lastDataNs >= m_timeoutNs)
            close(u"the source sent nothing for %1 s"_s.arg(static_cast<double>(m_timeoutNs) / 1e9));
    });
}

void SourceConnection::setTimeout(double seconds)
{
    m_timeoutNs = qRound64(seconds * 1e9);
    // Fine enough that the time-out is kept to a tenth, coarse enough to cost nothing.
    m_watch.start(qBound(50, qRound(seconds * 100), 1000));
}

void SourceConnection::start()
{
    // The one rule that serves every known client: 100 when it was asked for, then the final 200 at once.
    if (m_expectsContinue)
        m_socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    m_socket.write("HTTP/1.0 200 OK\r\n\r\n");
    m_socket.flush();
    const QByteArray rest = std::exchange(m_rest, {});
    if (!rest.isEmpty())
        take(rest);
    read();
}

void SourceConnection::pauseReading(qint64 untilNs)
{
    const qint64 waitNs = untilNs - monotonicNs();
    if (waitNs > 0)
        m_resume.start(static_cast<int>(qMin<qint64>(waitNs / nsPerMs + 1, 60'000)));
}

void SourceConnection::read()
{
    while (!m_ended && !m_resume.isActive() && m_socket.bytesAvailable() > 0)
        take(m_socket.read(readBytes));
}

void SourceConnection::take(QByteArrayView bytes)
{
    m_lastDataNs = monotonicNs();
    m_bytesReceived += bytes.size();
    FrameBatch batch;
    QString finished;
    if (m_chunked) {
        QByteArray body;
        const ChunkedBody::State state = m_chunked->feed(bytes, body);
        m_framer->feed(body, batch);
        if (state == ChunkedBody::State::Finished)
            finished = u"the source ended its upload"_s;
        else if (state == ChunkedBody::State::Broken)
            finished = u"the source sent a broken chunked body"_s;
    } else {
        const qsizetype take = m_bodyLeft < 0 ? bytes.size() : qMin<qint64>(bytes.size(), m_bodyLeft);
        m_framer->feed(bytes.first(take), batch);
        if (m_bodyLeft >= 0 && (m_bodyLeft -= take) == 0)
            finished = u"the source ended its upload"_s;
    }
    if (!batch.isEmpty())
        emit framesReceived(batch);
    if (!finished.isEmpty())
        close(finished);
}

void SourceConnection::close(const QString &reason)
{
    m_socket.disconnect(this);
    m_socket.disconnectFromHost();
    end(reason);
}

void SourceConnection::end(const QString &reason)
{
    if (std::exchange(m_ended, true))
        return;
    m_watch.stop();
    m_resume.stop();
    FrameBatch last;
    m_framer->finish(last);
    if (!last.isEmpty())
        emit framesReceived(last);
    emit ended(reason);
}

} // namespace cycast
