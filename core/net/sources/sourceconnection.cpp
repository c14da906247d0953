// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sources/sourceconnection.h"

#include "core/audio/foreignsound.h"
#include "core/base/escaping.h"
#include "core/base/monotonic.h"
#include "core/net/socket/notifier.h"
#include "core/net/sources/titletext.h"

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

// Small reads, so that a pushed file is held back within a fraction of a second of audio.
constexpr qint64 readBytes = 8192;
// Two seconds at 128 kbit/s, half a second at 512.
constexpr int kernelBufferBytes = 32 * 1024;
// Whoever sends faster than it is read must not keep everybody else waiting.
constexpr qint64 wakeUpBytes = 64 * 1024;
// Ten seconds at 200 kbit/s: sound would have shown itself.
constexpr qint64 mostNoiseBytes = 256 * 1024;
// A megabyte of tags, headers and beginnings without end is no programme.
constexpr qint64 mostUnplayableBytes = 1024 * 1024;
// At the beginning less is enough: who chose a wrong format shall know before he goes for a coffee.
constexpr qint64 firstNoiseBytes = 4 * 1024;
constexpr qint64 firstNoiseNs = 3 * nsPerSecond / 2;
constexpr qint64 sendingNs = 2 * nsPerSecond;

// The one rule that serves every known client: 100 when it was asked for, then the final 200 at once.
// Shoutcast sources were answered when their password was read.
QByteArray answerFor(const HttpRequest &request)
{
    if (request.protocol == "ICY")
        return {};
    return request.headerHasToken("Expect", "100-continue")
               ? "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\n"
               : "HTTP/1.0 200 OK\r\n\r\n";
}

