// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

namespace cycast
{

inline constexpr int opusSampleRate = 48000;
inline constexpr int stationOpusSamples = 960; ///< 20 ms, what the station's encoder makes
inline constexpr int opusPreSkipSamples = 312; ///< libopus' look-ahead at 48 kHz

/// The two header pages of an Ogg Opus stream (RFC 7845): "OpusHead" and "OpusTags".
QByteArray oggOpusHeader(quint32 serial, int channels);

/// One 20 ms packet of silence (RFC 6716: a CELT frame with its silence flag).
QByteArray silentOpusPacket(int channels);

/// Gathers Opus packets into Ogg pages of at most 100 ms, each a frame of its own: a page never goes on in
/// the next one. The numbers that belong to the whole stream (serial, sequence, granule position, checksum)
/// are put in by OggPageStamper when the place of the page in the stream is known. Pure.
class OggOpusPager
{
public:
    static constexpr int packetsPerPage = 5;

    /// `samples`: what the packet plays for, at 48 kHz. Appends a page to `out` when one is full.
    void add(QByteArrayView packet, int samples, FrameBatch &out);
    /// What is left becomes a page.
    void finish(FrameBatch &out);

private:
    QByteArray m_lacing;
    QByteArray m_body;
    int m_packets = 0;
    qint64 m_samples = 0;
};

/// Makes the pages of one pager after another one logical stream (RFC 3533): the same serial, sequence
/// numbers without a gap, granule positions that go on, checksums that are right.
class OggPageStamper
{
public:
    void start(quint32 serial);
    /// Goes on behind the page that begins with `lastPage`, the last one that stays: what was stamped after
    /// it was cut away. False: that is no page of this stream.
    bool continueBehind(QByteArrayView lastPage);
    void stamp(FrameBatch &pages);
    quint32 serial() const { return m_serial; }

private:
    quint32 m_serial = 0;
    quint32 m_sequence = 2;
    qint64 m_granule = 0;
};

} // namespace cycast
