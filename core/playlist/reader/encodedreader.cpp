// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/encodedreader.h"

namespace cycast
{

namespace
{

/// Half a second at 128 kbit/s, so that a skip is on the air soon, and two seconds after that.
constexpr qint64 firstBytes = 8 * 1024;
constexpr qint64 mostAtATime = 32 * 1024;

} // namespace

EncodedReader::EncodedReader(std::shared_ptr<CodecSession> session)
    : m_session(std::move(session))
{
}

TrackResult<std::unique_ptr<EncodedReader>> EncodedReader::open(std::shared_ptr<CodecSession> session,
                                                                const MusicFile &file, Flicks offset,
                                                                double gainDb)
{
    std::unique_ptr<EncodedReader> reader(new EncodedReader(std::move(session)));
    if (const auto begun = reader->m_session->begin(file, offset, gainDb); !begun)
        return tl::unexpected(begun.error());
    return reader;
}

TrackResult<FrameBatch> EncodedReader::read(qint64 bytes, const ReadPatience &patience)
{
    if (m_ended)
        return m_problem ? TrackResult<FrameBatch>(tl::unexpected(*std::exchange(m_problem, {})))
                         : TrackResult<FrameBatch>();
    const qint64 most = std::exchange(m_begun, true) ? mostAtATime : firstBytes;
    auto output = m_session->next(qMin(bytes, most), patience.helperMs);
    if (!output) {
        m_ended = true;
        return tl::unexpected(output.error());
    }
    m_ended = output->trackEnded;
    m_problem = output->problem;
    if (output->batch.isEmpty() && m_problem)
        return tl::unexpected(*std::exchange(m_problem, {}));
    return output->batch;
}

} // namespace cycast
