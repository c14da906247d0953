// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"

#include <optional>

namespace cycast
{

/// The four header bytes of an MPEG audio frame (ISO/IEC 11172-3, 2.4.1.3), decoded.
struct MpegHeader {
    enum class Version : quint8 { Mpeg1, Mpeg2, Mpeg25 };

    Version version = Version::Mpeg1;
    int layer = 3;           ///< 1, 2 or 3
    int bitrateKbps = 0;     ///< 8 to 448
    int sampleRate = 0;      ///< 8000 to 48000 Hz
    int channels = 2;        ///< 1 or 2
    bool hasCrc = false;     ///< two CRC bytes follow the header
    int samplesPerFrame = 0; ///< 384, 576 or 1152
    int frameBytes = 0;      ///< whole frame, header and padding included

    Flicks duration() const { return flicksForSamples(samplesPerFrame, sampleRate); }
    bool operator==(const MpegHeader &) const = default;
};

inline constexpr int mpegHeaderBytes = 4;

/// Nothing for anything that is not a header: no sync, reserved version/layer/bitrate/rate, free format.
/// Needs mpegHeaderBytes.
std::optional<MpegHeader> parseMpegHeader(QByteArrayView bytes);

/// Whether two headers can belong to one stream: same version, layer and sample rate.
bool sameMpegStream(const MpegHeader &a, const MpegHeader &b);

/// Xing, Info (the LAME tag) and VBRI header frames carry no sound. `frame` is one whole frame.
bool isMpegInfoFrame(const MpegHeader &header, QByteArrayView frame);

/// How many bytes of earlier frames a Layer III frame reaches back into (main_data_begin, the bit
/// reservoir); 0 for other layers. A decoder that joins at this frame lacks them.
int mpegReservoirBytes(const MpegHeader &header, QByteArrayView frame);

/// Bytes of main data that one Layer III frame adds to the reservoir: frame without header, CRC, side info.
int mpegMainDataBytes(const MpegHeader &header);

/// One frame of digital silence that a decoder accepts after any frame of `like` (same version, layer,
/// rate, channels and bitrate; Layer III: no reservoir; no CRC, no padding byte). `like` must come from
/// parseMpegHeader.
QByteArray silentMpegFrame(const MpegHeader &like);

/// Layer III at a sample rate, with one or two channels and a bitrate that it has; otherwise the nearest that
/// there is.
MpegHeader mpegHeaderFor(int sampleRate, int channels, int bitrateKbps);

/// MPEG-1 Layer III, 128 kbit/s, 44.1 kHz, stereo: what the station sends before anything was heard.
MpegHeader defaultMpegHeader();

} // namespace cycast
