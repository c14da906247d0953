// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/values/playlistentry.h"

#include <QByteArray>

namespace cycast
{

/// What the helper program found in a file. Texts are as they stand there: whoever uses them finds out how
/// they are encoded, and tidies them.
struct MediaFacts {
    QByteArray title;
    QByteArray artist;
    QByteArray albumArtist;
    QByteArray album;
    QByteArray apeTitle; ///< of the tag at the end of an MP3 file
    QByteArray apeArtist;
    QByteArray apeAlbum;
    QByteArray replayGain; ///< "-6.30 dB"
    QByteArray replayPeak;
    QByteArray r128Gain;   ///< 1/256 dB
    qint64 durationMs = 0; ///< 0: unknown
    QString format;        ///< "MP3 128"
    SoundFacts sound;      ///< without what the texts above come to
    Sentence problem;      ///< a sentence; empty: it can be played
    EntryFault fault = EntryFault::None;
    bool operator==(const MediaFacts &) const = default;
};

/// No tag is longer; what is, is cut.
inline constexpr qsizetype mostTagBytes = 4096;

} // namespace cycast
