// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/witness.h"

#include "core/base/monotonic.h"
#include "tests/support/stampedframes.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{
namespace
{

qint64 nowMs()
{
    return monotonicNs() / nsPerMs;
}

} // namespace

Witness::Witness(int port)
    : m_socket(port)
    , m_thread([this] { run(); })
{
}

Witness::~Witness()
{
    m_stops = true;
    m_socket.cut();
    m_thread.join();
}

QString Witness::fault() const
{
    const std::lock_guard lock(m_mutex);
    return m_fault;
}

QList<Witness::Silence> Witness::silences() const
{
    const std::lock_guard lock(m_mutex);
    QList<Silence> result;
    for (const Silence &each : m_silences) {
        if (each.seconds > 0.5)
            result.append(each);
    }
    return result;
}

std::pair<qint64, qint64> Witness::longestPauseMs() const
{
    const std::lock_guard lock(m_mutex);
    return m_longestPause;
}

qint64 Witness::frames() const
{
    const std::lock_guard lock(m_mutex);
    return m_frames;
}

void Witness::note(const QString &fault)
{
    if (m_fault.isEmpty())
        m_fault = fault;
}

void Witness::run()
{
    m_socket.send("GET /stream HTTP/1.0\r\nUser-Agent: witness\r\n\r\n");
    QByteArray head;
    bool hasHead = false;
    qint64 lastMs = nowMs();
    while (!m_stops) {
        const QByteArray bytes = m_socket.receive(500);
        const std::lock_guard lock(m_mutex);
        if (m_socket.atEnd()) {
            if (!m_stops)
                note(u"the connection ended"_s);
            return;
        }
        if (bytes.isEmpty())
            continue;
        if (hasHead && nowMs() - lastMs > m_longestPause.first)
            m_longestPause = {nowMs() - lastMs, nowMs()};
        lastMs = nowMs();
        if (hasHead) {
            m_rest += bytes;
            examine();
            continue;
        }
        head += bytes;
        const qsizetype end = head.indexOf("\r\n\r\n");
        if (end < 0)
            continue;
        if (!head.contains(" 200 "))
            note(u"not let in: "_s + QString::fromLatin1(head.left(60)));
        hasHead = true;
        m_rest = head.sliced(end + 4);
        examine();
    }
}

void Witness::examine()
{
    const StampedStream heard(m_rest);
    if (!heard.fault().isEmpty())
        note(u"after %1 frames: "_s.arg(m_frames) + heard.fault());
    for (const HeardFrame &frame : heard.frames()) {
        ++m_frames;
        const bool isSilent = frame.kind == HeardFrame::Kind::Silent;
        if (isSilent) {
            if (m_lastSource != 0 || m_silences.isEmpty() || m_silences.constLast().endedMs != 0)
                m_silences.append({nowMs(), 0, 0.0});
            m_silences.last().seconds += stampedFrameSeconds;
            m_lastSource = 0;
            continue;
        }
        if (!m_silences.isEmpty() && m_silences.constLast().endedMs == 0) {
            m_silences.last().endedMs = nowMs();
            // Short ones between two tracks are no news; hours of them are not kept.
            if (m_silences.constLast().seconds <= 0.5)
                m_silences.removeLast();
        }
        // Within one source each frame follows the one before, unless it begins anew.
        int &next = m_next.at(static_cast<size_t>(frame.source) % m_next.size());
        if (m_before == frame.source && frame.sequence != next && frame.sequence != 0)
            note(u"source %1: frame %2 where %3 was due (the %4th frame heard)"_s.arg(frame.source)
                     .arg(frame.sequence)
                     .arg(next)
                     .arg(m_frames));
        next = frame.sequence + 1;
        m_before = frame.source;
        m_lastSource = frame.source;
        m_lastSoundMs = nowMs();
    }
    if (!heard.frames().isEmpty())
        m_rest.remove(0, heard.frames().constLast().offset + heard.frames().constLast().size);
}

} // namespace cycast::test
