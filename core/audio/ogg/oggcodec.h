// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

#include <optional>

namespace cycast
{

/// What the first packet of a logical Ogg stream says.
struct OggCodec {
    enum class Kind : quint8 {
        Vorbis, ///< Vorbis I specification, section 4.2
        Opus,   ///< RFC 7845, section 5.1
        Flac    ///< FLAC in Ogg mapping 1.x
    };
    Kind kind = Kind::Vorbis;
    int granuleRate = 0;        ///< granule positions per second
    int sampleRate = 0;         ///< Hz, of the encoded material (Opus: what went in, for display)
    int channels = 0;           ///< 1 to 255
    int bitrateKbps = 0;        ///< as announced; 0: unknown
    int preSkip = 0;            ///< Opus: granules that are not played at the start
    qint64 longestPacket = 0;   ///< granules that no packet exceeds; 0: each packet says it (Opus)
    qint64 usualPacket = 0;     ///< granules of a packet, for when the stream itself tells nonsense
    bool headerIsWhole = false; ///< no further header packet follows (FLAC may say so)

    /// Vorbis has three header packets, Opus two; 0: they say themselves which is the last (FLAC).
    int headerPackets() const { return kind == Kind::Vorbis ? 3 : kind == Kind::Opus ? 2 : 0; }
    QByteArray name() const { return kind == Kind::Vorbis ? "vorbis" : kind == Kind::Opus ? "opus" : "flac"; }
};

/// Nothing when the packet begins no audio stream that is known, or one with impossible figures.
std::optional<OggCodec> parseOggCodec(QByteArrayView firstPacket);

/// Samples at 48 kHz that an Opus packet plays for (RFC 6716, section 3.1); 0 for an invalid one.
int opusPacketSamples(QByteArrayView packet);

} // namespace cycast