QByteArray firstOf(const HttpRequest &request, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        QByteArray value = request.header(name);
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
    result.name = repairedTitle(firstOf(request, {"ice-name", "icy-name"}));
    if (result.name == u"no name"_s) // what libshout and butt send when none was entered
        result.name.clear();
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
    , m_answer(answerFor(arrival.request))
    , m_connectedNs(monotonicNs())
    , m_lastDataNs(m_connectedNs)
    , m_lastSoundNs(m_connectedNs)
    , m_transport(std::move(arrival.transport))
    , m_arrivals(std::make_unique<QSocketNotifier>(m_transport.descriptor(), QSocketNotifier::Read))
{
    if (arrival.request.headerHasToken("Transfer-Encoding", "chunked"))
        m_chunked.emplace();
    // Content-Length: 0 is how libshout announces a stream, not an empty body.
    else if (const qint64 length = arrival.request.header("Content-Length").toLongLong(); length > 0)
        m_bodyLeft = length;
    // Otherwise the kernel would take minutes of a pushed file ahead, and go on with them when it is gone.
    native::setReceiveBuffer(m_transport.descriptor(), kernelBufferBytes);
    connect(m_arrivals.get(), &QSocketNotifier::activated, this, &SourceConnection::read);
    m_arrivals->setEnabled(false);
    m_resume.setSingleShot(true);
    m_resume.setTimerType(Qt::PreciseTimer);
    connect(&m_resume, &QTimer::timeout, this, [this] {
        m_lastDataNs = m_lastSoundNs = monotonicNs(); // it was held back by us: its time begins now
        readNow();
    });
    connect(&m_watch, &QTimer::timeout, this, &SourceConnection::look);
}

SourceConnection::~SourceConnection()
{
    m_arrivals.reset(); // before its descriptor goes
}

void SourceConnection::setUser(const QString &user)
{
    if (user != u"source"_s)
        m_description.user = user;
}

bool SourceConnection::isSending(qint64 nowNs) const
{
    return m_resume.isActive() || nowNs - m_lastDataNs < sendingNs;
}

void SourceConnection::setTimeout(double seconds)
{
    m_timeoutNs = qRound64(seconds * 1e9);
    // Fine enough that the time-out is kept to a tenth, coarse enough to cost nothing.
    m_watch.start(qBound(50, qRound(seconds * 100), 1000));
}

void SourceConnection::start()
{
    if (!m_answer.isEmpty())
        m_transport.send(std::exchange(m_answer, {}));
    const QByteArray rest = std::exchange(m_rest, {});
    if (!rest.isEmpty())
        take(rest);
    if (!m_ended)
        readNow();
}

void SourceConnection::pauseReading(qint64 untilNs)
{
    const qint64 waitNs = untilNs - monotonicNs();
    if (waitNs <= 0)
        return;
    listen(false);
    m_resume.start(static_cast<int>(qMin<qint64>(waitNs / nsPerMs + 1, 60'000)));
}

void SourceConnection::rest()
{
    listen(false);
}

void SourceConnection::readNow()
{
    if (m_ended || m_resume.isActive())
        return;
    read();
    if (!m_ended && !m_resume.isActive())
        listen(true);
}

void SourceConnection::listen(bool on)
{
    if (m_arrivals && m_arrivals->isEnabled() != on)
        m_arrivals->setEnabled(on);
}

// Bytes that bring no sound keep nobody on the air: only frames that play count.
void SourceConnection::look()
{
    const bool heldByUs = m_resume.isActive();
    read();
    const qint64 nowNs = monotonicNs();
    if (m_ended || heldByUs)
        return;
    if (nowNs - m_lastSoundNs >= m_timeoutNs) {
        const QString seconds = QString::number(static_cast<double>(m_timeoutNs) / 1e9);
        close(nowNs - m_lastDataNs >= m_timeoutNs
                  ? Core::tr("the source sent nothing for %1 s").arg(seconds)
                  : Core::tr("the source sent no sound for %1 s").arg(seconds));
    } else if (const Sentence fault = unplayable(nowNs); !fault.isEmpty()) {
        close(fault);
    }
}

void SourceConnection::read()
{
    std::array<char, readBytes> buffer;
    const qint64 until = m_bytesReceived + wakeUpBytes;
    while (!m_ended && !m_resume.isActive() && m_bytesReceived < until) {
        const qint64 got = m_transport.receive(buffer.data(), buffer.size());
        if (got == native::wouldBlock)
            return;
        if (got <= 0) {
            close(Core::tr("the source disconnected"));
            return;
        }
        take({buffer.data(), got});
    }
    // What is decrypted already wakes nobody.
    if (!m_ended && !m_resume.isActive() && m_transport.hasPending())
        QMetaObject::invokeMethod(this, &SourceConnection::read, Qt::QueuedConnection);
}

void SourceConnection::take(QByteArrayView bytes)
{
    m_lastDataNs = monotonicNs();
    m_bytesReceived += bytes.size();
    Sentence finished;
    if (m_chunked) {
        QByteArray body;
        const ChunkedBody::State state = m_chunked->feed(bytes, body);
        takeBody(body);
        if (state == ChunkedBody::State::Finished)
            finished = Core::tr("the source ended its upload");
        else if (state == ChunkedBody::State::Broken)
            finished = Core::tr("the source sent a broken chunked body");
    } else {
        const qsizetype take = m_bodyLeft < 0 ? bytes.size() : qMin<qint64>(bytes.size(), m_bodyLeft);
        takeBody(bytes.first(take));
        if (m_bodyLeft >= 0 && (m_bodyLeft -= take) == 0)
            finished = Core::tr("the source ended its upload");
    }
    if (const Sentence fault = unplayable(m_lastDataNs); !fault.isEmpty() && !m_ended)
        finished = fault;
    if (!finished.isEmpty())
        close(finished);
}

void SourceConnection::takeBody(QByteArrayView body)
{
    FrameBatch batch;
    m_framer->feed(body, batch);
    m_unplayedBytes += body.size();
    if (m_firstDataNs == 0 && !body.isEmpty())
        m_firstDataNs = m_lastDataNs;
    if (!m_hadSound && m_start.size() < foreignSoundBytes)
        m_start.append(body.first(qMin(body.size(), foreignSoundBytes - m_start.size())));
    if (batch.duration() > 0) {
        m_hadSound = true;
        m_start = QByteArray();
        m_unplayedBytes = 0;
        m_skippedBefore = m_framer->skippedBytes();
        m_lastSoundNs = m_lastDataNs;
    }
    if (!batch.isEmpty())
        emit framesReceived(batch);
}

// Why what it sends is no programme; empty: it is one, or may still become one.
Sentence SourceConnection::unplayable(qint64 nowNs)
{
    const qint64 noise = m_framer->skippedBytes() - m_skippedBefore;
    if (!m_hadSound) {
        const QString foreign = foreignSound(m_start);
        m_isUnplayable = !foreign.isEmpty();
        if (m_isUnplayable)
            return Core::tr("it sends %1, which cannot be broadcast: choose MP3, AAC or Ogg in the program")
                .arg(foreign);
        m_isUnplayable = noise > mostNoiseBytes || (noise >= firstNoiseBytes && m_firstDataNs != 0 &&
                                                    nowNs - m_firstDataNs >= firstNoiseNs);
        if (m_isUnplayable)
            return Core::tr("what it sends is neither MP3 nor AAC nor Ogg: check the format in the program");
    }
    if (noise > mostNoiseBytes)
        return Core::tr("what it sends is no sound any more: check the program");
    if (m_unplayedBytes > mostUnplayableBytes) {
        m_isUnplayable = !m_hadSound;
        return Core::tr(
            "it sent a megabyte without any sound in it: leave pictures and tags out in the program");
    }
    return {};
}

void SourceConnection::close(const Sentence &reason)
{
    if (m_transport.isOpen()) {
        retire(m_arrivals, this);
        m_transport.close();
    }
    end(reason);
}

void SourceConnection::end(const Sentence &reason)
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
