// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recording/recorder.h"

#include "core/base/log.h"

#include <QDir>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

bool isSilence(const TitleMark *mark)
{
    return !mark || (mark->track.entryId == 0 && mark->track.title.isEmpty());
}

/// How long it takes from a frame boundary on until something has played.
Flicks firstDuration(const RingBuffer &ring, quint64 from, quint64 to)
{
    const Flicks start = ring.timeAt(from);
    for (quint64 at = ring.frameAtOrAfter(from + 1); at < to; at = ring.frameAtOrAfter(at + 1)) {
        if (ring.timeAt(at) > start)
            return ring.timeAt(at) - start;
    }
    return ring.timeAt(to) - start;
}

} // namespace

void Recorder::start(const RecordingPlan &plan, const RingBuffer &ring)
{
    stop();
    m_status = {};
    m_status.isRunning = true;
    m_perTrack = plan.perTrack;
    m_position = ring.head();
    m_startTime = ring.headTime();
    m_markSerial = 0;
    m_contentType.clear();
    m_beginsFile = true;
    m_isLive = false;
    m_hasGap = false;
    m_writer = std::make_unique<RecordingWriter>(plan);
    connect(m_writer.get(), &RecordingWriter::progressed, this, [this](const QString &file, qint64 bytes) {
        m_status.file = QDir::toNativeSeparators(file);
        m_status.bytes = bytes;
    });
    connect(m_writer.get(), &RecordingWriter::failed, this, [this](const Sentence &reason) {
        letGo();
        m_status.isRunning = false;
        m_status.problem = reason;
        emit failed(reason);
    });
}

// The writer goes when it has ended, and nobody waits for it here.
RecordingWriter *Recorder::letGo()
{
    RecordingWriter *writer = m_writer.release();
    writer->disconnect(this);
    writer->setParent(this);
    connect(writer, &RecordingWriter::finished, writer, &QObject::deleteLater);
    return writer;
}

// What waits is still written.
void Recorder::stop()
{
    if (!m_writer)
        return;
    RecordingWriter *writer = letGo();
    connect(writer, &RecordingWriter::failed, this,
            [](const Sentence &reason) { qCWarning(lcStation).noquote() << reason; });
    writer->finish();
    m_status.isRunning = false;
}

void Recorder::noteKind(const RingBuffer &ring)
{
    const StreamMark *stream = ring.streamMarkAt(m_position);
    const QByteArray kind = stream ? stream->format.contentType : QByteArray("audio/mpeg");
    if (kind == m_contentType)
        return;
    m_beginsFile = m_beginsFile || !m_contentType.isEmpty();
    m_contentType = kind;
}

void Recorder::take(const RingBuffer &ring)
{
    if (!m_writer || ring.head() == m_position)
        return;
    const quint64 head = ring.head();
    if (m_position < ring.tail()) { // only a flood larger than the ring between two rounds
        m_position = ring.tail();
        m_beginsFile = true;
    }
    while (m_writer && m_position < head) {
        noteKind(ring);
        const TitleMark *mark = ring.markAt(m_position);
        const bool begins = mark && mark->serial != m_markSerial;
        quint64 until = head;
        const auto endAt = [&](const auto &marks) {
            for (const auto &later : marks) {
                if (later.position > m_position) {
                    until = qMin(until, later.position);
                    break;
                }
            }
        };
        endAt(ring.marks());
        endAt(ring.streamMarks());
        hand(ring, m_position, until, mark, begins);
        m_markSerial = mark ? mark->serial : m_markSerial;
        m_position = until;
    }
    m_status.recordedMs = nsFromFlicks(ring.headTime() - m_startTime) / 1'000'000;
}

void Recorder::hand(const RingBuffer &ring, quint64 from, quint64 to, const TitleMark *mark, bool begins)
{
    RecordingPiece piece;
    const bool isJingle = mark && m_isJingle && m_isJingle(mark->track.entryId);
    if (begins && !isSilence(mark) && !isJingle) {
        const bool isLive = mark->track.entryId == 0;
        m_beginsFile = m_beginsFile || m_perTrack || isLive != m_isLive;
        m_isLive = isLive;
        piece.beginsTrack = true;
    }
    if (!isSilence(mark) && !isJingle)
        piece.track = mark->track;
    piece.beginsFile = m_beginsFile;
    piece.isLive = m_isLive;
    piece.time = ring.timeAt(from);
    piece.when = QDateTime::currentDateTime();
    piece.contentType = m_contentType;
    // Ogg from the middle of a stream needs its header pages first, like a listener who comes now.
    if (m_beginsFile) {
        piece.bytes = ring.streamHeaderAt(from);
        if (!piece.bytes.isEmpty())
            piece.joinedAfter = firstDuration(ring, from, to);
    }
    piece.bytes.reserve(piece.bytes.size() + static_cast<qsizetype>(to - from));
    while (from < to) {
        const QByteArrayView bytes = ring.bytesAt(from);
        const qsizetype count = qMin(bytes.size(), static_cast<qsizetype>(to - from));
        piece.bytes.append(bytes.first(count));
        from += static_cast<quint64>(count);
    }
    const RecordingWriter::Answer answer = m_writer->write(std::move(piece));
    if (answer == RecordingWriter::Answer::HasEnded)
        return; // its own reason is on the way, and no guess of ours may come before it
    m_beginsFile =
        answer != RecordingWriter::Answer::Taken; // after a gap: a file of its own, each of them whole
    if (!m_beginsFile)
        m_hasGap = false;
    else if (!std::exchange(m_hasGap, true))
        emit failed(Core::tr("The disk is too slow for the recording: a part of it will be missing. The "
                             "stream goes on without fault."));
}

} // namespace cycast
