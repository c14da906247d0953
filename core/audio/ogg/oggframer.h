// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/bitratemeter.h"
#include "core/audio/ogg/oggcodec.h"
#include "core/audio/ogg/oggpage.h"
#include "core/audio/scanningframer.h"

namespace cycast
{

/// Vorbis, Opus or FLAC in Ogg (RFC 3533, RFC 7845): one frame is one page, as it came.
///
/// All header pages of a stream come out as one frame of no duration with isStreamHeader set, as soon as they
/// are complete; then the pages with audio. A new beginning of a stream (chained Ogg) starts over in the same
/// way. Of streams that are multiplexed only the first audio stream goes through. What a page plays for
/// follows from the granule positions; where they tell nonsense (a stream joined in its middle, lost pages,
/// malice) from the packets that end on it. Pages with a wrong checksum, of other streams, or without headers
/// before them are left out and counted as skipped.
/// Keeps less than one page and the headers in the making (at most `maxHeaderBytes`).
class OggFramer final : public ScanningFramer
{
public:
    static constexpr qsizetype maxHeaderBytes = 1024 * 1024; ///< cover art may be in there

protected:
    qint64 next(QByteArrayView rest, FrameBatch &out, bool atEnd) override;
    void forget() override;

private:
    void take(const OggPage &page, FrameBatch &out);
    bool beginStream(const OggPage &page);
    /// False: the page is no header any more.
    bool takeHeader(const OggPage &page);
    bool isHeaderPacket(QByteArrayView start) const;
    void finishHeader(FrameBatch &out);
    void takeAudio(const OggPage &page, FrameBatch &out);

    enum class Phase : quint8 {
        NoStream,
        FirstPage, ///< only beginnings of streams so far: another one belongs to the same group
        Header,
        Audio
    };

    Phase m_phase = Phase::NoStream;
    OggCodec m_codec;
    quint32 m_serial = 0;
    QByteArray m_header;
    int m_headerPackets = 0;  ///< complete ones
    quint8 m_packetStart = 0; ///< first byte of the packet in the making
    bool m_headerEnded = false;
    qint64 m_granule = 0;       ///< where the last page ended
    qint64 m_packetSamples = 0; ///< Opus: of the packet in the making
    bool m_hasGranule = false;  ///< of a page of this stream
    BitrateMeter m_meter;
};

} // namespace cycast
