// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/trackreader.h"

#include "core/playlist/mutedframe.h"
#include "core/playlist/regularfile.h"

#include <QFileInfo>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qint64 stepBytes = 64 * 1024;
/// Bytes without a frame, tags not counted, after which the start of a file counts as no MPEG audio.
constexpr qint64 maxGarbageAtStart = 1024 * 1024;
/// The same in the middle: a hole left by a broken copy.
constexpr qint64 maxGarbageWithin = 64LL * 1024 * 1024;

} // namespace

Result<std::unique_ptr<TrackReader>> TrackReader::open(const QString &path)
{
    std::unique_ptr<TrackReader> reader(new TrackReader);
    reader->m_name = QFileInfo(path).fileName();
    if (const auto opened = openRegularFile(reader->m_file, path); !opened)
        return tl::unexpected(opened.error());
    if (const auto filled = reader->fill(); !filled)
        return tl::unexpected(filled.error());
    if (reader->m_ready.isEmpty())
        return failure(u"“%1” holds no MP3 sound: it is damaged or something else with this name."_s.arg(
            reader->m_name));
    return reader;
}

void TrackReader::seek(Flicks offset)
{
    m_skip = qMax<Flicks>(0, offset);
    m_joining = m_skip > 0;
    m_reservoir = 0;
}

void TrackReader::continueAt(Flicks offset)
{
    m_skip = offset;
}

Result<FrameBatch> TrackReader::read(qint64 bytes)
{
    FrameBatch batch;
    while (batch.isEmpty() || batch.bytes.size() < bytes) {
        if (m_readyFrame == m_ready.frames.size()) {
            if (m_fileEnded)
                break;
            const auto filled = fill();
            if (!filled) {
                if (batch.isEmpty())
                    return tl::unexpected(filled.error());
                break; // what is here is good; the error comes again with the next call
            }
            continue;
        }
        const FrameInfo info = m_ready.frames.at(m_readyFrame);
        const QByteArrayView frame = QByteArrayView(m_ready.bytes).sliced(m_readyByte, info.size);
        ++m_readyFrame;
        m_readyByte += info.size;
        if (m_skip >= info.duration) {
            m_skip -= info.duration;
            continue;
        }
        m_skip = 0;
        if (m_joining)
            batch.append(joined(frame), info.duration);
        else
            batch.append(frame, info.duration);
    }
    m_atEnd = m_fileEnded && m_readyFrame == m_ready.frames.size();
    return batch;
}

Result<void> TrackReader::fill()
{
    m_ready = {};
    m_readyFrame = 0;
    m_readyByte = 0;
    const qint64 skippedBefore = m_framer.skippedBytes();
    const bool atStart = m_framer.format().sampleRate == 0;
    const qint64 maxGarbage = atStart ? maxGarbageAtStart : maxGarbageWithin;
    QByteArray step(stepBytes, Qt::Uninitialized);
    while (m_ready.isEmpty() && !m_fileEnded) {
        const qint64 count = m_file.read(step.data(), stepBytes);
        if (count < 0)
            return failure(u"“%1” could not be read on: %2. Check the disk it is on."_s.arg(
                m_name, m_file.errorString()));
        if (count == 0) {
            m_framer.finish(m_ready);
            m_fileEnded = true;
        } else {
            m_framer.feed(QByteArrayView(step).first(count), m_ready);
        }
        if (m_ready.isEmpty() && m_framer.skippedBytes() - skippedBefore > maxGarbage) {
            m_fileEnded = true;
            if (!atStart)
                return failure(u"“%1” is damaged: there is no sound in it from %2 MB on."_s.arg(m_name).arg(
                    m_file.pos() / 1'000'000));
        }
    }
    return {};
}

/// `frame` as it may follow a cut: muted as long as it needs bytes from before.
QByteArray TrackReader::joined(QByteArrayView frame)
{
    const auto header = parseMpegHeader(frame);
    if (!header)
        return frame.toByteArray();
    const bool complete = mpegReservoirBytes(*header, frame) <= m_reservoir;
    m_reservoir += mpegMainDataBytes(*header);
    m_joining = !complete;
    return complete ? frame.toByteArray() : mutedFrame(*header, frame);
}

} // namespace cycast
