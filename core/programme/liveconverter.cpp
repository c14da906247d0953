// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/liveconverter.h"

#include "core/base/monotonic.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

// A source that stalls leaves less than this with the decoder.
constexpr Flicks mostOwed = flicksPerSecond / 2;

} // namespace

LiveConverter::~LiveConverter()
{
    letGo();
}

// Those who are told things may be in the middle of being told: it goes later.
void LiveConverter::letGo()
{
    if (!m_transcoder)
        return;
    m_transcoder->disconnect(this);
    m_transcoder.release()->deleteLater();
}

void LiveConverter::feed(const FormatRun &run, qint64 nowNs)
{
    m_finishes = false;
    if (!m_waiting.empty() || (m_transcoder && m_transcoder->isFinishing())) {
        m_waiting.push_back(run);
        return;
    }
    // Another rate or other channels are the decoder's business; another codec is another helper's.
    if (m_transcoder && (!run.format.isSameKindAs(m_input) || m_target != m_running)) {
        m_waiting.push_back(run);
        m_transcoder->finish();
        return;
    }
    if (!m_transcoder)
        start(run, nowNs);
    if (m_transcoder)
        push(run);
}

void LiveConverter::start(const FormatRun &run, qint64 nowNs)
{
    auto started = LiveTranscoder::start(m_target.program, run.format, m_target.options);
    if (!started) {
        fail(started.error());
        return;
    }
    m_transcoder = std::move(*started);
    m_running = m_target;
    m_input = run.format;
    m_fed = m_given = 0;
    m_headers.clear();
    m_lastSignNs = nowNs;
    m_owed = 0;
    LiveTranscoder *transcoder = m_transcoder.get();
    connect(transcoder, &LiveTranscoder::framesReady, this, &LiveConverter::takeReady);
    // Queued: they may come while it is fed. By then another one may have taken its place.
    connect(
        transcoder, &LiveTranscoder::finished, this,
        [this, transcoder] {
            if (m_transcoder.get() == transcoder)
                goOn(monotonicNs());
        },
        Qt::QueuedConnection);
    connect(
        transcoder, &LiveTranscoder::failed, this,
        [this, transcoder](const Sentence &reason) {
            if (m_transcoder.get() == transcoder)
                fail(reason);
        },
        Qt::QueuedConnection);
    const bool bringsHeader = !run.batch.isEmpty() && run.batch.frames.constFirst().isStreamHeader;
    if (!bringsHeader && !m_header.isEmpty())
        transcoder->feed(m_header);
}

void LiveConverter::push(const FormatRun &run)
{
    qsizetype at = 0;
    for (const FrameInfo &frame : run.batch.frames) {
        if (frame.isStreamHeader) {
            m_header = run.batch.bytes.sliced(at, frame.size);
            m_headers.push_back({m_fed, m_header});
        }
        m_fed += frame.duration;
        at += frame.size;
    }
    if (m_owed == 0)
        m_lastSignNs = monotonicNs();
    m_owed += run.batch.duration();
    m_transcoder->feed(run.batch.bytes);
}

void LiveConverter::finish(qint64)
{
    m_finishes = true;
    if (m_transcoder)
        m_transcoder->finish();
    else if (m_waiting.empty())
        emit drained();
}

void LiveConverter::takeReady(const FrameBatch &batch)
{
    while (!m_headers.empty() && m_headers.front().time <= m_given) {
        const QByteArray header = m_headers.front().bytes;
        m_headers.pop_front();
        emit headerPassed(header);
    }
    m_given += batch.duration();
    m_lastSignNs = monotonicNs();
    m_owed = 0;
    emit framesReady(batch);
}

// The helper has given all it had: what waited for its end is next.
void LiveConverter::goOn(qint64 nowNs)
{
    letGo();
    m_owed = 0;
    for (const Header &passed : std::exchange(m_headers, {}))
        emit headerPassed(passed.bytes);
    const bool finishes = m_finishes;
    for (const FormatRun &run : std::exchange(m_waiting, {}))
        feed(run, nowNs);
    if (finishes)
        finish(nowNs);
    else if (!isBusy())
        emit drained();
}

bool LiveConverter::hasEnough() const
{
    return !m_waiting.empty() || (m_transcoder && m_transcoder->hasEnough());
}

void LiveConverter::hold(qint64 untilNs)
{
    if (m_transcoder)
        m_transcoder->hold(untilNs);
}

void LiveConverter::look(qint64 nowNs)
{
    if (!m_transcoder)
        return;
    if (m_transcoder->isHeld())
        m_lastSignNs = nowNs;
    else if ((m_owed > mostOwed || m_transcoder->isFinishing()) && nowNs - m_lastSignNs > m_patienceNs)
        fail(Core::tr("its decoder gives nothing"));
}

void LiveConverter::fail(const Sentence &reason)
{
    letGo();
    m_headers.clear();
    emit failed(reason);
    if (!m_waiting.empty() || m_finishes)
        QMetaObject::invokeMethod(
            this, [this] { goOn(monotonicNs()); }, Qt::QueuedConnection);
}

void LiveConverter::stop()
{
    letGo();
    m_headers.clear();
    m_waiting.clear();
    m_finishes = false;
}

} // namespace cycast
