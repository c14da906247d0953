// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/codecsession.h"
#include "core/playlist/reader/trackreader.h"

namespace cycast
{

/// A file of any kind, decoded and encoded by the helper program. Readers that share a session join without
/// a gap: the end of one track comes out with the beginning of the next, or with CodecSession::finish().
class EncodedReader final : public TrackReader
{
public:
    static TrackResult<std::unique_ptr<EncodedReader>>
    open(std::shared_ptr<CodecSession> session, const MusicFile &file, Flicks offset, double gainDb);

    TrackResult<FrameBatch> read(qint64 bytes, const ReadPatience &patience) override;

private:
    explicit EncodedReader(std::shared_ptr<CodecSession> session);

    std::shared_ptr<CodecSession> m_session;
    bool m_begun = false;
    bool m_ended = false;
    std::optional<TrackError> m_problem; ///< to be told with the next read
};

} // namespace cycast
