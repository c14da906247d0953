// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// Why a row of the playlist asks for a look. The first six cannot be played, the rest can.
enum class AttentionKind : quint8 {
    Missing,
    Unreadable,
    Protected,
    NoSound,
    NoAnswer,   ///< its disk hangs; it is tried again
    CannotPlay, ///< for another reason, such as a format that is not supported
    TooShort,
    SilentEnd,
    FarTooLoud,
    FarTooQuiet
};

struct Attention {
    AttentionKind kind = AttentionKind::CannotPlay;
    Sentence sentence;
    bool operator==(const Attention &) const = default;
};

/// A track shorter than this is probably a piece of one.
inline constexpr qint64 tooShortMs = 5000;
/// So much silence at its end is heard as dead air.
inline constexpr qint32 silentEndFromMs = 5000;
/// Integrated loudness: masters for streaming lie around -14, the loudest records around -6.
inline constexpr float farTooLoudLufs = -5.0F;
inline constexpr float farTooQuietLufs = -32.0F;

/// Everything a row asks attention for, worst first; empty: nothing. Pure, from what is known about the row:
/// a fact that nobody has measured yet gives no reason.
QList<Attention> attentionOf(const PlaylistEntry &entry);
/// Whether there is any; quick.
bool needsAttention(const PlaylistEntry &entry);
/// The worst, CannotPlay when there is none.
AttentionKind worstAttention(const PlaylistEntry &entry);

} // namespace cycast
