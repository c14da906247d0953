// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audition/streamdecoder.h"

#include "core/audio/streamkind.h"
#include "core/codec/codecprocess.h"
#include "core/codec/codecrecords.h"

#include <array>
#include <cstring>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr int givenBytes = 4096;
constexpr int takenBytes = 64 * 1024;
constexpr int stuckMs = 5'000;   ///< so long the helper may take nothing
constexpr int betweenMs = 20;    ///< between looks whether it takes more, or has something
constexpr int lastSoundMs = 500; ///< for each part of it, after the end

} // namespace

StreamDecoder::StreamDecoder(Source source, Sink sink)
    : m_source(std::move(source))
    , m_sink(std::move(sink))
{
}

StreamDecoder::~StreamDecoder() = default;

Result<void> StreamDecoder::open(const QByteArray &contentType)
{
    const StreamContainer *container = streamContainerOf(contentType);
    if (!container)
        return failure(Core::tr("what comes is no sound that can be recognised"));
    auto process = CodecProcess::start(codecProgramPath(), {u"listen"_s, container->demuxer});
    if (!process)
        return tl::unexpected(process.error());
    m_process = std::move(*process);
    m_records = std::make_unique<CodecRecordReader>();
    return {};
}

bool StreamDecoder::handOver(const CodecRecord &record)
{
    if (record.kind != CodecRecord::Kind::Sound)
        return false;
    m_samples.resize(static_cast<size_t>(record.bytes.size()) / sizeof(float));
    std::memcpy(m_samples.data(), record.bytes.constData(), m_samples.size() * sizeof(float));
    m_sink({m_samples.data(), static_cast<qsizetype>(m_samples.size()) / record.channels, record.sampleRate,
            record.channels});
    return true;
}

/// Sound that is there, or comes within that time (`isLast`: and all that follows); false: there will be no
/// more.
bool StreamDecoder::take(int timeoutMs, bool isLast)
{
    std::array<char, takenBytes> bytes;
    while (!m_hasEnded) {
        const qint64 got = m_process->receive(bytes.data(), bytes.size(), timeoutMs);
        if (got < 0)
            return true;
        m_records->feed({bytes.data(), got});
        while (const auto record = m_records->next())
            m_hasEnded = !handOver(*record) || m_hasEnded;
        m_hasEnded = m_hasEnded || got == 0 || m_records->isBroken();
        if (!isLast)
            timeoutMs = 0;
    }
    return false;
}

void StreamDecoder::poll()
{
    take(0);
}

/// While it takes nothing it may be waiting for somebody to take what it has.
bool StreamDecoder::give(const char *bytes, qint64 size)
{
    int waitedMs = 0;
    while (size > 0) {
        const qint64 sent = m_process->send(bytes, size, 0);
        if (sent == 0 || waitedMs > stuckMs)
            return false;
        if (sent > 0) {
            bytes += sent;
            size -= sent;
            waitedMs = 0;
        } else {
            waitedMs += betweenMs;
            if (!take(betweenMs))
                return false;
        }
    }
    return true;
}

bool StreamDecoder::step()
{
    std::array<char, givenBytes> bytes;
    const int count = m_source(bytes.data(), givenBytes);
    if (count > 0)
        return give(bytes.data(), count) && take(0);
    m_process->closeInput();
    take(lastSoundMs, true);
    return false;
}

} // namespace cycast
