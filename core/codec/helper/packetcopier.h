// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/helper/avinput.h"
#include "core/codec/helper/codedpackets.h"
#include "core/codec/stationformat.h"
#include "core/codec/trackfault.h"

#include <QByteArrayList>

namespace cycast
{

/// The coded frames of an AAC or Opus file as they are, in the wrapping that the stream has: ADTS headers for
/// AAC, pages for Opus. Nothing is decoded; AAC can be made louder or softer. Chained Ogg goes on with its
/// next link while that fits, and a file that another program changes in place at the same moment of the
/// sound. In the helper program only: the file's structure is taken apart there.
class PacketCopier
{
public:
    /// The sentence names the file that does not fit: its headers or its first frames. `gainSteps`: of
    /// mpegGainStepDb, for AAC; a frame that cannot be read stays as it is.
    static Result<std::unique_ptr<PacketCopier>> open(TrackFile file, const StationFormat &format,
                                                      int gainSteps = 0);

    /// Before the first read(): whole frames up to there are left out.
    void seek(Flicks offset) { m_skip = offset; }
    /// Appends the next frame, or collects it; false at the end.
    bool read(FrameBatch &out);
    /// Why it ended where it did; nothing: it was the end.
    std::optional<TrackError> problem() const { return m_problem; }

private:
    PacketCopier(const StationFormat &format, int gainSteps);
    Result<void> openPart(TrackFile file, qint64 begin);
    bool beginsPlain();
    /// Valid until the next call; nothing: the end.
    std::optional<QByteArrayView> nextPacket();
    bool goOn();
    bool isSkipped(Flicks duration);

    std::unique_ptr<CodedPackets> m_packets;
    int m_gainSteps;
    std::unique_ptr<AvInput> m_input;
    QString m_name;
    QByteArrayList m_ahead; ///< first packets, read to look at them
    QByteArray m_packet;    ///< at work, when it was one of them
    Flicks m_skip = 0;
    Flicks m_place = 0; ///< in the file, of the next packet
    int m_moves = 0;    ///< how often it began anew without a packet in between
    bool m_isChain = false;
    std::optional<TrackError> m_problem;
};

} // namespace cycast
