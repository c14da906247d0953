// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/passthroughreader.h"

#include "core/audio/mpeg/mpegsideinfo.h"
#include "core/codec/quietfile.h"
#include "core/playlist/reader/mutedframe.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qint64 stepBytes = 64 * 1024;
constexpr qsizetype comparedBytes = 4096;
/// Bytes without a frame, tags not counted, after which the start of a file counts as no MPEG audio.
constexpr qint64 maxGarbageAtStart = 1024 * 1024;
/// The same in the middle: a hole left by a broken copy.
constexpr qint64 maxGarbageWithin = 64LL * 1024 * 1024;

} // namespace

TrackResult<std::unique_ptr<PassThroughReader>> PassThroughReader::open(const QString &path)
{
    auto file = MusicFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    return open(std::move(*file), MusicFile::usualPatienceMs);
}

TrackResult<std::unique_ptr<PassThroughReader>> PassThroughReader::open(std::shared_ptr<MusicFile> file,
                                                                        int patienceMs)
{
    std::unique_ptr<PassThroughReader> reader(new PassThroughReader);
    reader->m_stamp = file->stamp();
    reader->m_file = std::move(file);
    if (const auto filled = reader->fill(patienceMs); !filled)
        return tl::unexpected(filled.error());
    if (reader->m_ready.isEmpty())
        return trackFailure(
            Core::tr("“%1” holds no MP3 sound: it is damaged or something else with this name.")
                .arg(reader->m_file->name()));
    return reader;
}

void PassThroughReader::seek(Flicks offset)
{
    m_skip = qMax<Flicks>(0, offset);
    m_joining = m_skip > 0;
    m_reservoir = 0;
}

void PassThroughReader::setOnly(int sampleRate, int channels)
{
    m_onlyRate = sampleRate;
    m_onlyChannels = channels;
}

bool PassThroughReader::isForeign(QByteArrayView frame) const
{
    const auto header = m_onlyRate == 0 ? std::nullopt : parseMpegHeader(frame);
    return header &&
           (header->layer != 3 || header->sampleRate != m_onlyRate || header->channels != m_onlyChannels);
}

SoundFacts PassThroughReader::facts() const
{
    SoundFacts facts;
    const auto header = parseMpegHeader(m_ready.bytes);
    if (!header)
        return facts;
    facts.codec = u"mp%1"_s.arg(header->layer);
    facts.container = u"mp3"_s;
    facts.sampleRate = header->sampleRate;
    facts.channels = header->channels;
    facts.bitrateKbps = qRound(static_cast<double>(m_ready.bytes.size()) * 8 / 1000 /
                               secondsOf(qMax<Flicks>(1, m_ready.duration())));
    return facts;
}

void PassThroughReader::continueAt(Flicks offset)
{
    m_skip = offset;
}

TrackResult<FrameBatch> PassThroughReader::read(qint64 bytes, const ReadPatience &patience)
{
    FrameBatch batch;
    while (batch.isEmpty() || batch.bytes.size() < bytes) {
        if (m_readyFrame == m_ready.frames.size()) {
            if (m_fileEnded)
                break;
            const auto filled = fill(patience.diskMs);
            if (!filled) {
                if (batch.isEmpty())
                    return tl::unexpected(filled.error());
                break; // what is here is good; the error comes again with the next call
            }
            continue;
        }
        const FrameInfo info = m_ready.frames.at(m_readyFrame);
        const QByteArrayView frame = QByteArrayView(m_ready.bytes).sliced(m_readyByte, info.size);
        if (isForeign(frame)) {
            m_leftAt = m_place;
            m_fileEnded = true;
            m_ready = {};
            m_readyFrame = 0;
            break;
        }
        ++m_readyFrame;
        m_readyByte += info.size;
        m_place += info.duration;
        if (m_skip >= info.duration) {
            m_skip -= info.duration;
            continue;
        }
        m_skip = 0;
        QByteArray changed = m_joining ? joined(frame) : QByteArray();
        if (m_gainSteps != 0) {
            const QByteArrayView given = changed.isEmpty() ? frame : QByteArrayView(changed);
            if (const auto header = parseMpegHeader(given))
                changed = withGlobalGain(*header, given, m_gainSteps);
        }
        batch.append(changed.isEmpty() ? frame : QByteArrayView(changed), info.duration);
    }
    m_atEnd = m_fileEnded && m_readyFrame == m_ready.frames.size();
    return batch;
}

TrackResult<void> PassThroughReader::fill(int patienceMs)
{
    m_ready = {};
    m_readyFrame = 0;
    m_readyByte = 0;
    qint64 skippedBefore = m_framer.skippedBytes();
    const bool atStart = m_framer.format().sampleRate == 0;
    const qint64 maxGarbage = atStart ? maxGarbageAtStart : maxGarbageWithin;
    while (m_ready.isEmpty() && !m_fileEnded) {
        bool hasMoved = false;
        const auto bytes = nextBytes(patienceMs, hasMoved);
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (hasMoved) {
            skippedBefore = m_framer.skippedBytes();
            continue;
        }
        if (bytes->isEmpty()) {
            m_framer.finish(m_ready);
            m_fileEnded = true;
        } else {
            m_framer.feed(*bytes, m_ready);
        }
        if (m_ready.isEmpty() && m_framer.skippedBytes() - skippedBefore > maxGarbage) {
            m_fileEnded = true;
            if (!atStart)
                return trackFailure(Core::tr("“%1” is damaged: there is no sound in it from %2 MB on.")
                                        .arg(m_file->name())
                                        .arg(m_at / 1'000'000));
        }
    }
    return {};
}

TrackResult<QByteArray> PassThroughReader::nextBytes(int patienceMs, bool &hasMoved)
{
    auto bytes = m_file->read(m_at, stepBytes, patienceMs);
    if (bytes && m_file->stamp() != m_stamp && m_at > 0) {
        // A file that grows, or was only touched, has the same bytes at the same places.
        const auto before = m_file->read(m_at - m_lastBytes.size(), m_lastBytes.size(), patienceMs);
        if (!before)
            return tl::unexpected(before.error());
        if (*before != m_lastBytes) {
            // Whoever writes it is not done with it yet.
            const auto quiet = waitForQuiet([this, patienceMs] {
                return m_file->read(0, 1, patienceMs).map([this](const QByteArray &) {
                    return m_file->stamp();
                });
            });
            if (!quiet)
                return tl::unexpected(quiet.error());
            beginAnew();
            hasMoved = true;
            return QByteArray();
        }
    }
    if (bytes) {
        m_stamp = m_file->stamp();
        m_at += bytes->size();
        if (!bytes->isEmpty())
            m_lastBytes = bytes->right(comparedBytes);
    }
    return bytes;
}

/// From the first byte on, to where it was.
void PassThroughReader::beginAnew()
{
    m_framer = {};
    m_stamp = m_file->stamp();
    m_at = 0;
    m_lastBytes.clear();
    m_skip += std::exchange(m_place, 0);
}

/// `frame` as it may follow a cut: muted as long as it needs bytes from before.
QByteArray PassThroughReader::joined(QByteArrayView frame)
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
