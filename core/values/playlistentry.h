// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/values/filestamp.h"
#include "core/values/track.h"

#include <QString>

namespace cycast
{

/// What a file holds, as far as the stream is concerned. Zeroes and empty texts: not known.
struct SoundFacts {
    QString codec;     ///< "mp3", "flac", "aac": the decoder's name, lower case
    QString container; ///< likewise: "mp3", "flac", "mov,mp4,m4a,3gp,3g2,mj2"
    int sampleRate = 0;
    int channels = 0;
    int bitrateKbps = 0;       ///< mean
    double taggedLufs = 0.0;   ///< what ReplayGain or R128 tags come to; 0: no tag
    double taggedPeakDb = 0.0; ///< the peak beside it; 0: unknown
    bool isPlain = false;      ///< AAC-LC, Opus: its frames mean the same without the file's own headers
    bool operator==(const SoundFacts &) const = default;
};

/// What kind of thing is wrong with a row that cannot be played.
enum class EntryFault : quint8 {
    None,
    Missing,    ///< moved, renamed, deleted, or its drive is not there
    Unreadable, ///< damaged, not music, or not allowed to be read
    Protected,  ///< bought with copy protection: nobody but its shop's player can decode it
    NoSound,    ///< a video or another file without a sound track
    NoAnswer    ///< its disk does not answer: it is tried again
};

/// One playlist row as the engine and the window both know it.
struct PlaylistEntry {
    quint64 id = 0; ///< unique for the life of the process; see newEntryId()
    QString path;   ///< absolute, native
    TrackInfo track;
    QString format; ///< "MP3 128", "MP3 VBR 245"; empty until read
    SoundFacts sound;
    Sentence problem;                    ///< why it cannot be played, a sentence; empty when fine
    EntryFault fault = EntryFault::None; ///< goes with `problem`; None there: a reason of its own
    bool tagsRead = false;
    bool isTagged = false;     ///< its title is out of its tags, not out of a list or its name
    FileStamp stamp;           ///< of the file when its tags were read
    float loudnessLufs = 0.0F; ///< integrated (EBU R128); 0: not measured
    qint32 silentEndMs = -1;   ///< silence at its end; -1: not measured

    bool operator==(const PlaylistEntry &) const = default;
};

/// Thread-safe counter: 1, 2, 3 ...
quint64 newEntryId();

} // namespace cycast
