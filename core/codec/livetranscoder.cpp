// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/livetranscoder.h"

#include <array>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

QString demuxerFor(const QByteArray &contentType)
{
    if (contentType == "audio/mpeg")
        return u"mp3"_s;
    if (contentType == "audio/aac" || contentType == "audio/aacp")
        return u"aac"_s;
    return contentType.endsWith("/ogg") ? u"ogg"_s : QString();
}

} // namespace

Result<std::unique_ptr<LiveTranscoder>>
LiveTranscoder::start(const QString &program, const StreamFormat &source, const EncodingOptions &options)
{
    const QString demuxer = demuxerFor(source.contentType);
    if (demuxer.isEmpty())
        return failure(u"%1 cannot be converted"_s.arg(QString::fromLatin1(source.contentType)));
    auto process = CodecProcess::start(program, QStringList{u"live"_s, demuxer} + argumentsFor(options));
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
    connect(&m_readable, &QSocketNotifier::activated, this, &LiveTranscoder::receive);
    connect(&m_writable, &QSocketNotifier::activated, this, &LiveTranscoder::send);
}

LiveTranscoder::~LiveTranscoder()
{
    // Before their socket goes.
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
}

void LiveTranscoder::feed(QByteArrayView bytes)
{
    if (m_hasFailed)
        return;
    m_waiting.append(bytes);
    if (m_waiting.size() > maxWaitingBytes)
        fail(u"it could not be decoded in time"_s);
    else
        send();
}

void LiveTranscoder::send()
{
    while (!m_waiting.isEmpty() && !m_hasFailed) {
        const qint64 sent = m_process->send(m_waiting.constData(), m_waiting.size(), 0);
        if (sent == 0) {
            fail(u"its decoder has ended"_s);
            return;
        }
        if (sent < 0)
            break;
        m_waiting.remove(0, sent);
    }
    m_writable.setEnabled(!m_waiting.isEmpty() && !m_hasFailed);
}

void LiveTranscoder::receive()
{
    std::array<char, 16 * 1024> buffer;
    FrameBatch ready;
    QString problem;
    for (;;) {
        const qint64 got = m_process->receive(buffer.data(), buffer.size(), 0);
        if (got < 0)
            break;
        if (got == 0) {
            problem = u"its decoder has ended"_s;
            break;
        }
        m_records.feed({buffer.data(), got});
        while (const auto record = m_records.next()) {
            if (record->kind == CodecRecord::Kind::Frames)
                ready.append(record->batch);
            else if (!record->text.isEmpty())
                problem = record->text;
        }
        if (m_records.isBroken() || !problem.isEmpty())
            break;
    }
    if (!ready.isEmpty())
        emit framesReady(ready);
    if (m_records.isBroken() && problem.isEmpty())
        problem = u"its decoder has ended"_s;
    if (!problem.isEmpty())
        fail(problem);
}

void LiveTranscoder::fail(const QString &reason)
{
    if (std::exchange(m_hasFailed, true))
        return;
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    emit failed(reason);
}

} // namespace cycast
