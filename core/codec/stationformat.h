// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/streamkind.h"

#include <QStringList>

namespace cycast
{

/// What the station sends to everybody. Values, checked by the settings.
struct StationFormat {
    StationCodec codec = StationCodec::Mp3;
    int bitrateKbps = 128;
    int sampleRate = 44100; ///< Hz
    int channels = 2;       ///< 1 or 2

    const StreamKind &kind() const { return StreamKind::of(codec); }
    QByteArray contentType() const { return kind().contentType(); }
    StreamFormat streamFormat() const { return kind().format(bitrateKbps, sampleRate, channels); }
    bool operator==(const StationFormat &) const = default;
};

/// "mp3", "aac", "opus", as in the settings.
QString nameOf(StationCodec codec);
std::optional<StationCodec> codecNamed(QStringView name);

/// Everything that the helper program has to know for encoding one stream.
struct EncodingOptions {
    StationFormat format;
    double crossfadeSeconds = 0.0;
    bool trimsSilence = false;
    double ceilingDb = 0.0; ///< no sample goes above this, dBFS

    bool operator==(const EncodingOptions &) const = default;
};

/// As arguments of a command line and back; nothing when they are not what argumentsFor() gives.
QStringList argumentsFor(const EncodingOptions &options);
std::optional<EncodingOptions> optionsFrom(const QStringList &arguments);

/// Whole frames of silence, at least `duration` long.
FrameBatch silenceFor(const StationFormat &format, Flicks duration);

} // namespace cycast
