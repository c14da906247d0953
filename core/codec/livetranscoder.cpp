// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/livetranscoder.h"

#include "core/audio/streamkind.h"
#include "core/base/monotonic.h"

#include <array>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

// About two seconds at 128 kbit/s: a pushed file is to be held back at its own end, not to wait in here.
constexpr int kernelBufferBytes = 16 * 1024;

} // namespace

Result<std::unique_ptr<LiveTranscoder>>
LiveTranscoder::start(const QString &program, const StreamFormat &source, const EncodingOptions &options)
{
    const StreamContainer *container = streamContainerOf(source.contentType);
    if (!container)
        return failure(Core::tr("%1 cannot be converted").arg(QString::fromLatin1(source.contentType)));
    auto process = CodecProcess::start(
        program, QStringList{u"live"_s, container->demuxer} + argumentsFor(options), kernelBufferBytes);
    if (!process)
        return tl::unexpected(process.error());
    return std::unique_ptr<LiveTranscoder>(new LiveTranscoder(std::move(*process)));
}

LiveTranscoder::LiveTranscoder(std::unique_ptr<CodecProcess> process)
    : m_process(std::move(process))
    , m_readable(m_process->socket(), QSocketNotifier::Read)
    , m_writable(m_process->socket(), QSocketNotifier::Write)
{
    m_writable.setEnabled(false);
    m_held.setSingleShot(true);
    m_held.setTimerType(Qt::PreciseTimer);
    connect(&m_readable, &QSocketNotifier::activated, this, &LiveTranscoder::receive);
    connect(&m_writable, &QSocketNotifier::activated, this, &LiveTranscoder::send);
    connect(&m_held, &QTimer::timeout, this, [this] { m_readable.setEnabled(!m_hasEnded); });
}

LiveTranscoder::~LiveTranscoder()
{
    // Before their socket goes.
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
}

void LiveTranscoder::feed(QByteArrayView bytes)
{
    if (m_hasEnded || m_isFinishing)
        return;
    m_waiting.append(bytes);
    if (m_waiting.size() > maxWaitingBytes)
        end(Core::tr("it could not be decoded in time"));
    else
        send();
}

void LiveTranscoder::finish()
{
    if (!std::exchange(m_isFinishing, true))
        send();
}

void LiveTranscoder::hold(qint64 untilNs)
{
    const qint64 waitNs = untilNs - monotonicNs();
    if (waitNs <= 0 || m_hasEnded)
        return;
    m_readable.setEnabled(false);
    m_held.start(static_cast<int>(qMin<qint64>(waitNs / nsPerMs + 1, 60'000)));
}

void LiveTranscoder::send()
{
    while (!m_waiting.isEmpty() && !m_hasEnded) {
        const qint64 sent = m_process->send(m_waiting.constData(), m_waiting.size(), 0);
        if (sent == 0) {
            m_waiting.clear(); // the helper is gone; why, its last record says
            receive();
            break;
        }
        if (sent < 0)
            break;
        m_waiting.remove(0, sent);
    }
    if (m_waiting.isEmpty() && m_isFinishing)
        m_process->closeInput();
    m_writable.setEnabled(!m_waiting.isEmpty() && !m_hasEnded);
}

// One read at a time, so that whoever takes the frames can hold the next ones.
void LiveTranscoder::receive()
{
    if (m_hasEnded)
        return;
    std::array<char, 8 * 1024> buffer;
    const qint64 got = m_process->receive(buffer.data(), buffer.size(), 0);
    if (got < 0)
        return;
    bool isOver = got == 0;
    Sentence problem;
    FrameBatch ready;
    m_records.feed({buffer.data(), got});
    while (const auto record = m_records.next()) {
        if (record->kind == CodecRecord::Kind::Frames) {
            ready.append(record->batch);
        } else {
            isOver = true;
            problem = record->text;
        }
    }
    const bool isWhole = isOver && got > 0 && problem.isEmpty(); // it has said that this was the end
    if (m_records.isBroken() || (isOver && !isWhole && problem.isEmpty()))
        problem = Core::tr("its decoder has ended");
    isOver = isOver || m_records.isBroken();
    if (isOver)
        rest();
    if (!ready.isEmpty())
        emit framesReady(ready);
    if (isOver)
        report(problem);
}

void LiveTranscoder::rest()
{
    m_hasEnded = true;
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    m_held.stop();
}

void LiveTranscoder::end(const Sentence &problem)
{
    if (m_hasEnded)
        return;
    rest();
    report(problem);
}

void LiveTranscoder::report(const Sentence &problem)
{
    if (problem.isEmpty() && m_isFinishing)
        emit finished();
    else
        emit failed(problem.isEmpty() ? Core::tr("its decoder has ended") : problem);
}

} // namespace cycast
